//! Forms that work without script: the server calls the method named in them.

use super::Notice;
use leptos::prelude::*;

/// The hidden fields that say which method a form calls and where to go when it worked.
#[component]
pub fn HiddenMethod(
    /// As `comment.add`.
    method: &'static str,
    /// A page of this site; without it, the same page again.
    #[prop(default = None)]
    next: Option<String>,
) -> impl IntoView {
    view! {
        <HiddenValue name="_method" value=method/>
        {next.map(|next| view! { <HiddenValue name="_next" value=next/> })}
    }
}

/// A value that a form sends along.
#[component]
pub fn HiddenValue(
    /// As the form sends it.
    name: &'static str,
    /// What is sent.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

/// A form in one column that calls a method.
#[component]
pub fn PlainForm(
    /// As `gallery.create`.
    method: &'static str,
    /// The page's own address.
    #[prop(into)]
    action: String,
    /// Where to go when it worked; without it, the same page again.
    #[prop(default = None)]
    next: Option<String>,
    /// Whether the page shows what the method answers, instead of sending the browser on: for what is told once.
    #[prop(optional)]
    shows: bool,
    /// What went wrong that is not about one field.
    #[prop(default = None)]
    problem: Option<String>,
    /// Its fields and button.
    children: Children,
) -> impl IntoView {
    view! {
        <form method="post" action=action class="grid justify-items-stretch gap-4">
            <HiddenMethod method=method next=next/>
            {shows.then(|| view! { <HiddenValue name="_show" value="true"/> })}
            <Notice says=problem/>
            {children()}
        </form>
    }
}
