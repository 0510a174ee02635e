//! What leaves the page by itself, and stays once the island is alive.

use leptos::{
    ev::{Event, MouseEvent, SubmitEvent},
    prelude::*,
};

/// A form with a button.
#[island]
pub fn Greeting() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let greet = move |event: SubmitEvent| {
        event.prevent_default();
        said.update(|said| said.push_str(&format!("Hello {}. ", name.get_untracked())));
    };
    view! {
        <form action="answer.html" on:submit=greet>
            <label>
                "Name" <input name="name" on:input=move |event: Event| name.set(event_target_value(&event))/>
            </label>
            <button type="submit" name="by" value="button">
                "Greet"
            </button>
        </form>
        <output id="said">{move || said.get()}</output>
    }
}

/// A form that is sent by Enter alone.
#[island]
pub fn Search() -> impl IntoView {
    let words = NodeRef::<leptos::html::Input>::new();
    let sought = RwSignal::new(String::new());
    let seek = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = words.get_untracked().map(|field| field.value()).unwrap_or_default();
        sought.update(|sought| sought.push_str(&format!("Sought {typed}. ")));
    };
    view! {
        <form action="answer.html" role="search" on:submit=seek>
            <label>"Words" <input name="words" node_ref=words/></label>
        </form>
        <output id="sought">{move || sought.get()}</output>
    }
}

/// A link that adds here what else its address would show, and a plain one.
#[island]
pub fn Pager() -> impl IntoView {
    let pages = RwSignal::new(1);
    let more = move |event: MouseEvent| {
        event.prevent_default();
        pages.update(|pages| *pages += 1);
    };
    view! {
        <p>
            <a href="answer.html?page=2" data-wake-hold="" on:click=more>
                "More pages"
            </a>
            <a href="answer.html?away">"Away"</a>
            <output id="pages">{move || pages.get()}</output>
        </p>
    }
}
