//! Islands that are nothing without a script.

use crate::When;
use leptos::prelude::*;

/// Shows something else until the islands inside can come alive, and for good where scripts do not run or could not be
/// loaded. What the server rendered of them waits in a `<template>`, where browsers neither show nor load anything.
///
/// Its content may not be streamed out of order: scripts that Leptos sends with it would not find it in the template.
#[component]
pub fn Only(
    /// What the islands wait for. Not for [`When::Interaction`]: they are not there to be touched.
    #[prop(default = When::default())]
    when: When,
    /// What is shown meanwhile.
    #[prop(into)]
    fallback: ViewFn,
    /// Islands, and whatever stands around them.
    children: Children,
) -> impl IntoView {
    debug_assert!(when != When::Interaction, "islands in `Only` are not there to be touched");
    let (strategy, with) = when.attributes();
    view! {
        <slot data-wake=strategy data-wake-with=with>
            <template data-wake-only="">{children()}</template>
            {fallback.run()}
        </slot>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_island_waits_in_a_template_and_the_fallback_is_seen() {
        let html = view! {
            <Only fallback=|| view! { <p>"fallback"</p> }>
                <p>"island"</p>
            </Only>
        }
        .to_html();
        let start = r#"<slot data-wake="idle" data-wake-with="2000"><template data-wake-only="#;
        assert!(html.starts_with(start), "{html}");
        let (template, shown) = html.split_once("</template>").unwrap();
        assert!(template.contains("<p>island</p>") && !template.contains("fallback"), "{html}");
        assert!(shown.contains("<p>fallback</p>") && shown.ends_with("</slot>"), "{html}");
    }
}
