//! Line icons of one set: 24 units square, strokes of 1.5, in the colour of the text around them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Something is liked.
    Heart,
    /// The same, filled.
    HeartFilled,
    /// Hand it to someone.
    Share,
    /// Send a file up.
    Upload,
    /// Take a file along.
    Download,
    /// Not for everyone's eyes.
    Lock,
    /// A person.
    User,
    /// One more.
    Plus,
    /// Stop, or close.
    Cross,
    /// Done.
    Check,
    /// Throw away.
    Trash,
    /// Once more.
    Retry,
    /// Words about it.
    Comment,
    /// Back.
    Left,
    /// On.
    Right,
    /// Find something.
    Search,
    /// Kept to find again.
    Star,
}

impl Glyph {
    /// The strokes, as an SVG path.
    fn path(self) -> &'static str {
        match self {
            Self::Heart | Self::HeartFilled => "M12 20.5 4.2 12.6a5 5 0 0 1 7.1-7.1l.7.7.7-.7a5 5 0 0 1 7.1 7.1Z",
            Self::Share => "M12 15V3.5M8 7.5l4-4 4 4M7.5 11H5v9.5h14V11h-2.5",
            Self::Upload => "M12 15.5V4M7.5 8.5 12 4l4.5 4.5M4 15v5h16v-5",
            Self::Download => "M12 4v11.5M7.5 11l4.5 4.5 4.5-4.5M4 15v5h16v-5",
            Self::Lock => "M7.5 11V8a4.5 4.5 0 0 1 9 0v3M5 11h14v9.5H5Z",
            Self::User => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-3.8 3.7-5.5 7.5-5.5s6.9 1.7 7.5 5.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Cross => "m6 6 12 12M18 6 6 18",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Trash => "M4 6.5h16M9 6.5V4h6v2.5M6 6.5l.8 14h10.4l.8-14M10 10.5v6M14 10.5v6",
            Self::Retry => "M19.5 12.5a7.5 7.5 0 1 1-2.2-5.8L20 9.5M20 4.5v5h-5",
            Self::Comment => "M4 5h16v11.5h-8.5l-4.5 4v-4H4Z",
            Self::Left => "m15 5-7 7 7 7",
            Self::Right => "m9 5 7 7-7 7",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5l5 5",
            Self::Star => "m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8Z",
        }
    }
}

/// An icon. It says nothing to assistive technology: words beside it or a label do.
#[component]
pub fn Icon(
    /// What it shows.
    glyph: Glyph,
) -> impl IntoView {
    let fill = if glyph == Glyph::HeartFilled { "currentColor" } else { "none" };
    view! {
        <svg
            class="size-5 shrink-0"
            viewBox="0 0 24 24"
            fill=fill
            stroke="currentColor"
            stroke-width="1.5"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=glyph.path()></path>
        </svg>
    }
}
