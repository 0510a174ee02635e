//! The pages, each a file. None holds a style or a script of its own.

use crate::islands::{Counter, Fields, Greeting, Pager, Sample, Search, Themed};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_wake::{LOADER_NAME, Only, Wake, WakeScript, When};
use std::{sync::Arc, time::Duration};

/// The name of a page's file without `.html`, and its content.
type Page = (&'static str, fn() -> AnyView);

/// Every page.
pub const PAGES: [Page; 14] = [
    ("load", load),
    ("idle", idle),
    ("default", default),
    ("visible", visible),
    ("media", media),
    ("only", only),
    ("interaction", interaction),
    ("several", several),
    ("fields", fields),
    ("fields-by-touch", fields_by_touch),
    ("nested", nested),
    ("nested-load", nested_load),
    ("missing", missing),
    ("answer", answer),
];

/// A whole page.
pub fn html(title: &'static str, content: fn() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| {
        view! {
            <!DOCTYPE html>
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>{title}</title>
                    <link rel="stylesheet" href="example.css"/>
                    <WakeScript src=LOADER_NAME js="./pkg/example.js" wasm="./pkg/example_bg.wasm"/>
                </head>
                <body>{content()}</body>
            </html>
        }
        .to_html()
    })
}

fn counter(id: &str) -> impl IntoView + use<> {
    view! { <Counter id=id.to_owned()/> }
}

fn load() -> AnyView {
    view! { <Wake when=When::Load>{counter("count")}</Wake> }.into_any()
}

fn idle() -> AnyView {
    let timeout = Duration::from_millis(500);
    view! { <Wake when=When::Idle { timeout }>{counter("count")}</Wake> }.into_any()
}

/// No `Wake` at all.
fn default() -> AnyView {
    counter("count").into_any()
}

fn visible() -> AnyView {
    view! {
        <div class="tall"></div>
        <Wake when=When::Visible { margin: 100 }>{counter("count")}</Wake>
    }
    .into_any()
}

fn media() -> AnyView {
    view! { <Wake when=When::media("(min-width: 60rem)")>{counter("count")}</Wake> }.into_any()
}

fn only() -> AnyView {
    view! {
        <Only fallback=|| {
            view! { <p id="fallback">"Needs a script."</p> }
        }>
            {counter("count")} <Wake when=When::Interaction>{counter("inner")}</Wake>
        </Only>
    }
    .into_any()
}

fn interaction() -> AnyView {
    view! {
        <Wake when=When::Interaction>
            <Counter id="count".to_owned()/>
            <Greeting/>
            <Search/>
            <Pager/>
        </Wake>
    }
    .into_any()
}

/// Places that wake one by one, with a button between them that belongs to no island.
fn several() -> AnyView {
    view! {
        <Wake when=When::Interaction>
            {counter("one")} <button type="button" id="plain">
                "Plain"
            </button> {counter("two")}
        </Wake>
        <Wake when=When::Interaction>{counter("three")}</Wake>
    }
    .into_any()
}

fn fields() -> AnyView {
    view! {
        <Wake when=When::Load>
            <Fields/>
        </Wake>
    }
    .into_any()
}

fn fields_by_touch() -> AnyView {
    view! {
        <Wake when=When::Interaction>
            <Fields/>
        </Wake>
    }
    .into_any()
}

/// An island in an island, each by a touch of its own, and one beside them that may find no theme.
fn nested() -> AnyView {
    view! {
        <Wake when=When::Interaction>
            <Themed>
                <p>"Served as it is."</p>
                <Wake when=When::Interaction>
                    <Sample id="inner".to_owned()/>
                </Wake>
                <Sample id="along".to_owned()/>
            </Themed>
        </Wake>
        <Wake when=When::Interaction>
            <Sample id="stranger".to_owned()/>
        </Wake>
    }
    .into_any()
}

/// An island that wakes sooner than the one around it.
fn nested_load() -> AnyView {
    view! {
        <Wake when=When::Interaction>
            <Themed>
                <Wake when=When::Load>
                    <Sample id="inner".to_owned()/>
                </Wake>
            </Themed>
        </Wake>
    }
    .into_any()
}

/// An island that the module knows nothing of, before one that it knows.
fn missing() -> AnyView {
    view! {
        <Wake when=When::Load>
            <leptos-island data-component="Gone_0000000000000000">
                <form action="answer.html">
                    <button type="submit">"Send"</button>
                </form>
            </leptos-island>
            {counter("count")}
        </Wake>
    }
    .into_any()
}

/// Where forms and links lead.
fn answer() -> AnyView {
    view! { <h1>"Answer"</h1> }.into_any()
}
