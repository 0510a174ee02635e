//! How to call, how to sign in, and how calls are refused.

use crate::components::{CodeBlock, Prose, Section, Term, Terms};
use crate::rpc::{ERROR_KINDS, openrpc::reference};
use leptos::prelude::*;
use serde_json::Value;

/// One address for every call.
#[component]
pub(super) fn Calling(endpoint: String) -> impl IntoView {
    let call = r#"{"jsonrpc": "2.0", "id": 1, "method": "gallery.listPublic", "params": {"page": 1}}"#;
    view! {
        <Section title="Calling">
            <Prose text="Whatever this site does, a program can do too. A call is a `POST` with a JSON-RPC 2.0 object, or a list of up to 50, to one address."/>
            <CodeBlock text=format!("POST {endpoint}\nContent-Type: application/json\n\n{call}")/>
            <Prose text="Params are named. A call without `id` is a notification: it is carried out and not answered. Times are Unix seconds, sizes are bytes, widths and heights are pixels as shown. Lists go on where `nextCursor` is answered: give it back as `cursor`."/>
            <Prose text="`rpc.discover` answers what stands on this page as an OpenRPC document, for tools to read."/>
        </Section>
    }
}

/// Tokens and their scopes.
#[component]
pub(super) fn SigningIn() -> impl IntoView {
    let scopes = scopes().map(|(scope, means)| view! { <Term name=scope means=means>"scope"</Term> }).collect_view();
    view! {
        <Section title="Signing in">
            <Prose text="Send an API token with each call, as `Authorization: Bearer tuku_…`. `token.create` makes one for the scopes you name, with an end if you like, and shows it once."/>
            <Terms>{scopes}</Terms>
            <Prose text="A token never does more than its account may, and nothing that would change its own rights. The methods that do take a sign-in: the cookie that `user.login` sets."/>
            <Prose text="The examples read a token from `TUKU_TOKEN`, and the cookie, as `tuku=…`, from `TUKU_COOKIE`."/>
        </Section>
    }
}

/// Every scope and what it lets a token do, as its type says.
fn scopes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let scopes = reference().components.schemas.get("Scope").and_then(|scope| scope.get("oneOf")?.as_array());
    scopes.into_iter().flatten().filter_map(|scope| {
        let text = |key: &str| scope.get(key).and_then(Value::as_str);
        Some((text("const")?, text("description")?))
    })
}

/// The kinds of errors.
#[component]
pub(super) fn Errors() -> impl IntoView {
    let kinds = ERROR_KINDS.map(|kind| {
        let numbers = format!("{}, HTTP {}", minus(kind.number), kind.status);
        view! {
            <Term name=kind.code means=kind.meaning>
                {numbers}
            </Term>
        }
    });
    let others = [
        (-32700, 400, "Not JSON."),
        (-32600, 400, "Not a request object, or an empty or too long batch."),
        (-32601, 404, "There is no such method."),
    ];
    let others = others.map(|(number, status, means)| {
        view! {
            <Term name=minus(number) means=means>
                {format!("HTTP {status}")}
            </Term>
        }
    });
    view! {
        <Section title="Errors" id=Some("errors")>
            <Prose text="A refused call is answered with `error`: a number in `code`, a sentence in `message`, and in `data.code` a word that stays the same. Where params are wrong, `data.fields` lists each `field` with its `reason`."/>
            <Terms>
                {kinds.into_iter().collect_view()}
                {others.into_iter().collect_view()}
            </Terms>
            <Prose text="The HTTP status of `POST /api/rpc` tells what went wrong with a single call where it is 400, 401, 403, 404 for a method, 429 or 500. Otherwise, and for batches always, it is 200."/>
        </Section>
    }
}

/// A number as people write it.
fn minus(number: i32) -> String {
    number.to_string().replace('-', "−")
}
