//! Variants: a picture in another size and format, made when first asked for.

use crate::{Error, Library, Result, Viewer};
use bytes::Bytes;
pub use imaging::Output;
use imaging::Recipe;
use model::{ImageId, Variant};
use moka::future::Cache;
use std::sync::Arc;
use storage::Key;

/// A picture's version with options and format: what a variant depends on, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct VariantKey {
    image: ImageId,
    version: i64,
    variant: Variant,
    output: Output,
}

/// Ready variants in memory, bounded by bytes.
pub(crate) struct VariantCache(Cache<VariantKey, Bytes>);

impl VariantCache {
    pub(crate) fn new(bytes: u64) -> Self {
        let weigh = |_: &VariantKey, variant: &Bytes| u32::try_from(variant.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(bytes).weigher(weigh).build())
    }
}

/// A variant that the viewer may have; not made yet, so that a client that has it costs nothing.
#[derive(Debug)]
pub struct OpenVariant {
    /// A strong entity tag (RFC 9110, 8.8.3), quotes included.
    pub etag: String,
    /// Whether anyone may have it, so that shared caches may keep it.
    pub is_public: bool,
    /// Of the picture's bytes.
    pub version: u32,
    /// The type of the bytes.
    pub content_type: &'static str,
    object: Key,
    key: VariantKey,
}

impl Library {
    /// Opens a variant: access first, then its tag. `output` is what the client takes.
    pub async fn open_variant(
        &self,
        viewer: &Viewer,
        image: &ImageId,
        variant: Variant,
        output: Output,
    ) -> Result<OpenVariant> {
        let row = self.visible_picture(viewer, image).await?;
        let (width, quality) = (variant.width, variant.quality.map_or("auto".into(), |quality| quality.to_string()));
        let content_type = output.content_type();
        let kind = content_type.trim_start_matches("image/");
        Ok(OpenVariant {
            etag: format!("\"{image}-{}-{width}-{quality}-{kind}\"", row.version),
            is_public: row.is_public,
            version: u32::try_from(row.version).unwrap_or(0),
            content_type,
            object: row.key()?,
            key: VariantKey { image: image.clone(), version: row.version, variant, output },
        })
    }

    /// The bytes of a variant: from memory, or made now. However many ask at once, it is made once.
    pub async fn variant_bytes(&self, open: OpenVariant) -> Result<Bytes> {
        let OpenVariant { key, object, .. } = open;
        let (variant, output) = (key.variant, key.output);
        let make = async {
            // Originals are read without a place in the imaging pool, but only so many at once: each is in memory.
            let room = self.0.sources.clone().acquire_owned().await;
            let original = self.original(&object).await?;
            let limits = self.picture_limits();
            let recipe = Recipe { width: variant.width, quality: variant.quality, output };
            let turn = self.0.imaging.clone().acquire_owned().await;
            let rendered = tokio::task::spawn_blocking(move || {
                // Both go along: the work runs on when nobody waits for it any more.
                let _places = (room, turn);
                imaging::render(&original, &recipe, &limits)
            });
            rendered
                .await?
                .map(|rendered| Bytes::from(rendered.bytes))
                .map_err(|error| Error::Internal(Box::new(error)))
        };
        self.0.variants.0.try_get_with(key, make).await.map_err(|error: Arc<Error>| Error::Internal(Box::new(error)))
    }
}
