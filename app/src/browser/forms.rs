//! Plain forms, sent without leaving the page.
//!
//! A form names its method in the hidden field `_method`, and sends the same to it by either way. Beside its fields
//! stand places for what is wrong with them (`Problem`, in the components): `data-problem` names the field, and is
//! empty for what is about no field.

use super::{
    markup::{all, attribute, find, focus, set, unset, write},
    requests::Refusal,
};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, Event, FormData, HtmlFormElement, UrlSearchParams};

/// The form that is being sent.
pub(crate) fn sent(event: &Event) -> Option<HtmlFormElement> {
    event.target().map(JsCast::unchecked_into)
}

/// The method a form calls.
pub(crate) fn method(form: &Element) -> String {
    find(form, "[name=_method]").map(|field| attribute(&field, "value")).unwrap_or_default()
}

/// What a form sends.
pub(crate) fn fields(form: &HtmlFormElement) -> UrlSearchParams {
    let fields = FormData::new_with_form(form).unwrap_throw();
    UrlSearchParams::new_with_str_sequence_sequence(&fields).unwrap_throw()
}

/// Marks a form as under way; no if it is already.
pub(crate) fn begin(form: &Element) -> bool {
    let begun = !form.has_attribute("aria-busy");
    set(form, "aria-busy", "true");
    begun
}

/// Marks a form as ready to be sent again, and takes away what was wrong with it.
pub(crate) fn end(form: &Element) {
    unset(form, "aria-busy");
    for place in all(form, "[data-problem]") {
        write(&place, "");
    }
    for field in all(form, "[aria-invalid]") {
        unset(&field, "aria-invalid");
    }
}

/// Says beside its fields why a form was refused, and leads to the first that needs mending.
pub(crate) fn refuse(form: &Element, refusal: &Refusal) {
    let mut first = None;
    let mut others = Vec::new();
    for (name, reason) in &refusal.fields {
        let place = find(form, &format!("[data-problem=\"{name}\"]"));
        match (place, find(form, &format!("[name=\"{name}\"]"))) {
            (Some(place), Some(field)) => {
                write(&place, reason);
                set(&field, "aria-invalid", "true");
                first.get_or_insert(field);
            }
            _ => others.push(reason.as_str()),
        }
    }
    let beyond = if refusal.fields.is_empty() { refusal.message.clone() } else { others.join(" ") };
    if let Some(place) = find(form, "[data-problem=\"\"]") {
        write(&place, &beyond);
    }
    if let Some(field) = first {
        focus(&field);
    }
}

/// Says why a form was refused, of whose fields one alone is typed in.
pub(crate) fn refuse_typed(form: &Element, message: &str) {
    if let Some(place) = find(form, "[data-problem]") {
        write(&place, message);
    }
    if let Some(field) = find(form, "textarea") {
        set(&field, "aria-invalid", "true");
        focus(&field);
    }
}

/// Whether the focus got lost because what had it is gone.
pub(crate) fn has_lost_focus() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}
