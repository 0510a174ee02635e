//! The tag that starts it all.

use leptos::prelude::*;

/// The loader's script tag, for the `<head>`, in place of `HydrationScripts`. It is a file and never inline, so that a
/// content security policy needs no more than `script-src 'self' 'wasm-unsafe-eval'`.
#[component]
pub fn WakeScript(
    /// Where [`LOADER`](crate::LOADER) is served: best under [`LOADER_NAME`](crate::LOADER_NAME).
    #[prop(into)]
    src: String,
    /// Where the JavaScript is served that wasm-bindgen made for the islands.
    #[prop(into)]
    js: String,
    /// Where the islands' WebAssembly is served.
    #[prop(into)]
    wasm: String,
    /// For a policy that asks for one. A page that is kept for many has none.
    #[prop(optional, into)]
    nonce: Option<String>,
) -> impl IntoView {
    // Only islands are hydrated: nothing outside of them needs data in the page.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    // Islands can wait to be woken, what is seen first cannot.
    view! { <script type="module" src=src fetchpriority="low" data-js=js data-wasm=wasm nonce=nonce></script> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_file_and_names_two() {
        let html = view! { <WakeScript src="/wake.js" js="/pkg/site.js" wasm="/pkg/site.wasm"/> }.to_html();
        let tag = r#"<script type="module" src="/wake.js" fetchpriority="low" data-js="/pkg/site.js" data-wasm="/pkg/site.wasm"></script>"#;
        assert_eq!(html, tag);
    }
}
