//! Islands that come alive when it is said.

use crate::When;
use leptos::prelude::*;

/// Says when the islands inside come alive, all of them together. For those with a nearer `Wake`, that one counts; they
/// wake the islands around them first.
///
/// It changes nothing about layout: a `<slot>` outside of shadow trees is a plain element that browsers lay out as
/// `display: contents` without being told so by a style.
#[component]
pub fn Wake(
    /// What they wait for.
    when: When,
    /// Islands, and whatever stands around them.
    children: Children,
) -> impl IntoView {
    let (strategy, with) = when.attributes();
    view! {
        <slot data-wake=strategy data-wake-with=with>
            {children()}
        </slot>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn rendered(when: When) -> String {
        view! {
            <Wake when=when>
                <p>"island"</p>
            </Wake>
        }
        .to_html()
    }

    #[track_caller]
    fn opens_with(when: When, tag: &str) {
        let html = rendered(when);
        assert!(html.starts_with(tag), "{html}");
        assert!(html.contains("<p>island</p>") && html.ends_with("</slot>"), "{html}");
    }

    #[test]
    fn each_strategy_is_told_to_the_loader() {
        opens_with(When::Load, r#"<slot data-wake="load">"#);
        opens_with(When::default(), r#"<slot data-wake="idle" data-wake-with="2000">"#);
        let timeout = Duration::from_millis(50);
        opens_with(When::Idle { timeout }, r#"<slot data-wake="idle" data-wake-with="50">"#);
        opens_with(When::Visible { margin: -20 }, r#"<slot data-wake="visible" data-wake-with="-20px">"#);
        let query = "(min-width: 48rem)";
        opens_with(When::media(query), r#"<slot data-wake="media" data-wake-with="(min-width: 48rem)">"#);
        opens_with(When::Interaction, r#"<slot data-wake="interaction">"#);
    }

    #[test]
    fn a_query_cannot_leave_its_attribute() {
        let html = rendered(When::media("\"><script>"));
        assert!(!html.contains("\"><script>"), "{html}");
    }
}
