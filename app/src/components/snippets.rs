//! Text to be pasted elsewhere.

use super::{Button, Kind, LABEL};
use leptos::prelude::*;

/// Texts, each under its name. What is pressed selects itself whole; a button copies it where scripts run.
#[component]
pub fn SnippetList(
    /// Each: its name, and the text.
    snippets: Vec<(&'static str, String)>,
) -> impl IntoView {
    let rows = snippets.into_iter().map(|(label, text)| view! { <Snippet label=label text=text/> }).collect_view();
    view! { <div class="grid grid-cols-1 gap-4">{rows}</div> }
}

#[component]
fn Snippet(label: &'static str, text: String) -> impl IntoView {
    view! {
        <div data-snippet="" class="grid grid-cols-1 gap-1">
            <h3 class=LABEL>{label}</h3>
            <div class="flex items-start gap-2">
                <pre
                    tabindex="0"
                    class="flex min-h-11 min-w-0 grow items-center overflow-x-auto rounded-control bg-tint px-3 py-2 font-mono text-sm select-all"
                >
                    <code>{text}</code>
                </pre>
                <CopyButton label=label/>
            </div>
        </div>
    }
}

/// Copies the text beside it where scripts run; see [`CopyButtons`](crate::islands::CopyButtons).
#[component]
pub(super) fn CopyButton(
    /// Names the text.
    label: &'static str,
) -> impl IntoView {
    view! {
        <div class="shrink-0 noscript:hidden">
            <Button kind=Kind::Quiet submits=false>
                "Copy"
                <span class="sr-only">" “"{label}"”"</span>
            </Button>
        </div>
    }
}
