//! Short lists of things, each with what may be done with it.

use leptos::prelude::*;

/// Things below each other, with hairlines between them.
#[component]
pub fn Rows(
    /// One [`Row`] each.
    children: Children,
) -> impl IntoView {
    view! {
        <ul role="list" class="grid grid-cols-1 border-t border-hairline">
            {children()}
        </ul>
    }
}

/// One thing: its name, and what is known of it in a line of small words.
#[component]
pub fn Row(
    /// What it is called.
    #[prop(into)]
    name: String,
    /// Where its name leads.
    #[prop(default = None)]
    href: Option<String>,
    /// What is known of it, a few words each.
    facts: Vec<AnyView>,
    /// Whether what may be done with it stands below it rather than beside it.
    #[prop(optional)]
    below: bool,
    /// What may be done with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = if below || children.is_none() {
        "grid grid-cols-1 border-b border-hairline py-3"
    } else {
        "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 border-b border-hairline py-3"
    };
    let name = match href {
        Some(href) => view! {
            <a href=href class="font-medium underline underline-offset-4">
                {name}
            </a>
        }
        .into_any(),
        None => view! { <p class="font-medium">{name}</p> }.into_any(),
    };
    let facts = facts.into_iter().map(|fact| view! { <span>{fact}</span> }).collect_view();
    view! {
        <li class=class>
            <div class="grid min-w-0 justify-items-start">
                {name}
                <p class="flex flex-wrap gap-x-3 text-sm text-muted">{facts}</p>
            </div>
            {children.map(|children| children())}
        </li>
    }
}

/// A fact that weighs more than others.
#[component]
pub fn Weighty(
    /// Its words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="text-bad">{text}</span> }
}
