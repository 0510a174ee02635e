//! What a bucket elsewhere says of itself: which of its objects came, changed or went. Messages are only believed to name
//! a key; what lies there now is looked at, so that one that comes late, twice or out of order does no harm.

use data_encoding::BASE64;
use domain::{Library, Result};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use storage::Key;

/// The keys of a message: Cloudflare R2's (`object.key`), S3's as MinIO, Ceph and others send it (`Records`, with keys
/// encoded as in forms), or SeaweedFS's (`key`, and where it is now, as paths below `/buckets`).
fn keys(message: &Value) -> Vec<Key> {
    let of_r2 = message["object"]["key"].as_str().map(str::to_owned);
    let records = message["Records"].as_array().into_iter().flatten();
    let of_s3 = records.filter_map(|record| record["s3"]["object"]["key"].as_str()).map(|key| {
        let key = key.replace('+', " ");
        percent_decode_str(&key).decode_utf8_lossy().into_owned()
    });
    of_r2.into_iter().chain(of_s3).chain(of_seaweedfs(message)).filter_map(|key| Key::parse(key).ok()).collect()
}

/// The entry's path, and after a rename the new one.
fn of_seaweedfs(message: &Value) -> impl Iterator<Item = String> {
    let told = &message["message"];
    let parent = told["new_parent_path"].as_str();
    let now = parent.zip(told["new_entry"]["name"].as_str()).map(|(parent, name)| format!("{parent}/{name}"));
    let before = message["key"].as_str().map(str::to_owned);
    let renamed = now.filter(|now| before.as_ref() != Some(now));
    before.into_iter().chain(renamed).filter_map(|path| {
        let (_bucket, key) = path.strip_prefix("/buckets/")?.split_once('/')?;
        Some(key.to_owned())
    })
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
    fn messages_of_r2_s3_and_seaweedfs_name_keys() {
        let of_r2 = json!({"account": "a", "action": "PutObject", "bucket": "b", "object": {"key": "ri/h/山 +1.jpg"}});
        assert_eq!(texts(&of_r2), ["ri/h/山 +1.jpg"]);
        let record = |key: &str| json!({"eventName": "s3:ObjectCreated:Put", "s3": {"object": {"key": key}}});
        let of_s3 = json!({"Records": [record("ri%2Fh%2F%E5%B1%B1+%2B1.jpg"), record("plain.jpg"), record("../x")]});
        assert_eq!(texts(&of_s3), ["ri/h/山 +1.jpg", "plain.jpg"]);
        let of_seaweedfs = |key: &str, parent: &str, name: &str| json!({"event_type": "rename", "key": key, "message": {"new_parent_path": parent, "new_entry": {"name": name}}});
        let renamed = of_seaweedfs("/buckets/b/ri/山.jpg", "/buckets/b/ri/h", "+1.jpg");
        assert_eq!(texts(&renamed), ["ri/山.jpg", "ri/h/+1.jpg"]);
        let came = of_seaweedfs("/buckets/b/ri/山.jpg", "/buckets/b/ri", "山.jpg");
        assert_eq!(texts(&came), ["ri/山.jpg"]);
        assert!(texts(&of_seaweedfs("/buckets/b", "/buckets", "b")).is_empty());
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
