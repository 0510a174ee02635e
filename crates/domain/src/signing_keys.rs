//! The keys that sign what browsers keep for us: sessions and unlocked links. JWT (RFC 7519), HS256.
//!
//! There may be several: the first signs, all verify, and the `kid` in a token's header says which. So a key can be
//! replaced without signing anyone out.

use crate::{Error, Result};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Serialize, de::DeserializeOwned};

struct SigningKey {
    id: String,
    signing: EncodingKey,
    verifying: DecodingKey,
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
