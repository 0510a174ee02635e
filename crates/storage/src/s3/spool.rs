//! A body gathered before it is sent on.

use aws_sdk_s3::primitives::ByteStream;
use bytes::{Bytes, BytesMut};
use futures::TryStreamExt;
use tempfile::{NamedTempFile, TempPath};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::{Body, Error, Result};

/// The most bytes sent in one request (an S3 limit).
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;
/// More than so many bytes go to a file.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// A whole body, to be sent as often as it takes.
pub(super) enum Spool {
    /// A small one.
    Memory(Bytes),
    /// A large one, removed when this is dropped.
    File { path: TempPath, size: u64 },
}

impl Spool {
    /// Reads a body to its end and checks its length, which is at most `most`.
    pub async fn receive(mut body: Body, length: Option<u64>, most: u64) -> Result<Self> {
        let most = most.min(LARGEST);
        let limit = length.unwrap_or(most);
        if limit > most {
            return Err(Error::TooLarge);
        }
        let mut waiting = BytesMut::new();
        let mut file = None;
        let mut received = 0_u64;
        while let Some(chunk) = body.try_next().await.map_err(Error::unavailable)? {
            received += chunk.len() as u64;
            if received > limit {
                return Err(length.map_or(Error::TooLarge, |expected| Error::Incomplete { expected, received }));
            }
            waiting.extend_from_slice(&chunk);
            if waiting.len() > IN_MEMORY {
                file = Some(append(file, &waiting).await.map_err(Error::unavailable)?);
                waiting.clear();
            }
        }
        if let Some(expected) = length
            && expected != received
        {
            return Err(Error::Incomplete { expected, received });
        }
        if file.is_none() {
            return Ok(Self::Memory(waiting.freeze()));
        }
        let (mut file, path) = append(file, &waiting).await.map_err(Error::unavailable)?;
        file.flush().await.map_err(Error::unavailable)?;
        Ok(Self::File { path, size: received })
    }

    /// Bytes in it.
    pub fn size(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File { size, .. } => *size,
        }
    }

    /// Its bytes, as a stream that can be started again.
    pub async fn stream(&self) -> Result<ByteStream> {
        match self {
            Self::Memory(bytes) => Ok(ByteStream::from(bytes.clone())),
            Self::File { path, .. } => ByteStream::from_path(path).await.map_err(Error::unavailable),
        }
    }
}

/// Appends to a temporary file, which is made at the first time.
async fn append(file: Option<(File, TempPath)>, bytes: &[u8]) -> std::io::Result<(File, TempPath)> {
    let (mut file, path) = match file {
        Some(open) => open,
        None => {
            let (file, path) = tokio::task::spawn_blocking(NamedTempFile::new).await??.into_parts();
            (File::from_std(file), path)
        }
    };
    file.write_all(bytes).await?;
    Ok((file, path))
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt, stream};

    use super::*;
    use crate::once;

    #[tokio::test]
    async fn large_bodies_go_to_a_file_that_vanishes_with_them() {
        let chunk = Bytes::from(vec![7_u8; 1024 * 1024]);
        let chunks = stream::repeat_with(move || Ok(chunk.clone())).take(9).boxed();
        let spool = Spool::receive(chunks, Some(9 * 1024 * 1024), LARGEST).await.unwrap();
        let Spool::File { path, .. } = &spool else { panic!("nine megabytes were kept in memory") };
        let path = path.to_path_buf();
        assert_eq!(spool.size(), std::fs::metadata(&path).unwrap().len());
        assert_eq!(spool.stream().await.unwrap().collect().await.unwrap().into_bytes().len(), 9 * 1024 * 1024);
        drop(spool);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_body_of_another_length_is_incomplete() {
        for (length, body) in [(3, "four"), (5, "four"), (1, ""), (0, "x")] {
            let received = Spool::receive(once(body), Some(length), LARGEST).await;
            assert!(matches!(received, Err(Error::Incomplete { expected, .. }) if expected == length), "{body}");
        }
        assert_eq!(Spool::receive(once(""), Some(0), LARGEST).await.unwrap().size(), 0);
    }
}
