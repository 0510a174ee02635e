//! The pages most seen, rendered soon after the start: so that whoever looks first need not wait.

use super::{Asked, PageCache, State};
use app::pages::SharedPage;
use axum::http::{HeaderMap, Method};
use domain::{Library, Result};
use std::time::Duration;
use tokio::time::sleep;
use url::Url;

/// How long the program is left to its first visitors.
const PATIENCE: Duration = Duration::from_millis(500);

/// Between two pages: it need not be soon, and others go before.
const PAUSE: Duration = Duration::from_millis(25);

/// How many galleries count as those most seen: the newest, which the first page shows at the top.
const GALLERIES: u64 = 12;

/// Renders the first page, the galleries at its top, and the photos that stand for them.
pub(crate) async fn fill_ahead(state: State) {
    let Some(cache) = state.pages.clone() else { return };
    sleep(PATIENCE).await;
    let addresses = match most_seen(&state.library).await {
        Ok(addresses) => addresses,
        Err(error) => return tracing::warn!(?error, "no page could be rendered ahead"),
    };
    for address in addresses {
        cache.fill(&state, &address).await;
        sleep(PAUSE).await;
    }
}

async fn most_seen(library: &Library) -> Result<Vec<String>> {
    let galleries = library.public_galleries(1, GALLERIES).await?.galleries;
    let (mut addresses, mut photos) = (vec!["/".to_owned()], Vec::new());
    for card in galleries {
        addresses.push(format!("/gallery/{}", card.gallery.slug));
        photos.extend(card.covers.into_iter().map(|cover| format!("/photos/{}", cover.id)));
    }
    addresses.append(&mut photos);
    Ok(addresses)
}

impl PageCache {
    /// Renders a page that nobody has asked for yet. It is one that does not name the site, whose address is not known
    /// before someone asks.
    async fn fill(&self, state: &State, address: &str) {
        let Some(shared) = SharedPage::at(address).filter(|shared| !shared.names_site) else { return };
        let Ok(nowhere) = Url::parse("http://localhost") else { return };
        let asked = Asked { method: &Method::GET, headers: &HeaderMap::new(), address, host: None };
        if self.current(&state.library, &asked).is_none() {
            self.render(state, &asked, shared, &nowhere).await;
        }
    }
}
