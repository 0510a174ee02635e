//! A picture in the size that suits, over a rectangle of its own colour while it loads.

use leptos::prelude::*;
use model::Thumb;

/// Width divided by height in hundredths, in the steps of the style sheet's `ar-…` classes: 30 to 400 by 5.
pub(super) fn ratio(thumb: &Thumb) -> u32 {
    if thumb.width == 0 || thumb.height == 0 {
        return 100;
    }
    let hundredths = u64::from(thumb.width) * 100 / u64::from(thumb.height);
    let clamped = u32::try_from(hundredths.clamp(30, 400)).unwrap_or(100);
    (clamped + 2) / 5 * 5
}

/// A picture that fills the positioned box around it.
#[component]
pub fn PictureImage(
    /// The picture.
    thumb: Thumb,
    /// How wide it will be, as `sizes` wants it.
    #[prop(into)]
    sizes: String,
    /// The most pixels of a screen that it is wide.
    #[prop(default = u32::MAX)]
    widest: u32,
    /// Whether it is among the first things seen: fetched at once rather than when scrolled to.
    #[prop(optional)]
    first: bool,
    /// Whether what it shows is told by the words beside it, so that it needs none of its own.
    #[prop(optional)]
    decorative: bool,
) -> impl IntoView {
    let alt = if decorative { String::new() } else { thumb.alt().to_owned() };
    view! { <Layers thumb=thumb sizes=sizes widest=widest first=first alt=alt class="fills"/> }
}

/// A picture alone: in its own shape, as large as the window takes, and no larger than it is when it is small.
#[component]
pub fn FittedPicture(
    /// The picture.
    thumb: Thumb,
) -> impl IntoView {
    let ratio = ratio(&thumb);
    let (around, class) = if thumb.width < 640 {
        (
            "shown relative mx-auto w-fit max-w-full overflow-hidden rounded-picture".to_owned(),
            "relative block h-auto max-w-full",
        )
    } else {
        (
            format!("shown fitted ar-{ratio} relative mx-auto overflow-hidden rounded-picture"),
            "relative block h-auto w-full",
        )
    };
    let sizes = format!("min(100vw, {ratio}vh)");
    let alt = thumb.alt().to_owned();
    view! {
        <div class=around>
            <Layers thumb=thumb sizes=sizes widest=u32::MAX first=true alt=alt class=class/>
        </div>
    }
}

/// The placeholder and, above it, the picture.
#[component]
fn Layers(thumb: Thumb, sizes: String, widest: u32, first: bool, alt: String, class: &'static str) -> impl IntoView {
    let loading = if first { "eager" } else { "lazy" };
    let (src, srcset, name) = (thumb.src(), thumb.srcset(widest), format!("picture-{}", thumb.id));
    let Thumb { width, height, colour, .. } = thumb;
    view! {
        <svg class="fills" color=colour aria-hidden="true"></svg>
        <img
            src=src
            srcset=srcset
            sizes=sizes
            width=width
            height=height
            alt=alt
            loading=loading
            fetchpriority=first.then_some("high")
            decoding="async"
            data-picture=name
            class=class
        />
    }
}
