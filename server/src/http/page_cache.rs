//! Pages as visitors see them: rendered once, and kept in memory until something they show changes.
//!
//! What this server changes counts at once: a page goes along with the generation of its topics, which is compared each
//! time it is sent. What other servers change is told by the topics' marks in the key-value store, which are compared
//! once in a while. Both are read before the page is rendered, so that a page made of rows that change meanwhile is
//! never sent from here.
//!
//! There is one place for each page, under the one address that the site's own links write. What is not there, and what
//! is for one viewer, has none.

mod ahead;
mod page;

use super::{
    State,
    encodings::{Bodies, Encoding},
    middleware::{authentication, security_headers},
    pages::{self, Rendered},
};
use app::pages::SharedPage;
use axum::{
    extract::Request,
    http::{
        Extensions, HeaderMap, HeaderValue, Method, StatusCode, Uri, Version, header, request::Parts,
        response::Parts as Head,
    },
    response::Response,
};
use domain::{Library, Result, Topic, UnderWay};
use futures::FutureExt;
use moka::sync::Cache;
use page::{Page, Standing};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;
use url::Url;

pub(crate) use ahead::fill_ahead;

/// How long a page is kept that nothing changed. Marks live longer; should one have been lost, what it told shows then.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// For how many milliseconds a page is sent without looking whether another server has changed what it shows: a change
/// is to show within a second everywhere.
const UNCHECKED: u64 = 500;

/// The kept page was sent (RFC 9211, as all that follow).
const HIT: HeaderValue = HeaderValue::from_static("tuku; hit");
/// It was rendered, and is kept from now on.
const STORED: HeaderValue = HeaderValue::from_static("tuku; fwd=miss; stored");
/// It was rendered for another request that came at the same time.
const COLLAPSED: HeaderValue = HeaderValue::from_static("tuku; fwd=miss; collapsed");
/// It was rendered, and is not kept: an error, or changed meanwhile.
const MISS: HeaderValue = HeaderValue::from_static("tuku; fwd=miss");

/// The pages in memory. Cheap to clone.
#[derive(Clone)]
pub(crate) struct PageCache {
    pages: Cache<String, Arc<Page>>,
    under_way: UnderWay<Question, Outcome>,
    /// One page after the other is made smaller.
    press: Arc<Semaphore>,
    started: Instant,
}

/// What is found without waiting for anything.
pub(super) enum Found {
    /// The answer.
    Answer(Response),
    /// A page that another server may have changed since it was last looked.
    Unsure(Arc<Page>),
}

/// What is asked: those who ask the same get the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Question {
    /// Path and query.
    address: String,
    /// Of what the page shows, when it was asked for.
    generation: u64,
    /// By which the site was reached, where the page names it.
    host: Option<String>,
}

/// What came of rendering, for all who wait.
#[derive(Clone)]
enum Outcome {
    Kept(Arc<Page>),
    Other(Rendered),
}

/// Marks an answer that has all its encodings already.
#[derive(Clone, Copy)]
struct Encoded;

/// What of a visitor's request its answer goes by.
struct Asked<'a> {
    method: &'a Method,
    headers: &'a HeaderMap,
    /// Path and query.
    address: &'a str,
    host: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// `None` where the answer may be for one viewer alone, or is none to a page.
    fn by_visitor(method: &'a Method, uri: &'a Uri, headers: &'a HeaderMap) -> Option<Self> {
        let reads = matches!(*method, Method::GET | Method::HEAD) && authentication::is_anonymous(headers);
        let address = uri.path_and_query().filter(|_| reads)?.as_str();
        Some(Self { method, headers, address, host: authentication::host(headers, uri) })
    }
}

/// The page that is asked for, if it is kept and this server has changed nothing that it shows. For [`Delivery`]: it
/// waits for nothing.
///
/// [`Delivery`]: super::delivery::Delivery
pub(super) fn find(state: &State, request: &Request) -> Option<Found> {
    let cache = state.pages.as_ref()?;
    let asked = Asked::by_visitor(request.method(), request.uri(), request.headers())?;
    let page = cache.current(&state.library, &asked)?;
    if !cache.is_checked(&page) {
        return Some(Found::Unsure(page));
    }
    let encoding = Encoding::preferred(asked.headers)?;
    Some(Found::Answer(page.answer(asked.method, asked.headers, encoding, HIT)))
}

/// The answer to whoever asked for a page that was unsure, if no other server has changed it.
pub(super) async fn look(state: &State, page: &Page, request: &Parts) -> Option<Response> {
    let encoding = Encoding::preferred(&request.headers)?;
    let is_unchanged = state.pages.as_ref()?.is_unchanged(&state.library, page).await;
    is_unchanged.then(|| page.answer(&request.method, &request.headers, encoding, HIT))
}

/// A page for a visitor: as it is kept, or rendered now for all who ask at once. `None` where a page is to be rendered
/// for this request alone. `origin` is the site's address as this request reached it.
pub(super) async fn answer(state: &State, origin: &Url, request: &Parts) -> Option<Response> {
    let cache = state.pages.as_ref()?;
    let asked = Asked::by_visitor(&request.method, &request.uri, &request.headers)?;
    let shared = SharedPage::at(asked.address)?;
    // Whoever takes none of the encodings is told so further out.
    let encoding = Encoding::preferred(asked.headers).unwrap_or(Encoding::Plain);
    let sent = |page: &Page, status| {
        let mut response = page.answer(asked.method, asked.headers, encoding, status);
        response.extensions_mut().insert(Encoded);
        response
    };
    if let Some(page) = cache.current(&state.library, &asked)
        && (cache.is_checked(&page) || cache.is_unchanged(&state.library, &page).await)
    {
        return Some(sent(&page, HIT));
    }
    let (outcome, is_first) = cache.render(state, &asked, shared, origin).await;
    Some(match outcome {
        Outcome::Kept(page) => sent(&page, if is_first { STORED } else { COLLAPSED }),
        Outcome::Other(rendered) => {
            let mut response = pages::respond(rendered);
            response.headers_mut().insert(header::CACHE_STATUS, if is_first { MISS } else { COLLAPSED });
            response
        }
    })
}

/// Whether an answer is left to the compression of all answers: kept pages have their encodings already.
pub(super) fn may_be_compressed(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<Encoded>().is_none()
}

impl PageCache {
    /// So many bytes of pages; `None` for none.
    pub(crate) fn new(bytes: u64) -> Option<Self> {
        let weigh =
            |address: &String, page: &Arc<Page>| u32::try_from(address.len() + page.weight()).unwrap_or(u32::MAX);
        let pages = Cache::builder().max_capacity(bytes).weigher(weigh).time_to_live(LIFETIME).build();
        let press = Arc::new(Semaphore::new(1));
        (bytes > 0).then(|| Self { pages, under_way: UnderWay::default(), press, started: Instant::now() })
    }

    /// Milliseconds since the program was started.
    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The kept page, as far as this server knows.
    fn current(&self, library: &Library, asked: &Asked<'_>) -> Option<Arc<Page>> {
        let page = self.pages.get(asked.address)?;
        let Standing { topics, generation, host, .. } = &page.standing;
        let is_for_host = host.as_deref().is_none_or(|host| Some(host) == asked.host);
        let is_current = is_for_host && library.generation(topics) == *generation;
        if is_current {
            self.press(asked.address, &page);
        }
        is_current.then_some(page)
    }

    /// Has a page that stays as it is, and is asked for again, made as small as can be.
    fn press(&self, address: &str, page: &Arc<Page>) {
        if !page.has_settled(self.now()) {
            return;
        }
        let Ok(turn) = self.press.clone().try_acquire_owned() else { return };
        if !page.is_first_to_press() {
            return;
        }
        let (pages, address, page) = (self.pages.clone(), address.to_owned(), page.clone());
        tokio::spawn(async move {
            if let Some(pressed) = page.pressed().await
                // Not in place of one that was made meanwhile.
                && pages.get(&address).is_some_and(|kept| Arc::ptr_eq(&kept, &page))
            {
                pages.insert(address, Arc::new(pressed));
            }
            drop(turn);
        });
    }

    /// Whether it was looked lately what other servers have changed.
    fn is_checked(&self, page: &Page) -> bool {
        self.now().saturating_sub(page.checked_at()) < UNCHECKED
    }

    /// Looks whether another server has changed what a page shows.
    async fn is_unchanged(&self, library: &Library, page: &Page) -> bool {
        let now = self.now();
        match library.marks(&page.standing.topics).await {
            Ok(marks) if marks == page.standing.marks => {
                page.check(now);
                true
            }
            Ok(_) => false,
            // Rendered anew, it is right in any case.
            Err(error) => {
                tracing::error!(?error, "kept pages cannot be compared with what other servers change");
                false
            }
        }
    }

    /// Renders a page, or waits along with whoever has begun to: what came of it, and whether this was the first to ask.
    async fn render(&self, state: &State, asked: &Asked<'_>, shared: SharedPage, origin: &Url) -> (Outcome, bool) {
        let SharedPage { topics, names_site } = shared;
        let names_host = names_site && state.public_url.is_none();
        let question = Question {
            address: asked.address.to_owned(),
            // Before anything is read: whoever asks after a change never waits along with those who asked before it.
            generation: state.library.generation(&topics),
            host: asked.host.filter(|_| names_host).map(str::to_owned),
        };
        let begin = || make(self.clone(), state.clone(), question.clone(), topics, origin.clone()).boxed();
        let (outcome, is_first) = self.under_way.join(&question, begin);
        (outcome.await, is_first)
    }
}

/// Renders a page, and keeps it unless it is an error or has changed meanwhile.
async fn make(cache: PageCache, state: State, question: Question, topics: Vec<Topic>, origin: Url) -> Outcome {
    let checked_at = cache.now();
    let marks = match marks(&state.library, &topics).await {
        Ok(marks) => Some(marks),
        Err(error) => {
            tracing::error!(?error, "no page can be kept: nobody tells what other servers change");
            None
        }
    };
    let rendered = pages::for_visitors(&state, origin, &question.address).await;
    let (Some(marks), Ok((head, html))) = (marks, &rendered) else { return Outcome::Other(rendered) };
    if !may_be_kept(head) || state.library.generation(&topics) != question.generation {
        return Outcome::Other(rendered);
    }
    let Some(bodies) = Bodies::of(html.clone()).await else { return Outcome::Other(rendered) };
    let mut headers = head.headers.clone();
    security_headers::add(&state, &mut headers);
    let Question { address, generation, host } = question;
    let page = Arc::new(Page::new(Standing { topics, generation, marks, host }, checked_at, headers, bodies));
    cache.pages.insert(address, page.clone());
    Outcome::Kept(page)
}

/// How the topics are marked now; and has this server follow the settings that others have changed until now, so that
/// no page shows the old ones under the new mark.
async fn marks(library: &Library, topics: &[Topic]) -> Result<String> {
    let marks = library.marks(topics).await?;
    library.refresh_settings().await?;
    Ok(marks)
}

/// Whether everyone may be sent this: a page that is there, has no secret in it, and sets no cookie.
fn may_be_kept(head: &Head) -> bool {
    head.status == StatusCode::OK
        && head.headers.get(header::CACHE_CONTROL) == Some(&pages::REVALIDATED)
        && !head.headers.contains_key(header::SET_COOKIE)
}
