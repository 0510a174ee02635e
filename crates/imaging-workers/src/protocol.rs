//! What passes between the pool and a worker.
//!
//! A message is a header and bytes: four bytes with the length of the header, the lowest first; the header as JSON,
//! which tells how many bytes follow; these.
//!
//! The pool sends [`Setup`] once, then a [`Job`](crate::Job) with its picture, time after time. The worker answers
//! each with [`Answer::Taken`] when all of the picture is there, and then with what came of it.

use crate::Inspected;
use imaging::{Format, Limits, Refusal};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::io::{self, Read, Write};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The longest header, in bytes. What a camera wrote is at most a few thousand.
const LONGEST_HEADER: u32 = 64 * 1024;

/// The first message to a worker; its bytes are empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Setup {
    /// What the worker may take.
    pub(crate) limits: Limits,
    /// The most bytes of an answer.
    pub(crate) largest_answer: u64,
    /// After so many seconds the pool gives a job up.
    pub(crate) seconds: u64,
    /// How far it stands back.
    pub(crate) niceness: i32,
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// All of the picture is here. From now on the picture is to blame.
    Taken,
    /// Of [`Job::Inspect`](crate::Job::Inspect).
    Inspected(Box<Inspected>),
    /// Of [`Job::Render`](crate::Job::Render): the sides in pixels; the file follows.
    Rendered { width: u32, height: u32 },
    /// Of [`Job::Strip`](crate::Job::Strip): what the file that follows is.
    Stripped { format: Format },
    /// The picture is not taken. After [`Refusal::Crashed`] the worker ends.
    Refused(Refusal),
}

#[derive(Serialize, Deserialize)]
struct Header<T> {
    /// How many bytes follow.
    bytes: u64,
    says: T,
}

/// Length and header, ready to be written.
fn head(says: &impl Serialize, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut head = vec![0; 4];
    serde_json::to_writer(&mut head, &Header { bytes: bytes.len() as u64, says })?;
    let length = u32::try_from(head.len() - 4).ok().filter(|length| *length <= LONGEST_HEADER);
    let length = length.ok_or_else(|| nonsense("a header is too long"))?;
    head[..4].copy_from_slice(&length.to_le_bytes());
    Ok(head)
}

/// The length of the header that follows.
fn header_length(length: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(length);
    if length > LONGEST_HEADER {
        return Err(nonsense("a header is too long"));
    }
    Ok(length as usize)
}

/// Room for the bytes that follow, without a panic where there is none.
fn room(length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = usize::try_from(length).map_err(|_| nonsense("more bytes than fit into memory"))?;
    bytes.try_reserve_exact(length)?;
    Ok(bytes)
}

fn nonsense(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Sends a message to a worker.
pub(crate) async fn send<W>(output: &mut W, says: &impl Serialize, bytes: &[u8]) -> io::Result<()>
where
    W: AsyncWrite + Unpin,
{
    output.write_all(&head(says, bytes)?).await?;
    output.write_all(bytes).await
}

/// Receives a message from a worker, with at most so many bytes.
pub(crate) async fn receive<T, R>(input: &mut R, most: u64) -> io::Result<(T, Vec<u8>)>
where
    T: DeserializeOwned,
    R: AsyncRead + Unpin,
{
    let mut length = [0; 4];
    input.read_exact(&mut length).await?;
    let mut header = vec![0; header_length(length)?];
    input.read_exact(&mut header).await?;
    let Header { bytes: length, says } = serde_json::from_slice(&header)?;
    if length > most {
        return Err(nonsense("an answer is too long"));
    }
    let mut bytes = room(length)?;
    input.take(length).read_to_end(&mut bytes).await?;
    if bytes.len() as u64 == length { Ok((says, bytes)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Sends a message to the pool.
pub(crate) fn tell(output: &mut impl Write, says: &impl Serialize, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&head(says, bytes)?)?;
    output.write_all(bytes)
}

/// Receives a message from the pool; `None` when there will be no more.
pub(crate) fn hear<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut header = vec![0; header_length(length)?];
    input.read_exact(&mut header)?;
    let Header { bytes: length, says } = serde_json::from_slice(&header)?;
    let mut bytes = room(length)?;
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(Some((says, bytes))) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Job;

    fn message(says: &impl Serialize, bytes: &[u8]) -> Vec<u8> {
        let mut message = Vec::new();
        tell(&mut message, says, bytes).unwrap();
        message
    }

    #[tokio::test]
    async fn both_sides_write_and_read_the_same() {
        let mut sent = Vec::new();
        send(&mut sent, &Job::Strip, b"a picture").await.unwrap();
        assert_eq!(sent, message(&Job::Strip, b"a picture"));
        let heard: Option<(Job, Vec<u8>)> = hear(&mut sent.as_slice()).unwrap();
        assert_eq!(heard, Some((Job::Strip, b"a picture".to_vec())));
        let answer = Answer::Refused(Refusal::Unsupported("not this".into()));
        let received: (Answer, Vec<u8>) = receive(&mut message(&answer, b"").as_slice(), 0).await.unwrap();
        assert_eq!(received, (answer, Vec::new()));
    }

    #[tokio::test]
    async fn what_was_cut_short_or_is_too_long_is_an_error() {
        let whole = message(&Answer::Rendered { width: 2, height: 1 }, b"12345");
        for cut in 0..whole.len() {
            assert!(receive::<Answer, _>(&mut &whole[..cut], 5).await.is_err(), "{cut} bytes");
        }
        assert!(receive::<Answer, _>(&mut whole.as_slice(), 5).await.is_ok());
        assert!(receive::<Answer, _>(&mut whole.as_slice(), 4).await.is_err());
        assert!(receive::<Answer, _>(&mut [0xFF_u8; 40].as_slice(), 4).await.is_err());
        assert!(hear::<Job>(&mut [0xFF_u8; 40].as_slice()).is_err());
        assert!(hear::<Job>(&mut io::empty()).unwrap().is_none(), "the end is no error");
    }
}
