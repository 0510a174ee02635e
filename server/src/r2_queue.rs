//! The queue into which Cloudflare R2 puts the events of a bucket, pulled over HTTP (Cloudflare Queues, pull consumers).

use crate::bucket_events;
use domain::Library;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

/// How many messages are taken at once.
const BATCH: usize = 100;

/// For how long nobody else is given them, in milliseconds.
const HELD: u64 = 120_000;

/// Between two looks into an empty queue.
const IDLE: Duration = Duration::from_secs(5);

/// After a look that failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long an answer may take.
const ANSWERED: Duration = Duration::from_secs(30);

/// A queue by its address in Cloudflare's API, and the token that may read it.
pub(crate) struct R2Queue {
    /// `https://api.cloudflare.com/client/v4/accounts/ACCOUNT/queues/QUEUE`
    pub(crate) url: Url,
    pub(crate) token: String,
}

impl R2Queue {
    /// Follows the events until the task is dropped.
    pub(crate) async fn follow(self, library: Library) {
        let client = match Client::builder().timeout(ANSWERED).build() {
            Ok(client) => client,
            Err(error) => {
                tracing::error!(%error, "the queue of the bucket cannot be asked");
                return;
            }
        };
        loop {
            let wait = match self.take(&client, &library).await {
                Ok(0) => IDLE,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(%error, "the queue of the bucket does not answer");
                    PATIENCE
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// Takes some messages; answers how many there were. What could not be followed is given out again.
    async fn take(&self, client: &Client, library: &Library) -> Result<usize, reqwest::Error> {
        let wish = json!({"batch_size": BATCH, "visibility_timeout_ms": HELD});
        let answer: Value = self.ask(client, "pull", &wish).await?.json().await?;
        let messages = answer["result"]["messages"].as_array().cloned().unwrap_or_default();
        let (mut done, mut again) = (Vec::new(), Vec::new());
        for message in &messages {
            let lease = json!({"lease_id": message["lease_id"]});
            let outcome = match bucket_events::read(&message["body"]) {
                Some(event) => bucket_events::follow(library, &event).await,
                // No event: nobody will ever understand it.
                None => Ok(()),
            };
            match outcome {
                Ok(()) => done.push(lease),
                Err(error) => {
                    tracing::warn!(?error, "an event of the bucket could not be followed: it is again, later");
                    again.push(lease);
                }
            }
        }
        if !messages.is_empty() {
            self.ask(client, "ack", &json!({"acks": done, "retries": again})).await?;
        }
        Ok(messages.len())
    }

    async fn ask(&self, client: &Client, what: &str, wish: &Value) -> Result<Response, reqwest::Error> {
        let address = format!("{}/messages/{what}", self.url.as_str().trim_end_matches('/'));
        client.post(address).bearer_auth(&self.token).json(wish).send().await?.error_for_status()
    }
}
