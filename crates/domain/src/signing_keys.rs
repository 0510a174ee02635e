//! The keys that sign what browsers keep for us: sessions and unlocked links, as JWT (RFC 7519), HS256; and addresses
//! that only the site may make, by an HMAC-SHA-256 with a key derived for each purpose.
//!
//! There may be several: the first signs, all verify, and the `kid` in a token's header says which. So a key can be
//! replaced without signing anyone out.

use crate::{Error, Result};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, crypto};
use serde::{Serialize, de::DeserializeOwned};

struct SigningKey {
    id: String,
    signing: EncodingKey,
    verifying: DecodingKey,
}

impl SigningKey {
    /// A secret of its own for a purpose. A space is in no JWT: this is never a token's signature.
    fn derived(&self, purpose: &str) -> Result<String> {
        mac(&self.signing, &format!("key for {purpose}"))
    }
}

/// HMAC-SHA-256 as base64url, 43 characters.
pub(crate) fn mac(key: &EncodingKey, text: &str) -> Result<String> {
    crypto::sign(text.as_bytes(), key, Algorithm::HS256).map_err(|error| Error::Internal(Box::new(error)))
}

/// The keys, the newest first. Never empty.
pub struct SigningKeys(Vec<SigningKey>);

impl SigningKeys {
    /// From ids and at least 32 secret bytes each, the newest first; `None` if there are none.
    pub fn new<'a>(keys: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Option<Self> {
        let key = |(id, secret): (&str, &[u8])| SigningKey {
            id: id.to_owned(),
            signing: EncodingKey::from_secret(secret),
            verifying: DecodingKey::from_secret(secret),
        };
        let keys: Vec<_> = keys.into_iter().map(key).collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// A token that says this. The claims need `exp`, and `aud` where they are not a session's.
    pub(crate) fn sign<T: Serialize>(&self, claims: &T) -> Result<String> {
        let key = &self.0[0];
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, claims, &key.signing).map_err(|error| Error::Internal(Box::new(error)))
    }

    /// What a token says, if it is one of ours, has not expired, and is for this audience. Without one the token
    /// must name none either, so that one kind is never taken for another.
    pub(crate) fn verify<T: DeserializeOwned>(&self, token: &str, audience: Option<&str>) -> Option<T> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let key = self.0.iter().find(|key| key.id == kid)?;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        if let Some(audience) = audience {
            validation.set_audience(&[audience]);
            validation.set_required_spec_claims(&["exp", "aud"]);
        }
        jsonwebtoken::decode(token, &key.verifying, &validation).ok().map(|data| data.claims)
    }

    /// What proves that this site has written a text, for this purpose: 43 letters, digits, `-` and `_`.
    pub(crate) fn mac(&self, purpose: &str, text: &str) -> Result<String> {
        mac(&EncodingKey::from_secret(self.0[0].derived(purpose)?.as_bytes()), text)
    }

    /// Whether any of the keys has made this proof for this very text and purpose. Takes as long for any wrong one.
    pub(crate) fn verify_mac(&self, purpose: &str, text: &str, mac: &str) -> bool {
        self.0.iter().any(|key| {
            key.derived(purpose).is_ok_and(|secret| {
                let key = DecodingKey::from_secret(secret.as_bytes());
                crypto::verify(mac, text.as_bytes(), &key, Algorithm::HS256).unwrap_or(false)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::now;
    use serde::Deserialize;

    const OLD: (&str, &[u8]) = ("old", b"0123456789abcdef0123456789abcdef");
    const NEW: (&str, &[u8]) = ("new", b"fedcba9876543210fedcba9876543210");

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Claims {
        exp: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aud: Option<String>,
    }

    fn claims(aud: Option<&str>) -> Claims {
        Claims { exp: now() + 60, aud: aud.map(str::to_owned) }
    }

    #[test]
    fn what_an_older_key_signed_is_still_ours() {
        let token = SigningKeys::new([OLD]).unwrap().sign(&claims(None)).unwrap();
        let rotated = SigningKeys::new([NEW, OLD]).unwrap();
        assert!(rotated.verify::<Claims>(&token, None).is_some());
        let token = rotated.sign(&claims(None)).unwrap();
        assert!(SigningKeys::new([NEW]).unwrap().verify::<Claims>(&token, None).is_some(), "the first signs");
        assert!(SigningKeys::new([OLD]).unwrap().verify::<Claims>(&token, None).is_none());
    }

    #[test]
    fn a_key_under_another_s_name_signs_nothing() {
        let token = SigningKeys::new([("old", NEW.1)]).unwrap().sign(&claims(None)).unwrap();
        assert!(SigningKeys::new([OLD]).unwrap().verify::<Claims>(&token, None).is_none());
    }

    #[test]
    fn a_proof_is_for_one_text_and_purpose_and_outlives_a_rotation() {
        let old = SigningKeys::new([OLD]).unwrap();
        let rotated = SigningKeys::new([NEW, OLD]).unwrap();
        let proof = old.mac("pictures", "a:width=3").unwrap();
        assert_eq!(proof.len(), 43);
        assert!(old.verify_mac("pictures", "a:width=3", &proof) && rotated.verify_mac("pictures", "a:width=3", &proof));
        assert_ne!(rotated.mac("pictures", "a:width=3").unwrap(), proof, "the first signs");
        assert!(!SigningKeys::new([NEW]).unwrap().verify_mac("pictures", "a:width=3", &proof));
        assert!(!old.verify_mac("pictures", "a:width=4", &proof) && !old.verify_mac("letters", "a:width=3", &proof));
        for wrong in ["", "=", "é", &proof[..42], &format!("{proof}A")] {
            assert!(!old.verify_mac("pictures", "a:width=3", wrong), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_for_one_audience_and_for_a_while() {
        let keys = SigningKeys::new([NEW]).unwrap();
        let (session, links) = (keys.sign(&claims(None)).unwrap(), keys.sign(&claims(Some("links"))).unwrap());
        assert!(keys.verify::<Claims>(&links, Some("links")).is_some());
        assert!(
            keys.verify::<Claims>(&links, None).is_none() && keys.verify::<Claims>(&session, Some("links")).is_none()
        );
        let past = keys.sign(&Claims { exp: now() - 5, aud: None }).unwrap();
        assert!(keys.verify::<Claims>(&past, None).is_none());
        assert!(SigningKeys::new([]).is_none());
    }
}
