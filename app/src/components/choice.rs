//! Fields to choose from.

use super::{ERROR, INPUT, LABEL};
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

/// Boxes to tick, any number of them; the value of each ticked one is sent.
#[component]
pub fn Checkboxes(
    /// Stands above the boxes and names them.
    #[prop(into)]
    label: String,
    /// As the form sends it, ending in `[]`.
    name: &'static str,
    /// What may be ticked: what is sent, and the words shown.
    options: Vec<(String, String)>,
    /// What is ticked at first, as it is sent.
    ticked: Vec<String>,
    /// What is wrong with the choice, in words.
    #[prop(default = None)]
    error: Option<String>,
) -> impl IntoView {
    let id = format!("field-{}", name.trim_end_matches("[]"));
    let error_id = format!("{id}-error");
    let described_by = error.is_some().then(|| error_id.clone());
    let boxes = options
        .into_iter()
        .map(|(value, words)| {
            let (id, checked) = (format!("{id}-{value}"), ticked.contains(&value));
            view! {
                <div class="flex min-h-11 items-center gap-3">
                    <input
                        id=id.clone()
                        type="checkbox"
                        name=name
                        value=value
                        checked=checked
                        class="size-5 shrink-0 accent-accent"
                    />
                    <label for=id>{words}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset aria-describedby=described_by>
            <legend class=LABEL>{label}</legend>
            {boxes}
            {error.map(|error| view! { <p id=error_id class=ERROR>{error}</p> })}
        </fieldset>
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
    /// Its id, where other forms of the page have a list of this name too.
    #[prop(default = None)]
    id: Option<String>,
    /// What may be chosen: what is sent, and the words shown.
    options: Vec<(String, String)>,
    /// What is chosen at first, as it is sent.
    #[prop(optional, into)]
    chosen: String,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
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
            <select id=id name=name class=INPUT>
                {options}
            </select>
        </div>
    }
}
