//! The types that params and results are made of.

use crate::components::{Entry, Prose, Section, Term, Terms, TextLink};
use crate::rpc::openrpc::{Word, fields, reference, words};
use leptos::prelude::*;
use serde_json::Value;

/// Every type by name.
#[component]
pub(super) fn Types() -> impl IntoView {
    let types = reference().components.schemas.iter();
    let types = types.map(|(name, schema)| view! { <Type name=name.as_str() schema=schema/> }).collect_view();
    view! {
        <Section title="Types" id=Some("types")>
            {types}
        </Section>
    }
}

#[component]
fn Type(name: &'static str, schema: &'static Value) -> impl IntoView {
    let description = schema.get("description").and_then(Value::as_str);
    let fields = fields(schema);
    let whole = fields.is_empty().then(|| {
        view! {
            <p>
                <TypeWords words=words(schema)/>
            </p>
        }
    });
    let terms = fields
        .into_iter()
        .map(|field| {
            let said = words(&field.schema);
            view! {
                <Term name=field.name means=field.description>
                    <TypeWords words=said/>
                    {(!field.required).then_some(", may be absent")}
                </Term>
            }
        })
        .collect_view();
    view! {
        <Entry id=format!("type-{name}") title=name>
            {description.map(|text| view! { <Prose text=text/> })}
            {whole}
            {(!terms.is_empty()).then(|| view! { <Terms>{terms}</Terms> })}
        </Entry>
    }
}

/// A type in words, with links to the types in it.
#[component]
pub(super) fn TypeWords(
    /// The words.
    words: Vec<Word>,
) -> impl IntoView {
    let pieces = words.into_iter().map(|word| match word {
        Word::Plain(text) => text.into_any(),
        Word::Type(name) => view! { <TextLink href=format!("#type-{name}")>{name}</TextLink> }.into_any(),
    });
    pieces.collect_view()
}
