//! Islands, in their states.

use crate::canned;
use app::{
    components::{Movable, PictureChoices, Section, SnippetList},
    islands::{
        Account, AccountMenu, Comments, CopyButtons, Discussion, GalleryChoice, GalleryOrder, PhotoActionBar,
        PhotoActions, RefusedChange, UploadForm, Uploader,
    },
};
use leptos::prelude::*;

/// The header of a visitor; the workbench's own is a member's. Its link opens the dialog.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <Section title="AccountMenu, signed out">
            <AccountMenu>
                <Account member=None admin=false open=true path="/".to_owned()/>
            </AccountMenu>
        </Section>
    }
}

#[component]
pub fn Actions() -> impl IntoView {
    let galleries = vec![("a".to_owned(), "Winter sea".to_owned()), ("b".to_owned(), "冬海".to_owned())];
    let refused = GalleryChoice {
        galleries: galleries.clone(),
        chosen: "b".to_owned(),
        problem: Some("This gallery is not there any more.".to_owned()),
    };
    let choice = GalleryChoice { galleries, ..GalleryChoice::default() };
    let (own, others, bare) = (canned::picture(0, true), canned::picture(1, true), canned::picture(2, false));
    let (again, none) = (canned::picture(3, true), canned::picture(4, true));
    view! {
        <Section title="PhotoActionBar of the owner">
            <PhotoActionBar>
                <PhotoActions picture=own signed_in=true galleries=Some(choice) path="/".to_owned()/>
            </PhotoActionBar>
        </Section>
        <Section title="PhotoActionBar of the owner, adding refused">
            <PhotoActionBar>
                <PhotoActions picture=again signed_in=true galleries=Some(refused) path="/".to_owned()/>
            </PhotoActionBar>
        </Section>
        <Section title="PhotoActionBar of the owner, without galleries">
            <PhotoActionBar>
                <PhotoActions
                    picture=none
                    signed_in=true
                    galleries=Some(GalleryChoice::default())
                    path="/".to_owned()
                />
            </PhotoActionBar>
        </Section>
        <Section title="PhotoActionBar of a member">
            <PhotoActionBar>
                <PhotoActions picture=others signed_in=true path="/".to_owned()/>
            </PhotoActionBar>
        </Section>
        <Section title="PhotoActionBar of a visitor, nothing to download">
            <PhotoActionBar>
                <PhotoActions picture=bare signed_in=false path="/".to_owned()/>
            </PhotoActionBar>
        </Section>
    }
}

#[component]
pub fn Discussions() -> impl IntoView {
    let shown = canned::comments();
    let refused = shown.comments.first().map(|comment| RefusedChange {
        comment: comment.id.clone(),
        problem: "Write something first.".to_owned(),
        typed: " ".to_owned(),
    });
    view! {
        <Comments>
            <Discussion
                image_id=canned::thumb(0).id
                shown=shown
                total=60
                signed_in=true
                open=true
                path="/".to_owned()
                problem=Some("A comment has at most 2,000 characters.".to_owned())
                typed="What was typed stays.".to_owned()
                refused=refused
            />
        </Comments>
    }
}

#[component]
pub fn Order() -> impl IntoView {
    let gallery = canned::gallery("Winter", 5).gallery;
    let movable = Movable { gallery: gallery.id, count: 65, earlier: vec![canned::thumb(9).id] };
    view! {
        <Section title="GalleryOrder">
            <GalleryOrder>
                <PictureChoices pictures=(0..5).map(canned::thumb).collect() movable=Some(movable)/>
            </GalleryOrder>
        </Section>
    }
}

#[component]
pub fn Copying() -> impl IntoView {
    let long = "<img src=\"https://photos.example.com/images/view/0m3q8v5c2k1a7x9d4f6hjn/width=960,v=1\" width=\"960\" height=\"640\" alt=\"Winter sea\">";
    let snippets =
        vec![("Short link", "https://photos.example.com/i/7k3m9qx2vd".to_owned()), ("HTML", long.to_owned())];
    view! {
        <Section title="CopyButtons">
            <CopyButtons>
                <SnippetList snippets=snippets/>
            </CopyButtons>
        </Section>
    }
}

#[component]
pub fn Uploads() -> impl IntoView {
    view! {
        <Section title="Uploader">
            <Uploader>
                <UploadForm
                    galleries=vec![(canned::gallery("Winter", 0).gallery.id, "Winter".to_owned())]
                    chosen=None
                    left=50_000_000
                    largest_file=20_000_000
                    problem=None
                />
            </Uploader>
        </Section>
    }
}
