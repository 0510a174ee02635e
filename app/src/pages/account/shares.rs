//! Share links to own pictures and galleries.

use crate::{
    components::{
        Button, HiddenValue, Kind, Older, PlainForm, Remark, Row, Rows, Section, Time, Weighty, now, with_query,
    },
    pages::form::Form,
};
use leptos::prelude::*;
use model::{Share, Shares};

/// Every link, with the way to end it.
#[component]
pub(super) fn ShareList(
    /// The newest first.
    shares: Shares,
) -> impl IntoView {
    let Shares { shares, next_cursor } = shares;
    let older = next_cursor.map(|cursor| format!("{}#shares", with_query("/account", &[("shares", &cursor)])));
    let now = now();
    view! {
        <Section title="Share links" id=Some("shares")>
            {if shares.is_empty() {
                view! {
                    <Remark>"There are none. You make one where you edit a gallery or a picture."</Remark>
                }
                    .into_any()
            } else {
                let rows = shares.into_iter().map(|share| view! { <ShareRow share=share now=now/> }).collect_view();
                view! {
                    <Remark>"A link itself is not shown again. Revoking counts at once, for those who opened it too."</Remark>
                    <Rows>{rows}</Rows>
                    <Older href=older/>
                }
                    .into_any()
            }}
        </Section>
    }
}

#[component]
fn ShareRow(share: Share, now: i64) -> impl IntoView {
    let Share { id, image_id, gallery_id, name, has_password, created_at, expires_at } = share;
    let form = Form::of_one("share.revoke", "shareId", id.as_str());
    let (kind, href) = match (image_id, gallery_id) {
        (Some(image), _) => ("Picture", Some(format!("/photos/{image}"))),
        (None, gallery) => ("Gallery", gallery.map(|gallery| format!("/dashboard/galleries/{gallery}"))),
    };
    let name = if name.is_empty() { "Untitled picture".to_owned() } else { name };
    let mut facts = vec![kind.into_any(), view! { "Made " <Time at=created_at/> }.into_any()];
    if has_password {
        facts.push("With a password".into_any());
    }
    facts.push(match expires_at {
        Some(at) if at <= now => view! { <Weighty text="Expired"/> }.into_any(),
        Some(at) => view! { "Until " <Time at=at/> }.into_any(),
        None => "Until revoked".into_any(),
    });
    let label = format!("Revoke: {name}");
    view! {
        <Row name=name href=href facts=facts>
            <PlainForm method="share.revoke" action="/account#shares" problem=form.problem(&[])>
                <HiddenValue name="shareId" value=id.to_string()/>
                <Button kind=Kind::Danger attr:aria-label=label>
                    "Revoke"
                </Button>
            </PlainForm>
        </Row>
    }
}
