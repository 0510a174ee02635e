//! Fields of every kind. What the island takes them to hold stands beside them.

use leptos::{ev::Event, html, prelude::*};

/// Fields whose first values are the island's own: as properties, which the server cannot send.
#[island]
pub fn Fields() -> impl IntoView {
    let plain = RwSignal::new(String::new());
    let name = RwSignal::new("from the island".to_owned());
    let untouched = RwSignal::new("from the island".to_owned());
    let note = RwSignal::new(String::new());
    let agreed = RwSignal::new(false);
    let presses = RwSignal::new(0);
    let colour = RwSignal::new("red".to_owned());
    let size = RwSignal::new("small".to_owned());
    let open = RwSignal::new(false);
    let file = RwSignal::new(String::new());
    let details = NodeRef::<html::Details>::new();
    let opened = move |_| open.set(details.get_untracked().is_some_and(|details| details.open()));
    let radio = move |value: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="colour"
                    value=value
                    prop:checked=move || colour.get() == value
                    on:change=move |event: Event| colour.set(event_target_value(&event))
                />
                {value}
            </label>
        }
    };
    view! {
        <form action="answer.html">
            <label>"Plain" <input name="plain" on:input=move |event: Event| plain.set(event_target_value(&event))/></label>
            <label>
                "Name"
                <input
                    name="name"
                    prop:value=move || name.get()
                    on:change=move |event: Event| name.set(event_target_value(&event))
                />
            </label>
            <label>"Untouched" <input name="untouched" prop:value=move || untouched.get()/></label>
            <label>
                "Note" <textarea name="note" on:input=move |event: Event| note.set(event_target_value(&event))></textarea>
            </label>
            <label>
                <input
                    type="checkbox"
                    name="agreed"
                    prop:checked=move || agreed.get()
                    on:click=move |_| presses.update(|presses| *presses += 1)
                    on:change=move |event: Event| agreed.set(event_target_checked(&event))
                />
                "Agreed"
            </label>
            {radio("red")}
            {radio("blue")}
            <label>
                "Size"
                <select
                    name="size"
                    prop:value=move || size.get()
                    on:change=move |event: Event| size.set(event_target_value(&event))
                >
                    <option value="small">"Small"</option>
                    <option value="large">"Large"</option>
                </select>
            </label>
            <label>
                "File"
                <input type="file" name="file" on:change=move |event: Event| file.set(event_target_value(&event))/>
            </label>
            <details prop:open=move || open.get() node_ref=details on:toggle=opened>
                <summary>"Further"</summary>
                "Further words."
            </details>
        </form>
        <dialog id="dialog">"Words in a dialog."</dialog>
        <ul>
            <li id="plain">{move || plain.get()}</li>
            <li id="name">{move || name.get()}</li>
            <li id="note">{move || note.get()}</li>
            <li id="agreed">{move || agreed.get().to_string()}</li>
            <li id="presses">{move || presses.get()}</li>
            <li id="colour">{move || colour.get()}</li>
            <li id="size">{move || size.get()}</li>
            <li id="file">{move || file.get()}</li>
            <li id="open">{move || open.get().to_string()}</li>
        </ul>
    }
}
