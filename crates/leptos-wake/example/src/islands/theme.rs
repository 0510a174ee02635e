//! What an island shares with the islands in it.

use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Theme(RwSignal<&'static str>);

/// Gives what stands in it a theme.
#[island]
pub fn Themed(
    /// What stands in it: other islands among it.
    children: Children,
) -> impl IntoView {
    let theme = RwSignal::new("light");
    provide_context(Theme(theme));
    view! {
        <section>
            <button type="button" id="darken" on:click=move |_| theme.set("dark")>
                "Darken"
            </button>
            {children()}
        </section>
    }
}

/// Says which theme it finds once it is alive.
#[island]
pub fn Sample(
    /// The id of its button.
    id: String,
) -> impl IntoView {
    let theme = use_context::<Theme>();
    let found = RwSignal::new("asleep");
    Effect::new(move |_| found.set(theme.map_or("no theme", |theme| theme.0.get())));
    view! {
        <p>
            <button type="button" id=id>
                {move || found.get()}
            </button>
        </p>
    }
}
