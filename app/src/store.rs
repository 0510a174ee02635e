//! What the islands of a page share: who looks, how that one and everybody stand to its pictures, and what is said to
//! them. In the browser alone; on the server there is nothing to share.
//!
//! The first island that wakes reads it from the page as the server rendered it; those that wake later find what has
//! become of it since. One signal holds all of it: it is small, and each further kind of signal would have to be loaded.

mod parts;
mod said;

pub(crate) use parts::{is_typed_in, refresh, take};
pub(crate) use said::say;

use crate::browser::{
    markup::{all, attribute, find, listen, number, whole},
    tabs,
};
use leptos::{prelude::*, task::spawn_local};
use std::{cell::Cell, time::Duration};
use web_sys::Element;

/// What tabs tell each other of who looks: the name, or nothing for nobody.
const VIEWER: &str = "tuku-viewer";

/// What tabs tell each other of the picture changed last, and by whom: how one stands to it is nobody else's.
const PICTURE: &str = "tuku-picture";

/// How long after the first island has woken the press that woke it is done.
const PRESSED_BY_THEN: Duration = Duration::from_secs(1);

/// How everybody, and the one who looks, stand to a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The picture's id.
    pub(crate) image: String,
    /// How many like it.
    pub(crate) likes: u64,
    /// Whether the one who looks is among them.
    pub(crate) liked: bool,
    /// Whether it is a favourite of the one who looks.
    pub(crate) favourite: bool,
    /// How many comments it has.
    pub(crate) comments: u64,
}

impl Standing {
    /// As the server rendered it: in the attributes of what stands around a picture's actions.
    fn rendered(part: &Element) -> Self {
        let is_set = |name: &str| attribute(part, name) == "true";
        Self {
            image: attribute(part, "data-image"),
            likes: number(part, "data-likes"),
            liked: is_set("data-liked"),
            favourite: is_set("data-favourite"),
            comments: number(part, "data-comments"),
        }
    }

    /// After its like was turned, as far as can be known here.
    pub(crate) fn like_turned(self) -> Self {
        let likes = if self.liked { self.likes.saturating_sub(1) } else { self.likes + 1 };
        Self { liked: !self.liked, likes, ..self }
    }

    fn words(&self) -> String {
        let Self { image, likes, liked, favourite, comments } = self;
        format!("{image} {likes} {liked} {favourite} {comments}")
    }

    fn read(words: &str) -> Option<Self> {
        let mut words = words.split(' ');
        Some(Self {
            image: words.next()?.to_owned(),
            likes: words.next()?.parse().ok()?,
            liked: words.next()? == "true",
            favourite: words.next()? == "true",
            comments: words.next()?.parse().ok()?,
        })
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shared {
    /// The name of who is signed in; empty for nobody.
    viewer: String,
    /// Those of the page.
    pictures: Vec<Standing>,
}

impl Shared {
    fn rendered(page: &Element) -> Option<Self> {
        let viewer = attribute(&find(page, "[data-viewer]")?, "data-viewer");
        let pictures = all(page, "[data-image]").iter().map(Standing::rendered).collect();
        Some(Self { viewer, pictures })
    }

    fn standing(self, image: &str) -> Option<Standing> {
        self.pictures.into_iter().find(|standing| standing.image == image)
    }
}

thread_local! {
    static SHARED: ArcRwSignal<Shared> = ArcRwSignal::new(Shared::default());
    static IS_OPEN: Cell<bool> = const { Cell::new(false) };
}

/// For whichever island wakes first; for the others it does nothing.
pub(crate) fn open() {
    if IS_OPEN.replace(true) {
        return;
    }
    if let Some(shared) = whole().as_ref().and_then(Shared::rendered) {
        SHARED.with(|signal| signal.set(shared));
    }
    catch_up();
    tabs::hear(heard);
    // Also when the browser leads back to this page as it was left.
    listen(&window(), "pageshow", |_| catch_up());
}

/// The name of who is signed in; empty for nobody. Effects that ask run again when that changes.
pub(crate) fn viewer() -> String {
    SHARED.with(|signal| signal.get()).viewer
}

/// The name of who is signed in now; empty for nobody.
pub(crate) fn viewer_now() -> String {
    now().viewer
}

/// How a picture of the page stands. Effects that ask run again when that changes.
pub(crate) fn standing(image: &str) -> Option<Standing> {
    SHARED.with(|signal| signal.get()).standing(image)
}

/// How a picture of the page stands now.
pub(crate) fn standing_now(image: &str) -> Option<Standing> {
    now().standing(image)
}

/// Shows on this page how a picture stands, before the server has said so.
pub(crate) fn expect(standing: Standing) {
    SHARED.with(|signal| {
        signal.update(|shared| {
            if let Some(known) = shared.pictures.iter_mut().find(|known| known.image == standing.image) {
                *known = standing;
            }
        });
    });
}

/// Shows on every tab how a picture stands, now that the server has said so.
pub(crate) fn settle(standing: Standing) {
    tabs::tell(PICTURE, &format!("{} {}", standing.words(), now().viewer));
    expect(standing);
}

/// Tells the other tabs that nobody is signed in any more.
pub(crate) fn tell_signed_out() {
    tabs::tell(VIEWER, "");
}

fn now() -> Shared {
    SHARED.with(|signal| signal.get_untracked())
}

/// What another tab tells.
fn heard(about: &str, words: &str) {
    if about == VIEWER && words != now().viewer {
        spawn_local(async {
            refresh().await;
        });
    } else if about == PICTURE
        && let Some((words, viewer)) = words.rsplit_once(' ')
        && viewer == now().viewer
        && let Some(standing) = Standing::read(words)
    {
        expect(standing);
    }
}

/// Takes over what other tabs told since this page was asked for, and tells them what it knows better.
fn catch_up() {
    // Which of both is right is the server's to say: by another site's link a member comes without the cookie.
    match tabs::told(VIEWER) {
        Some((_, viewer)) => heard(VIEWER, &viewer),
        None => tabs::tell(VIEWER, &now().viewer),
    }
    // The press that woke this counts as it was meant, by what was seen. What was told is looked up only then, so that
    // the answer to that press counts more.
    let asked_at = tabs::asked_at();
    let late = move || {
        if let Some((_, words)) = tabs::told(PICTURE).filter(|(at, _)| *at > asked_at) {
            heard(PICTURE, &words);
        }
    };
    _ = set_timeout(late, PRESSED_BY_THEN);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(liked: bool, likes: u64) -> Standing {
        Standing { image: "0m3q8v".into(), likes, liked, favourite: true, comments: 3 }
    }

    #[test]
    fn liking_twice_leaves_things_as_they_were() {
        let before = standing(false, 4);
        assert_eq!(before.clone().like_turned(), standing(true, 5));
        assert_eq!(before.clone().like_turned().like_turned(), before);
        assert_eq!(standing(true, 0).like_turned(), standing(false, 0), "whatever the page said");
    }

    #[test]
    fn another_tab_reads_what_this_one_tells() {
        for standing in [standing(true, 12), standing(false, u64::MAX), Standing::default()] {
            assert_eq!(Standing::read(&standing.words()), Some(standing));
        }
        for other in ["", "a", "a 1 true", "a many true true 3"] {
            assert_eq!(Standing::read(other), None, "{other:?}");
        }
    }

    #[test]
    fn an_island_asks_for_its_picture_alone() {
        let shared = Shared { viewer: String::new(), pictures: vec![standing(true, 1)] };
        assert_eq!(shared.clone().standing("0m3q8v"), Some(standing(true, 1)));
        assert_eq!(shared.standing("another"), None);
    }
}
