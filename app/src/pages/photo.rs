//! `/photos/:id`: a picture, what may be done with it, and what is known and said of it.

mod edit;
mod facts;

use super::{
    form::{Form, FormAnswer},
    head::{EmbedLink, PageTitle, Preview},
    refusal::Refusal,
    request::{done, keep_nowhere, query},
};
use crate::{
    components::{Done, FittedPicture},
    islands::{Comments, Discussion, GalleryChoice, PhotoActionBar, PhotoActions, RefusedChange},
};
use domain::{Error, Library, Result, Topic, Viewer};
use edit::Edit;
use facts::Facts;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{AddedComment, Comment, CommentId, CommentPage, ImageId, Picture};

/// What it shows; `None` for addresses that no link has, and for later comments: where they begin may be made up.
pub(super) fn shows(id: &str, query: Option<&str>) -> Option<Vec<Topic>> {
    let id = ImageId::parse(id).filter(|_| query.is_none())?;
    Some(vec![Topic::Picture(id), Topic::Visibility])
}

/// A picture's page.
#[component]
pub(super) fn PhotoPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let from = query("comments");
    Suspend::new(async move {
        match read(&library, &viewer, &id, from.as_deref()).await {
            Ok(found) => view! { <Photo found=found later=from.is_some()/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

/// Everything the page shows.
struct Found {
    picture: Picture,
    comments: CommentPage,
    /// The galleries it may be hung in, id and name; `None` for whoever does not own it.
    galleries: Option<Vec<(String, String)>>,
}

async fn read(library: &Library, viewer: &Viewer, id: &str, from: Option<&str>) -> Result<Found> {
    let id = ImageId::parse(id).ok_or(Error::NotFound)?;
    let picture = library.picture(viewer, &id).await?;
    let comments = library.comments(viewer, &id, from).await?;
    let is_owner = viewer.member().is_some_and(|member| member.username == picture.owner);
    let galleries = match is_owner {
        true => {
            let cards = library.own_galleries(viewer).await?.into_iter();
            Some(cards.map(|card| (card.gallery.id.to_string(), card.gallery.name)).collect())
        }
        false => None,
    };
    Ok(Found { picture, comments, galleries })
}

/// The comment whose change or end was refused, when this page answers such a form.
fn refused_change() -> Option<RefusedChange> {
    let (edit, delete) = (Form::of("comment.edit"), Form::of("comment.delete"));
    let form = if edit.is_refused() { edit } else { delete };
    let problem = form.error("content").or_else(|| form.problem(&["content"]))?;
    let comment = CommentId::parse(&form.value("commentId", ""))?;
    Some(RefusedChange { comment, problem, typed: form.value("content", "") })
}

/// The comment that was written or changed just now, when this page answers that form.
fn written_comment() -> Option<Comment> {
    let added = FormAnswer::of::<AddedComment>("comment.add").map(|added| added.comment);
    added.or_else(|| FormAnswer::of("comment.edit"))
}

/// The galleries to choose from, as the form that was refused left them.
fn gallery_choice(galleries: Vec<(String, String)>) -> GalleryChoice {
    let form = Form::of("gallery.addImages");
    GalleryChoice { galleries, chosen: form.value("galleryId", ""), problem: form.problem(&[]) }
}

#[component]
fn Photo(found: Found, later: bool) -> impl IntoView {
    let Found { picture, mut comments, galleries } = found;
    if !picture.is_public {
        keep_nowhere();
    }
    let signed_in = expect_context::<Viewer>().member().is_some();
    let open = expect_context::<Library>().settings().comments;
    let form = Form::of("comment.add");
    let problem = form.error("content").or_else(|| form.problem(&["content"]));
    let typed = form.value("content", "");
    let written = written_comment();
    let written_id = written.as_ref().map(|comment| comment.id.clone());
    // It may stand on a later page than this.
    let elsewhere = written.filter(|written| comments.comments.iter().all(|comment| comment.id != written.id));
    comments.comments.extend(elsewhere);

    let thumb = picture.thumb.clone();
    let id = thumb.id.clone();
    let path = format!("/photos/{id}");
    let (shown, bar_path) = (picture.clone(), path.clone());
    let gallery = picture.gallery.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let preview = picture.is_public.then(|| {
        let (title, description) = (thumb.alt().to_owned(), picture.description.clone());
        view! {
            <Preview title=title description=description picture=Some(thumb.clone())/>
            <EmbedLink path=path.clone()/>
        }
        .into_any()
    });
    let total = picture.comments;
    let galleries = galleries.map(gallery_choice);
    let hung = done("gallery").then(|| view! { <Done says="It hangs in the gallery now."/> });
    let edit = picture.editable.then(|| view! { <Edit picture=picture.clone()/> }.into_any());
    let facts = view! { <Facts picture=picture/> }.into_any();
    view! {
        <PageTitle parts=vec![thumb.alt().to_owned(), gallery]/>
        {preview}
        <div class="bg-wall px-4 py-6 sm:py-10">
            <FittedPicture thumb=thumb/>
        </div>
        <div class="mx-auto grid w-full max-w-page gap-10 px-4 pt-4 sm:px-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <div class="grid content-start gap-10">
                <PhotoActionBar>
                    <PhotoActions picture=shown signed_in=signed_in galleries=galleries path=bar_path/>
                </PhotoActionBar>
                {hung}
                {facts}
                <div data-part="edit" class="empty:hidden">
                    {edit}
                </div>
            </div>
            <Comments>
                <Discussion
                    image_id=id
                    shown=comments
                    total=total
                    later=later
                    signed_in=signed_in
                    open=open
                    path=path
                    problem=problem
                    typed=typed
                    refused=refused_change()
                    written=written_id
                />
            </Comments>
        </div>
    }
}
