//! Finding, reading and changing what the server rendered.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlTemplateElement, MouseEvent};

/// What an island is made of: what the server rendered, and what is done with it once there is someone to answer.
///
/// `wake` is given the element around it. What stands inside may be replaced at any time, so that it listens on that
/// element and looks for the rest when it is needed.
pub(crate) fn alive(children: Children, wake: fn(Element)) -> impl IntoView {
    view! {
        <div class="contents" use:wake>
            {children()}
        </div>
    }
}

/// The page's own root.
pub(crate) fn whole() -> Option<Element> {
    document().document_element()
}

/// The first element inside that fits a selector.
pub(crate) fn find(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

/// All elements inside that fit a selector, in their order.
pub(crate) fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect()
}

/// The nearest element, from where an event began outwards, that fits a selector.
pub(crate) fn around(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.unchecked_into();
    target.closest(selector).ok().flatten()
}

/// What an attribute says; nothing if it is not there.
pub(crate) fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// The number that an attribute says; 0 if it says none.
pub(crate) fn number(element: &Element, name: &str) -> u64 {
    attribute(element, name).parse().unwrap_or_default()
}

/// Sets an attribute.
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    _ = element.set_attribute(name, value);
}

/// Takes an attribute away.
pub(crate) fn unset(element: &Element, name: &str) {
    _ = element.remove_attribute(name);
}

/// The words in an element.
pub(crate) fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}

/// Puts words into an element, in place of what is in it.
pub(crate) fn write(element: &Element, words: &str) {
    element.set_text_content(Some(words));
}

/// Puts words wherever inside an element `data-shows` names them.
pub(crate) fn fill(within: &Element, name: &str, words: &str) {
    for place in all(within, &format!("[data-shows=\"{name}\"]")) {
        write(&place, words);
    }
}

/// Shows or hides an element.
pub(crate) fn show(element: &Element, shown: bool) {
    element.unchecked_ref::<HtmlElement>().set_hidden(!shown);
}

/// Moves the focus to an element.
pub(crate) fn focus(element: &Element) {
    _ = element.unchecked_ref::<HtmlElement>().focus();
}

/// Moves the focus to an element that is not reached by the keyboard alone, such as a heading.
pub(crate) fn lead_to(element: &Element) {
    set(element, "tabindex", "-1");
    focus(element);
}

/// A copy of what a `<template>` holds.
pub(crate) fn copy(template: &Element) -> Option<Element> {
    let held = template.unchecked_ref::<HtmlTemplateElement>().content().first_element_child();
    // A template that was built by script has its children in itself.
    let copied = held.or_else(|| template.first_element_child())?.clone_node_with_deep(true);
    copied.ok().map(JsCast::unchecked_into)
}

/// Listens for good.
pub(crate) fn listen(target: &EventTarget, event: &str, heard: impl FnMut(Event) + 'static) {
    fn attach(target: &EventTarget, event: &str, heard: Box<dyn FnMut(Event)>) {
        let heard = Closure::<dyn FnMut(Event)>::wrap(heard);
        _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
        heard.forget();
    }
    attach(target, event, Box::new(heard));
}

/// Runs now, and again whenever a signal that was read has changed.
pub(crate) fn follow(run: impl Fn() + 'static) {
    fn effect(run: Box<dyn Fn()>) {
        Effect::new(move |_: Option<()>| run());
    }
    effect(Box::new(run));
}

/// Whether a click is a press like any other: not one that is to open a new tab or window.
pub(crate) fn is_plain(click: &Event) -> bool {
    let click = click.unchecked_ref::<MouseEvent>();
    click.button() == 0 && !click.ctrl_key() && !click.meta_key() && !click.shift_key() && !click.alt_key()
}
