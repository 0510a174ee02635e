//! What a bucket elsewhere says of itself: which of its objects came, changed or went. Messages are only believed to name
//! a key; what lies there now is looked at, so that one that comes late, twice or out of order does no harm.

use data_encoding::BASE64;
use domain::{Library, Result};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use storage::Key;

/// The keys of a message: Cloudflare R2's (`object.key`), or S3's as MinIO, Ceph and others send it (`Records`, with
/// keys encoded as in forms).
fn keys(message: &Value) -> Vec<Key> {
    let of_r2 = message["object"]["key"].as_str().map(str::to_owned);
    let records = message["Records"].as_array().into_iter().flatten();
    let of_s3 = records.filter_map(|record| record["s3"]["object"]["key"].as_str()).map(|key| {
        let key = key.replace('+', " ");
        percent_decode_str(&key).decode_utf8_lossy().into_owned()
    });
    of_r2.into_iter().chain(of_s3).filter_map(|key| Key::parse(key).ok()).collect()
}

/// A message as a queue gives it: JSON, or a text that is JSON, or that in Base64.
pub(crate) fn read(body: &Value) -> Option<Value> {
    let Some(text) = body.as_str() else { return Some(body.clone()) };
    let decoded = || serde_json::from_slice(&BASE64.decode(text.as_bytes()).ok()?).ok();
    serde_json::from_str(text).ok().or_else(decoded)
}

/// Looks at what the keys of a message stand for now.
pub(crate) async fn follow(library: &Library, message: &Value) -> Result<()> {
    for key in keys(message) {
        library.file_told(&key).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn texts(message: &Value) -> Vec<String> {
        keys(message).into_iter().map(String::from).collect()
    }

    #[test]
    fn messages_of_r2_and_of_s3_name_keys() {
        let of_r2 = json!({"account": "a", "action": "PutObject", "bucket": "b", "object": {"key": "ri/h/山 +1.jpg"}});
        assert_eq!(texts(&of_r2), ["ri/h/山 +1.jpg"]);
        let record = |key: &str| json!({"eventName": "s3:ObjectCreated:Put", "s3": {"object": {"key": key}}});
        let of_s3 = json!({"Records": [record("ri%2Fh%2F%E5%B1%B1+%2B1.jpg"), record("plain.jpg"), record("../x")]});
        assert_eq!(texts(&of_s3), ["ri/h/山 +1.jpg", "plain.jpg"]);
        assert!(texts(&json!({"words": "else"})).is_empty());
    }

    #[test]
    fn a_message_is_read_however_the_queue_wraps_it() {
        let message = json!({"object": {"key": "a"}});
        let text = message.to_string();
        for body in [message.clone(), json!(text), json!(BASE64.encode(text.as_bytes()))] {
            assert_eq!(read(&body), Some(message.clone()), "{body}");
        }
        assert_eq!(read(&json!("neither")), None);
    }
}
