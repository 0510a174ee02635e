//! Fields to choose from.

use super::{INPUT, LABEL};
use leptos::prelude::*;

/// A box to tick; sends `true`, or nothing when it is not ticked.
#[component]
pub fn Checkbox(
    /// Stands beside the box and names it.
    #[prop(into)]
    label: String,
    /// As the form sends it.
    #[prop(into)]
    name: String,
    /// Whether it is ticked.
    #[prop(optional)]
    checked: bool,
    /// What ticking it means.
    #[prop(default = None)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let hint_id = format!("{id}-hint");
    view! {
        <div>
            <div class="flex min-h-11 items-center gap-3">
                <input
                    id=id.clone()
                    type="checkbox"
                    name=name
                    value="true"
                    checked=checked
                    aria-describedby=hint.map(|_| hint_id.clone())
                    class="size-5 accent-accent"
                />
                <label for=id class="font-medium">
                    {label}
                </label>
            </div>
            {hint.map(|hint| view! { <p id=hint_id class="text-sm text-muted">{hint}</p> })}
        </div>
    }
}

/// A list to choose one from.
#[component]
pub fn Select(
    /// Stands above the list and names it.
    #[prop(into)]
    label: String,
    /// As the form sends it.
    #[prop(into)]
    name: String,
    /// What may be chosen: what is sent, and the words shown.
    options: Vec<(String, String)>,
    /// What is chosen at first, as it is sent.
    #[prop(optional, into)]
    chosen: String,
    /// Where an island finds the list.
    #[prop(optional)]
    node_ref: NodeRef<leptos::html::Select>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! {
                <option value=value selected=selected>
                    {words}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="grid gap-1">
            <label for=id.clone() class=LABEL>
                {label}
            </label>
            <select id=id name=name node_ref=node_ref class=INPUT>
                {options}
            </select>
        </div>
    }
}
