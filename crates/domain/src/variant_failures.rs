//! What could not be drawn, remembered for a minute: a picture that breaks decoders cannot keep the pool busy.

use crate::variants::VariantKey;
use imaging::Refusal;
use model::ImageId;
use moka::future::Cache;
use std::time::Duration;

/// How long a failure is remembered.
const LIFETIME: Duration = Duration::from_secs(60);

/// How many failures are remembered at once.
const MOST: u64 = 10_000;

/// After so many variants that broke a worker, none of the picture is tried. One that took too long is no sign of what
/// others would take: whoever asks for the slowest ones must not take a picture away from everyone else.
const STRIKES: u32 = 3;

/// The failures of the last minute.
pub(crate) struct Failures {
    variants: Cache<VariantKey, Refusal>,
    pictures: Cache<ImageId, (u32, Refusal)>,
}

impl Failures {
    pub(crate) fn new() -> Self {
        Self {
            variants: Cache::builder().max_capacity(MOST).time_to_live(LIFETIME).build(),
            pictures: Cache::builder().max_capacity(MOST).time_to_live(LIFETIME).build(),
        }
    }

    /// Why a variant is not tried now.
    pub(crate) async fn of(&self, key: &VariantKey) -> Option<Refusal> {
        if let Some(refusal) = self.variants.get(key).await {
            return Some(refusal);
        }
        self.pictures.get(&key.image).await.filter(|(strikes, _)| *strikes >= STRIKES).map(|(_, refusal)| refusal)
    }

    /// Remembers why a variant could not be drawn.
    pub(crate) async fn remember(&self, key: &VariantKey, refusal: &Refusal) {
        if *refusal == Refusal::Crashed {
            let strikes = self.pictures.get(&key.image).await.map_or(0, |(strikes, _)| strikes);
            self.pictures.insert(key.image.clone(), (strikes + 1, refusal.clone())).await;
        }
        self.variants.insert(key.clone(), refusal.clone()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(image: &str, options: usize) -> VariantKey {
        VariantKey { image: ImageId::parse(image).unwrap(), options: options.to_string() }
    }

    #[tokio::test]
    async fn a_failure_is_of_its_variant_and_many_are_of_the_picture() {
        let failures = Failures::new();
        assert_eq!(failures.of(&key("a", 1)).await, None);
        failures.remember(&key("a", 1), &Refusal::Crashed).await;
        assert_eq!(failures.of(&key("a", 1)).await, Some(Refusal::Crashed));
        assert_eq!(failures.of(&key("a", 2)).await, None);
        failures.remember(&key("a", 2), &Refusal::Crashed).await;
        assert_eq!(failures.of(&key("a", 4)).await, None);
        failures.remember(&key("a", 3), &Refusal::Crashed).await;
        assert_eq!(failures.of(&key("a", 4)).await, Some(Refusal::Crashed));
        assert_eq!(failures.of(&key("b", 4)).await, None);
        for refusal in [Refusal::Corrupt, Refusal::TooSlow { seconds: 9 }] {
            for options in 0..9 {
                failures.remember(&key("c", options), &refusal).await;
            }
            assert_eq!(failures.of(&key("c", 8)).await, Some(refusal));
            assert_eq!(failures.of(&key("c", 10)).await, None, "only of its variant");
        }
    }
}
