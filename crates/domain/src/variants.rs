//! Variants: a picture in another size, shape and format, made when first asked for.

use crate::ids::sha256;
use crate::picture_facts::PictureFacts;
use crate::under_way::UnderWay;
use crate::variant_failures::Failures;
use crate::variant_formats::{Accepts, recipe};
use crate::{Error, Library, Result, Viewer};
use bytes::Bytes;
use futures::FutureExt;
use imaging::Recipe;
use imaging_workers::Failure;
use model::{Hotlinks, ImageId, Variant, VariantRequest};
use moka::future::Cache;
use std::sync::Arc;

/// Grows when the same recipe gives other bytes than before: what was kept until then is found no more, here and with
/// clients.
const RECIPES: u32 = 3;

/// All that the bytes of a variant depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct VariantKey {
    pub(crate) image: ImageId,
    /// The picture's version, what is asked for, and what it is encoded as.
    pub(crate) options: String,
}

/// What comes of making a variant, for all who wait.
type Made = std::result::Result<Bytes, Arc<Error>>;

/// Ready variants in memory, bounded by bytes; and those that are being made, or could not be.
pub(crate) struct Variants {
    ready: Cache<VariantKey, Bytes>,
    /// Variants and stripped originals.
    pub(crate) under_way: UnderWay<VariantKey, Made>,
    pub(crate) failures: Failures,
}

impl Variants {
    pub(crate) fn new(bytes: u64) -> Self {
        let weigh = |_: &VariantKey, variant: &Bytes| u32::try_from(variant.len()).unwrap_or(u32::MAX);
        let ready = Cache::builder().max_capacity(bytes).weigher(weigh).build();
        Self { ready, under_way: UnderWay::default(), failures: Failures::new() }
    }
}

/// A variant that the viewer may have; not made yet, so that a client that has it costs nothing.
#[derive(Clone, Debug)]
pub struct OpenVariant {
    /// A strong entity tag (RFC 9110, 8.8.3), quotes included.
    pub etag: String,
    /// The type of the bytes.
    pub content_type: &'static str,
    facts: Arc<PictureFacts>,
    key: VariantKey,
    recipe: Recipe,
}

impl OpenVariant {
    /// Whether anyone may have it, so that shared caches may keep it.
    pub fn is_public(&self) -> bool {
        self.facts.is_public
    }

    /// Which other sites may show it; see [`Library::may_be_shown_on`].
    pub fn hotlinks(&self) -> &[Option<Hotlinks>] {
        &self.facts.hotlinks
    }

    /// Of the picture's bytes.
    pub fn version(&self) -> u32 {
        self.facts.version
    }
}

impl Library {
    /// Opens a variant: its signature if it needs one, then access, then its tag. [`Error::Invalid`] and
    /// [`Error::Forbidden`] are about the signature.
    pub async fn open_variant(
        &self,
        viewer: &Viewer,
        image: &ImageId,
        wanted: &VariantRequest,
        accepts: Accepts,
    ) -> Result<OpenVariant> {
        self.check_signature(image, wanted)?;
        let facts = self.deliverable_picture(viewer, image).await?;
        Ok(self.opened(image, facts, &wanted.variant, accepts))
    }

    /// Opens a variant by what is in memory alone: `None` where anything would have to be read to tell, or where
    /// [`Self::open_variant`] has an error to give.
    pub fn open_known_variant(
        &self,
        viewer: &Viewer,
        image: &ImageId,
        wanted: &VariantRequest,
        accepts: Accepts,
    ) -> Option<OpenVariant> {
        self.check_signature(image, wanted).ok()?;
        let facts = self.known_picture(viewer, image)?;
        Some(self.opened(image, facts, &wanted.variant, accepts))
    }

    /// Whether it goes by who asks where a picture of these rules may be shown: shared caches cannot tell.
    pub fn limits_hotlinks(&self, rules: &[Option<Hotlinks>]) -> bool {
        rules.iter().any(Option::is_some) || self.settings().hotlinks != "*"
    }

    /// Whether pages of another site, by its host, may show a picture. `rules` are those of the public galleries that it
    /// hangs in, of which one has to allow it; nothing where the site's own counts.
    pub fn may_be_shown_on(&self, rules: &[Option<Hotlinks>], host: &str) -> bool {
        let site = || Hotlinks::parse(&self.settings().hotlinks).ok().flatten().unwrap_or(Hotlinks::Everyone);
        let allowed =
            |rule: &Option<Hotlinks>| rule.as_ref().map_or_else(|| site().allow(host), |rule| rule.allow(host));
        if rules.is_empty() { site().allow(host) } else { rules.iter().any(allowed) }
    }

    /// The bytes of a variant if they are in memory.
    pub fn ready_bytes(&self, open: &OpenVariant) -> Option<Bytes> {
        self.0.variants.ready.get(&open.key).now_or_never()?
    }

    /// A variant of a picture that is known, whoever asks.
    pub(crate) fn opened(
        &self,
        image: &ImageId,
        facts: Arc<PictureFacts>,
        variant: &Variant,
        accepts: Accepts,
    ) -> OpenVariant {
        let recipe = recipe(variant, facts.nature, accepts, self.0.limits.avif_pixels);
        let content_type = recipe.output.content_type();
        // The recipe tells the format, whether it was asked for or chosen, and whether quality and moving count.
        let drawn = Variant { format: None, quality: recipe.quality, still: !recipe.moving, ..*variant }.canonical();
        let options = format!("{},{drawn},{content_type},{RECIPES}", facts.version);
        OpenVariant {
            etag: format!("\"{}\"", &sha256(format!("{image},{options}"))[..32]),
            content_type,
            facts,
            key: VariantKey { image: image.clone(), options },
            recipe,
        }
    }

    /// The bytes of a variant: from memory, from disk, or made now. However many ask at once, it is made once; it is
    /// broken off when the last who waits is gone.
    pub async fn variant_bytes(&self, open: OpenVariant) -> Result<Bytes> {
        if let Some(ready) = self.0.variants.ready.get(&open.key).await {
            return Ok(ready);
        }
        let key = open.key.clone();
        let (making, _) = self.0.variants.under_way.join(&key, || self.clone().make(open).boxed());
        making.await.map_err(Error::for_each)
    }

    async fn make(self, open: OpenVariant) -> Made {
        let OpenVariant { key, .. } = &open;
        let variants = &self.0.variants;
        if let Some(files) = &self.0.variant_files
            && let Some(kept) = files.get(key.image.as_str(), &key.options).await
        {
            variants.ready.insert(key.clone(), kept.clone()).await;
            return Ok(kept);
        }
        if let Some(refusal) = variants.failures.of(key).await {
            return Err(Arc::new(Error::Internal(Box::new(refusal))));
        }
        let made = self.draw(&open).await.map_err(Arc::new)?;
        variants.ready.insert(key.clone(), made.clone()).await;
        // Nobody waits for the disk.
        tokio::spawn(self.clone().keep(key.clone(), made.clone()));
        Ok(made)
    }

    async fn draw(&self, open: &OpenVariant) -> Result<Bytes> {
        // Originals are read without a place among the workers.
        let original = self.original(&open.facts.object, open.facts.size).await?;
        match self.0.pool.render(original, open.recipe).await {
            Ok(rendered) => Ok(rendered.bytes.into()),
            Err(failure) => Err(self.failed(&open.key, failure).await),
        }
    }

    /// What came of work on a picture that failed. What is the picture's fault is remembered, and not tried again soon.
    pub(crate) async fn failed(&self, key: &VariantKey, failure: Failure) -> Error {
        match failure {
            Failure::Refused(refusal) => {
                self.0.variants.failures.remember(key, &refusal).await;
                Error::Internal(Box::new(refusal))
            }
            Failure::Broken(error) => Error::Internal(Box::new(error)),
        }
    }

    /// Puts what was made of a picture on the disk. Whoever deletes the picture meanwhile may have cleared the disk
    /// before: so the row is looked at once more.
    pub(crate) async fn keep(self, key: VariantKey, made: Bytes) {
        let Some(files) = &self.0.variant_files else { return };
        files.put(key.image.as_str(), &key.options, made).await;
        if self.is_gone(&key.image).await {
            self.forget_variants(&key.image).await;
        }
    }

    /// Removes the variants of a picture that is deleted from the disk. Those in memory are out of reach.
    pub(crate) async fn forget_variants(&self, image: &ImageId) {
        if let Some(files) = &self.0.variant_files {
            files.forget(image.as_str()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture_facts::Nature;
    use model::PictureFormat;
    use storage::Key;

    fn id(text: &str) -> ImageId {
        ImageId::parse(text).unwrap()
    }

    #[tokio::test]
    async fn what_is_made_of_a_picture_that_was_deleted_meanwhile_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::for_tests(folder.path()).await;
        library.add_picture(&id("here")).await;
        let files = library.0.variant_files.clone().unwrap();
        for (image, is_kept) in [("here", true), ("gone", false)] {
            let key = VariantKey { image: id(image), options: "1".into() };
            library.clone().keep(key, Bytes::from_static(b"made")).await;
            assert_eq!(files.get(image, "1").await.is_some(), is_kept, "{image}");
        }
        assert!(!library.is_gone(&id("here")).await);
        library.0.database.close().await;
        let key = VariantKey { image: id("here"), options: "2".into() };
        library.clone().keep(key, Bytes::from_static(b"made")).await;
        assert!(files.get("here", "2").await.is_some(), "nothing says that it is gone");
    }

    #[tokio::test]
    async fn what_the_same_bytes_do_not_depend_on_is_not_in_their_key() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::for_tests(folder.path()).await;
        let facts = Arc::new(PictureFacts {
            owner: "ann".into(),
            is_public: true,
            object: Key::parse("originals/a").unwrap(),
            size: 9,
            version: 1,
            nature: Nature { width: 400, height: 300, has_alpha: false, frames: 1 },
            hotlinks: Vec::new(),
        });
        let key = |format, quality| {
            let variant = Variant { format: Some(format), quality, ..Variant::of_width(320) };
            library.opened(&id("a"), facts.clone(), &variant, Accepts::default()).key
        };
        for format in [PictureFormat::Png, PictureFormat::Gif] {
            assert_eq!(key(format, Some(50)), key(format, None));
        }
        assert_ne!(key(PictureFormat::Jpeg, Some(50)), key(PictureFormat::Jpeg, None));
        assert_ne!(key(PictureFormat::Png, None), key(PictureFormat::Gif, None));
    }
}
