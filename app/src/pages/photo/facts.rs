//! Title, words, tags, and the few facts of a picture.

use crate::components::{Glyph, Heading, Icon, TagLinks, Time};
use leptos::prelude::*;
use model::{Camera, Picture};

/// What is known of a picture.
#[component]
pub(super) fn Facts(
    /// The picture.
    picture: Picture,
) -> impl IntoView {
    let Picture { thumb, description, upload_date, tags, owner, is_public, camera, gallery, .. } = picture;
    let size = format!("{} × {}", thumb.width, thumb.height);
    let links = format!("/photos/{}/links", thumb.id);
    let title = (!thumb.title.is_empty()).then(|| thumb.title.clone());
    view! {
        <div class="grid max-w-text gap-4">
            {match title {
                Some(title) => view! { <Heading text=title/> }.into_any(),
                None => view! { <h1 class="sr-only">"Untitled picture"</h1> }.into_any(),
            }}
            {(!description.is_empty()).then(|| view! { <p class="whitespace-pre-line">{description}</p> })}
            {(!tags.is_empty()).then(|| view! { <TagLinks tags=tags/> })}
            <dl class="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1 text-sm">
                <Fact name="By">{owner}</Fact>
                {gallery
                    .map(|(slug, name)| {
                        view! {
                            <Fact name="In">
                                <a href=format!("/gallery/{slug}") class="underline underline-offset-4">
                                    {name}
                                </a>
                            </Fact>
                        }
                    })}
                <Fact name="Added">
                    <Time at=upload_date/>
                </Fact>
                {taken_with(camera)
                    .into_iter()
                    .map(|(name, words)| view! { <Fact name=name>{words}</Fact> })
                    .collect_view()}
                <Fact name="Size">{size}</Fact>
                {(!is_public)
                    .then(|| {
                        view! {
                            <Fact name="Visibility">
                                <span class="inline-flex items-center gap-1">
                                    <Icon glyph=Glyph::Lock/>
                                    "Private"
                                </span>
                            </Fact>
                        }
                    })}
                <Fact name="Elsewhere">
                    <a href=links class="underline underline-offset-4">
                        "Links to paste"
                    </a>
                </Fact>
            </dl>
        </div>
    }
}

/// What the camera wrote, as facts with their names.
fn taken_with(camera: Camera) -> Vec<(&'static str, String)> {
    let Camera { model, lens, aperture, exposure, iso, focal_length, taken } = camera;
    let settings: Vec<_> = [focal_length, aperture, exposure, iso].into_iter().flatten().collect();
    let settings = (!settings.is_empty()).then(|| settings.join(", "));
    [("Taken", taken), ("Camera", model), ("Lens", lens), ("Settings", settings)]
        .into_iter()
        .filter_map(|(name, words)| Some((name, words?)))
        .collect()
}

#[component]
fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <dt class="text-muted">{name}</dt>
        <dd>{children()}</dd>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_stand_together_and_what_is_unknown_is_left_out() {
        let camera = Camera {
            model: Some("Box 1".into()),
            aperture: Some("f/2.8".into()),
            iso: Some("ISO 200".into()),
            ..Camera::default()
        };
        assert_eq!(taken_with(camera), [("Camera", "Box 1".to_owned()), ("Settings", "f/2.8, ISO 200".to_owned())]);
    }
}
