//! One method: what it does, needs, takes and answers, and how to call it.

use super::{examples::examples, types::TypeWords};
use crate::components::{Caption, CodeBlock, Entry, Fold, Prose, Term, Terms, Worded};
use crate::rpc::openrpc::{MethodObject, fields, words};
use leptos::prelude::*;

/// One method.
#[component]
pub(super) fn MethodEntry(
    /// The method.
    method: &'static MethodObject,
    /// Where it is called.
    endpoint: String,
) -> impl IntoView {
    let params = method
        .params
        .iter()
        .map(|param| {
            view! {
                <Term name=param.name.clone() means=param.description.clone()>
                    <TypeWords words=words(&param.schema)/>
                    {(!param.required).then_some(", may be left out")}
                </Term>
            }
        })
        .collect_view();
    let examples = examples(method, &endpoint).map(|example| {
        view! {
            <Fold title=example.title>
                <CodeBlock text=example.text example=Some(example.language) method=Some(method.name)/>
            </Fold>
        }
    });
    view! {
        <Entry id=method.name.replace('.', "-") title=method.name>
            <Prose text=method.description.clone()/>
            <Prose text=needs(method.needs)/>
            {(!params.is_empty())
                .then(|| {
                    view! {
                        <Caption text="Params"/>
                        <Terms>{params}</Terms>
                    }
                })}
            <Caption text="Result"/>
            <p>
                <TypeWords words=words(&method.result.schema)/>
                <Worded text=names(method)/>
            </p>
            <div>{examples.into_iter().collect_view()}</div>
        </Entry>
    }
}

/// What a caller needs, as a sentence.
fn needs(needs: &str) -> String {
    match needs {
        "nothing" => "Anyone may call it.".into(),
        "session" => "Needs a sign-in; API tokens are refused.".into(),
        scope => format!("An API token needs the scope `{scope}`."),
    }
}

/// The names of the result's fields, after its type.
fn names(method: &MethodObject) -> String {
    let names: Vec<_> = fields(&method.result.schema).iter().map(|field| format!("`{}`", field.name)).collect();
    if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) }
}
