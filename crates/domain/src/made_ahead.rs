//! The common sizes of new pictures, made while nothing else is to do: so that whoever looks first need not wait.

use crate::picture_facts::PictureFacts;
use crate::variant_formats::Accepts;
use crate::{Library, Result};
use futures::FutureExt;
use model::{ImageId, Variant, WIDTHS};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// The widths that pages ask for most, in pixels.
const COMMON: [u32; 4] = [320, 640, 960, 1280];

/// What the browsers of today take, and those of some years ago.
const BROWSERS: [Accepts; 2] = [Accepts { avif: true, webp: true }, Accepts { avif: false, webp: true }];

/// How many pictures may wait; of those beyond, nothing is made ahead.
const MOST: usize = 1_000;

/// Between two looks whether the workers are idle.
const PATIENCE: Duration = Duration::from_millis(250);

/// Between two looks whether someone waits for the place.
const WATCH: Duration = Duration::from_millis(20);

/// New pictures, in the order they came.
pub(crate) struct NewPictures {
    is_on: bool,
    add: Sender<ImageId>,
    next: Mutex<Receiver<ImageId>>,
}

impl NewPictures {
    pub(crate) fn new(is_on: bool) -> Self {
        let (add, next) = channel(MOST);
        Self { is_on, add, next: Mutex::new(next) }
    }

    pub(crate) fn add(&self, image: &ImageId) {
        if self.is_on && self.add.try_send(image.clone()).is_err() {
            tracing::debug!(%image, "too many new pictures wait: nothing of this one is made ahead");
        }
    }
}

/// The common widths, up to the first rung of the ladder that covers the picture: no page asks for more.
fn widths(picture: u32) -> impl Iterator<Item = u32> {
    let covering = WIDTHS.into_iter().find(|width| *width >= picture).unwrap_or(u32::MAX);
    COMMON.into_iter().filter(move |width| *width <= covering)
}

/// Whatever becomes of one picture is told to the log, a fault of our own too: the next has its turn.
async fn attempt(image: &ImageId, making: impl Future<Output = Result<()>>) {
    match AssertUnwindSafe(making).catch_unwind().await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%image, ?error, "the common sizes of a picture could not be made ahead"),
        Err(_) => tracing::error!(%image, "making the common sizes of a picture ahead panicked"),
    }
}

impl Library {
    /// Makes variants of new pictures ahead until the task is dropped; at once nothing if that is switched off.
    pub async fn make_ahead(&self) {
        if !self.0.new_pictures.is_on {
            return;
        }
        let mut next = self.0.new_pictures.next.lock().await;
        while let Some(image) = next.recv().await {
            attempt(&image, self.make_common(&image)).await;
        }
    }

    async fn make_common(&self, image: &ImageId) -> Result<()> {
        let Some(facts) = self.picture_facts(image).await? else { return Ok(()) };
        // Of what moves, each variant is as much work as of many pictures.
        if facts.nature.frames > 1 {
            return Ok(());
        }
        for width in widths(facts.nature.width) {
            for accepts in BROWSERS {
                match self.make_idly(image, &facts, width, accepts).await {
                    // Deleted meanwhile.
                    Err(_) if self.picture_facts(image).await?.is_none() => return Ok(()),
                    made => made?,
                }
            }
        }
        Ok(())
    }

    /// Gives way to whoever waits, and begins anew.
    async fn make_idly(&self, image: &ImageId, facts: &Arc<PictureFacts>, width: u32, accepts: Accepts) -> Result<()> {
        let open = self.opened(image, facts.clone(), &Variant::of_width(width), accepts);
        loop {
            while !self.0.pool.is_idle() {
                tokio::time::sleep(PATIENCE).await;
            }
            tokio::select! {
                made = self.variant_bytes(open.clone()) => return made.map(drop),
                () = self.someone_waits() => {}
            }
        }
    }

    async fn someone_waits(&self) {
        while self.0.pool.waiting() == 0 {
            tokio::time::sleep(WATCH).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_width_is_made_that_no_page_asks_for() {
        let of = |picture| widths(picture).collect::<Vec<_>>();
        assert!(of(100).is_empty());
        assert_eq!(of(320), [320]);
        assert_eq!(of(400), [320]);
        assert_eq!(of(700), [320, 640]);
        assert_eq!(of(6000), COMMON);
    }

    #[tokio::test]
    async fn a_picture_that_goes_wrong_ends_nothing() {
        let image = ImageId::parse("abc").unwrap();
        attempt(&image, std::future::ready(Err(crate::Error::NotFound))).await;
        attempt(&image, std::future::poll_fn(|_| panic!("a fault of our own"))).await;
    }

    #[tokio::test]
    async fn what_is_switched_off_keeps_no_pictures_waiting() {
        let image = ImageId::parse("abc").unwrap();
        let off = NewPictures::new(false);
        off.add(&image);
        assert!(off.next.lock().await.try_recv().is_err());
        let on = NewPictures::new(true);
        for _ in 0..MOST + 5 {
            on.add(&image);
        }
        assert_eq!(on.next.lock().await.recv().await, Some(image));
    }
}
