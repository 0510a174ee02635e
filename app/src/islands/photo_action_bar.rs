//! What one may do with a picture: like it, hand it on, see what is said of it.

#[cfg_attr(not(target_arch = "wasm32"), path = "photo_action_bar/share_asleep.rs")]
mod share;

use crate::{
    components::{ACTION, ACTION_NAME, Glyph, HiddenMethod, HiddenValue, Icon, counted, short, sign_in_path},
    rpc::image_like,
    store::comment_count,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use model::{ImageId, Likes};

/// The actions under a picture that come alive. They stand in an [`ActionRow`](crate::components::ActionRow); what is
/// said of them stands below the whole row.
#[island]
pub fn PhotoActionBar(
    /// The picture.
    image_id: ImageId,
    /// How many like it.
    likes: u64,
    /// Whether the one who looks is among them.
    liked: bool,
    /// How many comments it has.
    comments: u64,
    /// Whether someone is signed in.
    signed_in: bool,
    /// The page's own address.
    path: String,
) -> impl IntoView {
    let state = RwSignal::new(Likes { liked, likes });
    let said = RwSignal::new(None::<String>);
    let comment_total = RwSignal::new(comments);
    let shared = comment_count(&image_id, comments);
    Effect::new(move |_| comment_total.set(shared.get()));

    let share = move |_| {
        spawn_local(async move {
            if let Some(sentence) = share::share_page().await {
                said.set(Some(sentence.to_owned()));
            }
        });
    };
    // There is nothing to press where scripts do not run.
    let sharing = format!("{ACTION} noscript:invisible");

    view! {
        <div class="contents">
            <LikeButton image_id=image_id state=state said=said signed_in=signed_in path=path/>
            <a href="#comments" class=ACTION>
                <Icon glyph=Glyph::Comment/>
                <span aria-hidden="true">{move || short(comment_total.get())}</span>
                <span class="sr-only">{move || counted(comment_total.get(), "comment")}</span>
            </a>
            <button type="button" class=sharing on:click=share>
                <Icon glyph=Glyph::Share/>
                <span class=ACTION_NAME>"Share"</span>
            </button>
            <p role="status" class="order-last w-full px-3 text-sm text-muted">
                {move || said.get()}
            </p>
        </div>
    }
}

/// The heart: a form of its own, or the way to sign in. The number changes at once and goes back if the server
/// says no.
#[component]
fn LikeButton(
    image_id: ImageId,
    state: RwSignal<Likes>,
    said: RwSignal<Option<String>>,
    signed_in: bool,
    path: String,
) -> impl IntoView {
    let busy = StoredValue::new(false);
    let value = image_id.to_string();
    let toggle = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let before = state.get_untracked();
        state.set(turned(before));
        let image_id = image_id.clone();
        spawn_local(async move {
            match image_like(image_id, !before.liked).await {
                Ok(now) => {
                    state.set(now);
                    said.set(None);
                }
                Err(error) => {
                    state.set(before);
                    said.set(Some(error.message));
                }
            }
            busy.set_value(false);
        });
    };
    let count = move || {
        view! {
            <span aria-hidden="true" data-testid="likes" class="pr-3">
                {move || short(state.get().likes)}
            </span>
            <span class="sr-only">{move || counted(state.get().likes, "like")}</span>
        }
    };
    let pressed = move || if state.get().liked { "true" } else { "false" };
    let opposite = move || if state.get().liked { "false" } else { "true" };

    if signed_in {
        view! {
            <form method="post" action=path on:submit=toggle class="flex items-center">
                <HiddenMethod method="image.like"/>
                <HiddenValue name="imageId" value=value/>
                <input type="hidden" name="liked" value=opposite/>
                <button type="submit" aria-label="Like" aria-pressed=pressed class=ACTION>
                    <Icon glyph=Glyph::Heart/>
                </button>
                {count()}
            </form>
        }
        .into_any()
    } else {
        view! {
            <div class="flex items-center">
                <a href=sign_in_path(&path) aria-label="Sign in to like" class=ACTION>
                    <Icon glyph=Glyph::Heart/>
                </a>
                {count()}
            </div>
        }
        .into_any()
    }
}

/// The state after pressing the heart, as far as can be known here.
fn turned(before: Likes) -> Likes {
    let likes = if before.liked { before.likes.saturating_sub(1) } else { before.likes + 1 };
    Likes { liked: !before.liked, likes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressing_twice_leaves_things_as_they_were() {
        let before = Likes { liked: false, likes: 4 };
        assert_eq!(turned(before), Likes { liked: true, likes: 5 });
        assert_eq!(turned(turned(before)), before);
    }
}
