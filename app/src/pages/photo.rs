//! `/photos/:id`: a picture, what may be done with it, and what is known and said of it.

mod edit;
mod facts;

use super::{
    form::Form,
    head::{PageTitle, Preview},
    refusal::Refusal,
    request::{keep_nowhere, query},
};
use crate::{
    components::{ActionRow, DownloadLink, FavouriteForm, FittedPicture, Wake, When},
    islands::{Comments, PhotoActionBar, RefusedChange},
};
use domain::{Error, Library, Result, Topic, Viewer};
use edit::Edit;
use facts::Facts;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{CommentId, CommentPage, ImageId, Picture};

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
            Ok((picture, comments)) => {
                view! { <Photo picture=picture comments=comments later=from.is_some()/> }.into_any()
            }
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

async fn read(library: &Library, viewer: &Viewer, id: &str, from: Option<&str>) -> Result<(Picture, CommentPage)> {
    let id = ImageId::parse(id).ok_or(Error::NotFound)?;
    let picture = library.picture(viewer, &id).await?;
    let comments = library.comments(viewer, &id, from).await?;
    Ok((picture, comments))
}

/// The comment whose change or end was refused, when this page answers such a form.
fn refused_change() -> Option<RefusedChange> {
    let (edit, delete) = (Form::of("comment.edit"), Form::of("comment.delete"));
    let form = if edit.is_refused() { edit } else { delete };
    let problem = form.error("content").or_else(|| form.problem(&["content"]))?;
    let comment = CommentId::parse(&form.value("commentId", ""))?;
    Some(RefusedChange { comment, problem, typed: form.value("content", "") })
}

#[component]
fn Photo(picture: Picture, comments: CommentPage, later: bool) -> impl IntoView {
    if !picture.is_public {
        keep_nowhere();
    }
    let signed_in = expect_context::<Viewer>().member().is_some();
    let open = expect_context::<Library>().settings().comments;
    let form = Form::of("comment.add");
    let problem = form.error("content").or_else(|| form.problem(&["content"]));
    let typed = form.value("content", "");

    let thumb = picture.thumb.clone();
    let id = thumb.id.clone();
    let path = format!("/photos/{id}");
    let (bar_id, bar_path) = (id.clone(), path.clone());
    let gallery = picture.gallery.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let preview = picture.is_public.then(|| {
        let (title, description) = (thumb.alt().to_owned(), picture.description.clone());
        view! { <Preview title=title description=description picture=Some(thumb.clone())/> }
    });
    let (likes, liked, total) = (picture.likes, picture.liked, picture.comments);
    let favourite = signed_in.then(|| {
        view! { <FavouriteForm image_id=id.clone() favourite=picture.favourite path=path.clone()/> }
    });
    let download = picture.downloadable.then(|| view! { <DownloadLink image_id=id.clone()/> });
    let edit = picture.editable.then(|| view! { <Edit picture=picture.clone()/> });
    view! {
        <PageTitle parts=vec![thumb.alt().to_owned(), gallery]/>
        {preview}
        <div class="bg-wall px-4 py-6 sm:py-10">
            <FittedPicture thumb=thumb/>
        </div>
        // One for both: they share how many comments there are.
        <Wake when=When::Interaction>
            <div class="mx-auto grid w-full max-w-page gap-10 px-4 pt-4 sm:px-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
                <div class="grid content-start gap-10">
                    <ActionRow>
                        <PhotoActionBar
                            image_id=bar_id
                            likes=likes
                            liked=liked
                            comments=total
                            signed_in=signed_in
                            path=bar_path
                        />
                        {favourite}
                        {download}
                    </ActionRow>
                    <Facts picture=picture/>
                    {edit}
                </div>
                <Comments
                    image_id=id
                    initial=comments
                    total=total
                    later=later
                    signed_in=signed_in
                    open=open
                    path=path
                    problem=problem
                    typed=typed
                    refused=refused_change()
                />
            </div>
        </Wake>
    }
}
