//! Variants off the ladder: only whoever may change a picture makes addresses of them, which the site signs.

use crate::database::unsigned;
use crate::{Error, Library, Result, Viewer};
use model::{ImageId, Variant, VariantRequest};

/// What the signatures are for.
const PURPOSE: &str = "variants";

/// What is signed. The picture's version is not: an address lives on when the bytes change.
fn text(image: &ImageId, variant: &Variant) -> String {
    format!("{image}:{}", variant.canonical())
}

impl Library {
    /// Whether a variant may be made at all: free, or signed by this site for this picture. [`Error::Invalid`] where a
    /// signature is missing, [`Error::Forbidden`] where it is wrong.
    pub fn check_signature(&self, image: &ImageId, wanted: &VariantRequest) -> Result<()> {
        match &wanted.signature {
            None if wanted.variant.is_free() => Ok(()),
            None => Err(Error::field("s", "Other sizes need a signature: image.variantUrl makes the address.")),
            Some(proof) if self.0.signing_keys.verify_mac(PURPOSE, &text(image, &wanted.variant), proof) => Ok(()),
            Some(_) => Err(Error::Forbidden(
                "The signature is not of this site for this picture and these options. Take the address as \
                 image.variantUrl makes it.",
            )),
        }
    }

    /// The address of any variant of a picture, as a path of this site: signed where it is not free. For its owner and
    /// admins.
    pub async fn variant_url(&self, viewer: &Viewer, image: &ImageId, variant: Variant) -> Result<String> {
        let row = self.changeable_picture(viewer, image).await?;
        if row.upload_status != "completed" {
            return Err(Error::NotFound);
        }
        let version = unsigned(row.version);
        if variant.is_free() {
            return Ok(variant.path(image, version, None));
        }
        let proof = self.0.signing_keys.mac(PURPOSE, &text(image, &variant))?;
        Ok(variant.path(image, version, Some(&proof)))
    }
}
