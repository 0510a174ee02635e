//! What a reference is written with: words with code in them, examples, and terms with what they mean.

use leptos::prelude::*;

const CODE: &str = "rounded-picture bg-tint px-1 font-mono text-[0.9em]";

/// A paragraph; what stands between backticks is code.
#[component]
pub fn Prose(
    /// Its words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <p>
            <Worded text=text/>
        </p>
    }
}

/// Words; what stands between backticks is code.
#[component]
pub fn Worded(
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let piece = |(at, piece): (usize, &str)| {
        let piece = piece.to_owned();
        if at % 2 == 1 { view! { <code class=CODE>{piece}</code> }.into_any() } else { piece.into_any() }
    };
    text.split('`').enumerate().map(piece).collect_view()
}

/// Lines of code, as they are to be typed. Long ones scroll in their own box.
#[component]
pub fn CodeBlock(
    /// The lines.
    #[prop(into)]
    text: String,
    /// The language, where tests run it.
    #[prop(default = None)]
    example: Option<&'static str>,
    /// What it calls, as `image.like`.
    #[prop(default = None)]
    method: Option<&'static str>,
) -> impl IntoView {
    view! {
        <pre
            tabindex="0"
            data-example=example
            data-method=method
            class="min-w-0 overflow-x-auto rounded-control bg-tint px-4 py-3 font-mono text-sm"
        >
            <code>{text}</code>
        </pre>
    }
}

/// Something folded away under a few words.
#[component]
pub fn Fold(
    /// The words.
    #[prop(into)]
    title: String,
    /// Whether it is unfolded at first.
    #[prop(optional)]
    open: bool,
    /// What unfolds.
    children: Children,
) -> impl IntoView {
    view! {
        <details open=open class="min-w-0">
            <summary class="py-3 text-sm font-medium">{title}</summary>
            {children()}
        </details>
    }
}

/// A part of a section under a name of its own, that links lead to.
#[component]
pub fn Entry(
    /// Where links lead.
    #[prop(into)]
    id: String,
    /// The name.
    #[prop(into)]
    title: String,
    /// What stands under it.
    children: Children,
) -> impl IntoView {
    view! {
        <article id=id class="grid min-w-0 scroll-mt-6 grid-cols-1 gap-3 border-t border-hairline pt-6 pb-4">
            <h3 class="font-mono font-medium">{title}</h3>
            {children()}
        </article>
    }
}

/// The name of a few lines within an entry.
#[component]
pub fn Caption(
    /// The name.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <h4 class="text-sm font-medium text-muted">{text}</h4> }
}

/// Terms and what they mean.
#[component]
pub fn Terms(
    /// Each a [`Term`].
    children: Children,
) -> impl IntoView {
    view! { <dl class="grid grid-cols-1 gap-3">{children()}</dl> }
}

/// A term, what kind of thing it is, and what it means.
#[component]
pub fn Term(
    /// The term.
    #[prop(into)]
    name: String,
    /// What it means; what stands between backticks is code.
    #[prop(into)]
    means: String,
    /// What kind of thing it is.
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <dt class="flex flex-wrap items-baseline gap-x-3">
                <code class="font-mono font-medium">{name}</code>
                <span class="text-sm text-muted">{children()}</span>
            </dt>
            <dd>
                <Worded text=means/>
            </dd>
        </div>
    }
}

/// A link within a line of words.
#[component]
pub fn TextLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class="underline underline-offset-4">
            {children()}
        </a>
    }
}

/// Links to the parts of a page.
#[component]
pub fn Contents(
    /// Each: where it leads, and its words.
    links: Vec<(String, String)>,
) -> impl IntoView {
    let links = links
        .into_iter()
        .map(|(href, words)| {
            view! {
                <li>
                    <a href=href class="inline-flex min-h-11 items-center pr-4 underline-offset-4 hover:underline">
                        {words}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label="On this page">
            <ul role="list" class="flex flex-wrap">
                {links}
            </ul>
        </nav>
    }
}
