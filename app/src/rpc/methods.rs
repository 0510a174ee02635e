//! The list of methods, by name, for whoever calls them other than through their own address.

use super::{
    access_key::*,
    administration::*,
    comment::*,
    discover::*,
    folder::*,
    gallery::*,
    image::*,
    invitation::*,
    method::{Cached, Method, method},
    search::*,
    settings::*,
    share::*,
    tag::*,
    token::*,
    user::*,
};
use domain::{Needs, Topic};
use model::{ImageId, Scope};
use serde_json::Value;
use std::sync::LazyLock;

static METHODS: LazyLock<Vec<Method>> = LazyLock::new(|| {
    vec![
        method::<AccessKeyCreate>(Needs::Session, r#"{"name": "rclone", "rights": ["read", "write"]}"#),
        method::<AccessKeyList>(Needs::Session, "{}"),
        method::<AccessKeyRevoke>(Needs::Session, r#"{"accessKey": "TK7M2X9CWQ4HB5ZT8R1N"}"#),
        method::<CommentAdd>(
            Needs::Scope(Scope::Social),
            r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn", "content": "The light on the water!"}"#,
        ),
        method::<CommentDelete>(Needs::Scope(Scope::Social), r#"{"commentId": "0m3qc5d7f9h1k3m5p7r9tv"}"#),
        method::<CommentEdit>(
            Needs::Scope(Scope::Social),
            r#"{"commentId": "0m3qc5d7f9h1k3m5p7r9tv", "content": "The light on the water, again!"}"#,
        ),
        method::<CommentList>(Needs::Scope(Scope::Read), r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn"}"#)
            .cached(Cached::for_visitors(first_comments)),
        method::<FolderCreate>(
            Needs::Session,
            r#"{"path": "ri/h", "owner": "ann", "galleries": "one", "isPublic": true}"#,
        ),
        method::<FolderDelete>(Needs::Session, r#"{"path": "ri/h/"}"#),
        method::<FolderList>(Needs::Session, "{}"),
        method::<FolderUpdate>(Needs::Session, r#"{"path": "ann/", "galleries": "each", "isPublic": false}"#),
        method::<GalleryAddImages>(
            Needs::Scope(Scope::Galleries),
            r#"{"galleryId": "0m3q8t1z6w4b2y8e5g7kpr", "imageIds": ["0m3q8v5c2k1a7x9d4f6hjn"]}"#,
        ),
        method::<GalleryCreate>(
            Needs::Scope(Scope::Galleries),
            r#"{"name": "Winter sea", "description": "January on the coast.", "isPublic": true}"#,
        ),
        method::<GalleryDelete>(Needs::Scope(Scope::Galleries), r#"{"galleryId": "0m3q8t1z6w4b2y8e5g7kpr"}"#),
        method::<GalleryGet>(Needs::Scope(Scope::Read), r#"{"slug": "winter-sea", "page": 1}"#),
        method::<GalleryListMine>(Needs::Scope(Scope::Read), "{}"),
        method::<GalleryListPublic>(Needs::Nothing, r#"{"page": 1, "limit": 10}"#)
            .cached(Cached::for_everyone(first_galleries)),
        method::<GalleryMoveImages>(
            Needs::Scope(Scope::Galleries),
            concat!(
                r#"{"fromGalleryId": "0m3q8t1z6w4b2y8e5g7kpr", "toGalleryId": "0m3q8w9x4y2z6a1c3e5gjk", "#,
                r#""imageIds": ["0m3q8v5c2k1a7x9d4f6hjn"]}"#
            ),
        ),
        method::<GalleryRemoveImages>(
            Needs::Scope(Scope::Galleries),
            r#"{"galleryId": "0m3q8t1z6w4b2y8e5g7kpr", "imageIds": ["0m3q8v5c2k1a7x9d4f6hjn"]}"#,
        ),
        method::<GalleryReorder>(
            Needs::Scope(Scope::Galleries),
            r#"{"galleryIds": ["0m3q8t1z6w4b2y8e5g7kpr", "0m3q8w9x4y2z6a1c3e5gjk"]}"#,
        ),
        method::<GallerySetCover>(
            Needs::Scope(Scope::Galleries),
            r#"{"galleryId": "0m3q8t1z6w4b2y8e5g7kpr", "imageId": "0m3q8v5c2k1a7x9d4f6hjn"}"#,
        ),
        method::<GallerySetOrder>(
            Needs::Scope(Scope::Galleries),
            r#"{"galleryId": "0m3q8t1z6w4b2y8e5g7kpr", "imageIds": ["0m3q8v5c2k1a7x9d4f6hjn"]}"#,
        ),
        method::<GalleryUpdate>(
            Needs::Scope(Scope::Galleries),
            r#"{"galleryId": "0m3q8t1z6w4b2y8e5g7kpr", "name": "Winter sea", "isPublic": false}"#,
        ),
        method::<ImageConfirmUpload>(Needs::Scope(Scope::Pictures), r#"{"assetId": "0m3q8v5c2k1a7x9d4f6hjn"}"#),
        method::<ImageDelete>(Needs::Scope(Scope::Pictures), r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn"}"#),
        method::<ImageDeleteMany>(Needs::Scope(Scope::Pictures), r#"{"imageIds": ["0m3q8v5c2k1a7x9d4f6hjn"]}"#),
        method::<ImageFavourite>(
            Needs::Scope(Scope::Social),
            r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn", "favourite": true}"#,
        ),
        method::<ImageGenerateUploadUrl>(
            Needs::Scope(Scope::Pictures),
            r#"{"filename": "winter-sea.jpg", "contentType": "image/jpeg", "size": 2481023}"#,
        ),
        method::<ImageGenerateViewUrl>(Needs::Scope(Scope::Read), r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn"}"#),
        method::<ImageGetMetadata>(Needs::Scope(Scope::Read), r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn"}"#)
            .cached(Cached::for_visitors(picture)),
        method::<ImageImport>(Needs::Scope(Scope::Pictures), r#"{"url": "https://example.com/sea.jpg"}"#),
        method::<ImageLike>(Needs::Scope(Scope::Social), r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn", "liked": true}"#),
        method::<ImageListFavourites>(Needs::Scope(Scope::Read), "{}"),
        method::<ImageListMine>(Needs::Scope(Scope::Read), r#"{"state": "completed"}"#),
        method::<ImageUpdate>(
            Needs::Scope(Scope::Pictures),
            r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn", "title": "Winter sea", "tags": ["sea", "winter"]}"#,
        ),
        method::<ImageUpdateMany>(
            Needs::Scope(Scope::Pictures),
            r#"{"imageIds": ["0m3q8v5c2k1a7x9d4f6hjn"], "addTags": ["winter"], "removeTags": ["draft"]}"#,
        ),
        method::<ImageVariantUrl>(
            Needs::Scope(Scope::Read),
            r#"{"imageId": "0m3q8v5c2k1a7x9d4f6hjn", "width": 1000, "height": 400, "fit": "cover"}"#,
        ),
        method::<InvitationCreate>(Needs::Session, r#"{"expiresIn": 604800}"#),
        method::<InvitationList>(Needs::Session, "{}"),
        method::<InvitationRevoke>(Needs::Session, r#"{"invitationId": "0m3q9c8n3v5b7w1s2d4fgh"}"#),
        method::<RpcDiscover>(Needs::Nothing, "{}"),
        method::<SearchPictures>(Needs::Scope(Scope::Read), r#"{"query": "winter sea"}"#),
        method::<SettingsGet>(Needs::Scope(Scope::Admin), "{}"),
        method::<SettingsUpdate>(
            Needs::Scope(Scope::Admin),
            r#"{"title": "Winter on the coast", "registration": "invitation", "quota": 5000000000}"#,
        ),
        method::<ShareCreate>(
            Needs::Scope(Scope::Galleries),
            r#"{"galleryId": "0m3q8t1z6w4b2y8e5g7kpr", "password": "correct horse", "expiresIn": 604800}"#,
        ),
        method::<ShareList>(Needs::Scope(Scope::Galleries), "{}"),
        method::<ShareRevoke>(Needs::Scope(Scope::Galleries), r#"{"shareId": "0m3q9a2x5z7y1b3c4d6efg"}"#),
        method::<ShareUnlock>(
            Needs::Nothing,
            r#"{"token": "4k8m2p6r0t3v7x1z5b9d4f8h2j6n0q3s7w1y5a9c", "password": "correct horse"}"#,
        ),
        method::<TagList>(Needs::Nothing, r#"{"limit": 20}"#).cached(Cached::for_everyone(|_| Some(vec![Topic::Tags]))),
        method::<TagPictures>(Needs::Scope(Scope::Read), r#"{"tag": "winter"}"#),
        method::<TokenCreate>(
            Needs::Session,
            r#"{"name": "Nightly backup", "scopes": ["read", "pictures"], "expiresIn": 31536000}"#,
        ),
        method::<TokenList>(Needs::Session, "{}"),
        method::<TokenRevoke>(Needs::Session, r#"{"tokenId": "0m3qa4r7t9v1x3z5b7d9fh"}"#),
        method::<UserChangePassword>(
            Needs::Session,
            r#"{"currentPassword": "correct horse battery", "newPassword": "staple correct horse"}"#,
        ),
        method::<UserDelete>(Needs::Session, r#"{"password": "correct horse battery"}"#),
        method::<UserEndOtherSessions>(Needs::Session, "{}"),
        method::<UserEndSession>(Needs::Session, r#"{"sessionId": "0m3qb6c8d0f2g4h6j8k0mn"}"#),
        method::<UserExport>(Needs::Session, "{}"),
        method::<UserList>(Needs::Scope(Scope::Admin), r#"{"query": "ann"}"#),
        method::<UserListSessions>(Needs::Session, "{}"),
        method::<UserLogin>(Needs::Nothing, r#"{"email": "ann@example.com", "password": "correct horse battery"}"#),
        method::<UserLogout>(Needs::Session, "{}"),
        method::<UserMe>(Needs::Scope(Scope::Read), "{}"),
        method::<UserRegister>(
            Needs::Nothing,
            r#"{"username": "ann", "email": "ann@example.com", "password": "correct horse battery"}"#,
        ),
        method::<UserSetQuota>(
            Needs::Scope(Scope::Admin),
            r#"{"userId": "0m3q7d9f2h4k6m8p1r3tvx", "quota": 10000000000}"#,
        ),
        method::<UserSetRole>(Needs::Session, r#"{"userId": "0m3q7d9f2h4k6m8p1r3tvx", "role": "admin"}"#),
        method::<UserSuspend>(Needs::Session, r#"{"userId": "0m3q7d9f2h4k6m8p1r3tvx", "suspended": true}"#),
        method::<UserUpdate>(Needs::Session, r#"{"username": "anna"}"#),
    ]
});

/// What an answer about the picture `imageId` shows: it, and whether everyone may see it.
fn picture(params: &Value) -> Option<Vec<Topic>> {
    let id = ImageId::parse(params.get("imageId")?.as_str()?)?;
    Some(vec![Topic::Picture(id), Topic::Visibility])
}

/// The last page of a list that is kept: by asking for ever further ones nobody fills the store.
const LAST_KEPT: u64 = 100;

/// What the first pages of the list of galleries show.
fn first_galleries(params: &Value) -> Option<Vec<Topic>> {
    let page = params.get("page").and_then(Value::as_u64).unwrap_or(1);
    (page <= LAST_KEPT).then(|| vec![Topic::Galleries])
}

/// What the first page of a picture's comments shows. A cursor may be made up, so that those after it are not kept.
fn first_comments(params: &Value) -> Option<Vec<Topic>> {
    let first = params.get("cursor").is_none_or(Value::is_null);
    if first { picture(params) } else { None }
}

/// Every method, by name. A test holds this list against the server functions there are.
pub fn methods() -> &'static [Method] {
    &METHODS
}

/// The method of this name.
pub fn find(name: &str) -> Option<&'static Method> {
    methods().iter().find(|method| method.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rpc::{PREFIX, openrpc::reference};

    #[test]
    fn every_server_function_is_a_post_method_of_the_list() {
        let mut there: Vec<_> = server_fn::axum::server_fn_paths()
            .map(|(path, verb)| {
                assert_eq!(verb, http::Method::POST, "{path}");
                path.strip_prefix(PREFIX).unwrap_or(path)
            })
            .collect();
        there.sort_unstable();
        assert_eq!(there, methods().iter().map(|method| method.name).collect::<Vec<_>>());
    }

    #[test]
    fn every_method_is_told_with_its_params_and_its_result() {
        for method in &reference().methods {
            let name = method.name;
            assert!(method.description.ends_with('.'), "{name}: its doc comment begins with “`{name}`: ”");
            for param in &method.params {
                assert!(!param.description.is_empty(), "{name}: say what {} is", param.name);
            }
            assert!(method.result.schema.as_object().is_some_and(|schema| !schema.is_empty()), "{name}: its result");
        }
    }

    #[test]
    fn every_example_fits_its_method() {
        for method in methods() {
            let name = method.name;
            let params = serde_json::from_str(method.example).unwrap_or_else(|error| panic!("{name}: {error}"));
            if let Err(error) = method.call(params) {
                panic!("{name}: {error}");
            }
        }
    }
}
