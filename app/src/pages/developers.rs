//! `/developers`: the reference of the methods, made of the methods themselves.

mod examples;
mod intro;
mod method;
mod types;

use super::head::PageTitle;
use crate::{
    components::{Contents, Frame, Heading, Section, Width},
    rpc::{
        Caller,
        openrpc::{MethodObject, endpoint, reference},
    },
};
use domain::Topic;
use intro::{Calling, Errors, SigningIn};
use leptos::prelude::*;
use method::MethodEntry;
use types::Types;

/// What it shows beside what stands on every page: nothing that changes. `None` for queries, which it does not read.
pub(super) fn shows(query: Option<&str>) -> Option<Vec<Topic>> {
    query.is_none().then(Vec::new)
}

/// How to call this site, and every method with examples to try.
#[component]
pub(super) fn DevelopersPage() -> impl IntoView {
    let endpoint = endpoint(&expect_context::<Caller>().origin);
    let resources = || reference().methods.chunk_by(|one, next| one.resource() == next.resource());
    let mut links: Vec<_> =
        resources().map(|methods| (format!("#{}", methods[0].resource()), title(&methods[0]).to_owned())).collect();
    links.push(("#types".into(), "Types".into()));
    let sections = resources()
        .map(|methods| {
            let entries = methods
                .iter()
                .map(|method| view! { <MethodEntry method=method endpoint=endpoint.clone()/> })
                .collect_view();
            view! {
                <Section title=title(&methods[0]) id=Some(methods[0].resource())>
                    {entries}
                </Section>
            }
        })
        .collect_view();
    view! {
        <PageTitle parts=vec!["Developers".to_owned()]/>
        <Frame width=Width::Text>
            <Heading text="For developers"/>
            <Contents links=links/>
            <Calling endpoint=endpoint/>
            <SigningIn/>
            <Errors/>
            {sections}
            <Types/>
        </Frame>
    }
}

/// What a method is about, as a title.
fn title(method: &MethodObject) -> &'static str {
    match method.resource() {
        "comment" => "Comments",
        "gallery" => "Galleries",
        "image" => "Pictures",
        "invitation" => "Invitations",
        "rpc" => "Discovery",
        "search" => "Search",
        "settings" => "Settings",
        "share" => "Share links",
        "tag" => "Tags",
        "token" => "API tokens",
        "user" => "Accounts",
        other => other,
    }
}
