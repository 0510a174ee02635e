//! The table of methods.
//!
//! A row is a method, with what of it is meant after a colon. Four letters of a word are what the caller is answered
//! about a thing that is public, private, shared by link, and missing; two about one that is private, and missing; one
//! where it is about no thing.
//!
//! - `o`: it works; where it is a list, the thing is in it.
//! - `-`: it works, and the thing is not in it.
//! - `u`, `f`, `n`, `i`: `unauthenticated`, `forbidden`, `not_found`, `invalid`. Lists of ids that are not all the
//!   caller’s to change are `invalid`, whichever of them is not there.

use super::{
    callers::Caller,
    making::Part,
    things::{Kind, Thing},
    world::{Answer, Credentials, PASSWORD, World},
};
use domain::Needs;
use model::Scope;
use reqwest::header;
use serde_json::{Value, json};

pub const METHODS: &str = "
                         anyone member owner admin without with suspended left holder friend
accessKey.create         u      o      o     o     f       f    u         u    u      o
accessKey.list           uu     --     o-    --    ff      ff   uu        uu   uu     --
accessKey.revoke         uu     nn     on    nn    ff      ff   uu        uu   uu     nn
comment.add              uuuu   onnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   onon
comment.delete           uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
comment.edit             uuuu   fnnn   ooon  fffn  ffff    ooon uuuu      uuuu uuuu   fnfn
comment.list             onnn   onnn   ooon  ooon  ffff    ooon onnn      onnn onon   onon
folder.create            u      f      f     o     f       f    u         u    u      f
folder.delete            uu     ff     ff    on    ff      ff   uu        uu   uu     ff
folder.list              uu     --     o-    o-    ff      ff   uu        uu   uu     --
folder.update            uu     nn     on    on    ff      ff   uu        uu   uu     nn
gallery.addImages        uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
gallery.addImages:taken  uuuu   iiii   oooi  iiii  ffff    oooi uuuu      uuuu uuuu   iiii
gallery.create           u      o      o     o     f       o    u         u    u      o
gallery.delete           uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
gallery.get              onnn   onnn   ooon  ooon  ffff    ooon onnn      onnn onon   onon
gallery.get:id           onnn   onnn   ooon  ooon  ffff    ooon onnn      onnn onon   onon
gallery.listMine         uuuu   ----   ooo-  ----  ffff    ooo- uuuu      uuuu uuuu   ----
gallery.listPublic       o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
gallery.moveImages:from  uuuu   fnnn   ooon  iiin  ffff    ooon uuuu      uuuu uuuu   fnfn
gallery.moveImages:to    uuuu   fnnn   iiin  iiin  ffff    iiin uuuu      uuuu uuuu   fnfn
gallery.removeImages     uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
gallery.reorder          uuuu   iiii   oooi  iiii  ffff    oooi uuuu      uuuu uuuu   iiii
gallery.setCover         uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
gallery.setOrder         uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
gallery.update           uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
image.confirmUpload      uuuu   nnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   nnnn
image.delete             uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
image.deleteMany         uuuu   iiii   oooi  oooi  ffff    oooi uuuu      uuuu uuuu   iiii
image.favourite          uuuu   onnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   onon
image.generateUploadUrl  u      o      o     o     f       o    u         u    u      o
image.generateViewUrl    uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
image.getMetadata        onnn   onnn   ooon  ooon  ffff    ooon onnn      onnn onon   onon
image.import             u      i      i     i     f       i    u         u    u      i
image.like               uuuu   onnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   onon
image.listFavourites     uuuu   o---   ooo-  ooo-  ffff    ooo- uuuu      uuuu uuuu   o-o-
image.listMine           uuuu   ----   ooo-  ----  ffff    ooo- uuuu      uuuu uuuu   ----
image.update             uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
image.updateMany         uuuu   iiii   oooi  oooi  ffff    oooi uuuu      uuuu uuuu   iiii
image.variantUrl         uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
invitation.create        u      f      f     o     f       f    u         u    u      f
invitation.list          uu     ff     ff    o-    ff      ff   uu        uu   uu     ff
invitation.revoke        uu     ff     ff    on    ff      ff   uu        uu   uu     ff
rpc.discover             o      o      o     o     o       o    o         o    o      o
search.pictures          o---   o---   ooo-  ooo-  ffff    ooo- o---      o--- o---   o---
settings.get             u      f      f     o     f       o    u         u    u      f
settings.update          u      f      f     o     f       o    u         u    u      f
share.create             uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
share.create:gallery     uuuu   fnnn   ooon  ooon  ffff    ooon uuuu      uuuu uuuu   fnfn
share.list               uu     --     o-    --    ff      o-   uu        uu   uu     --
share.revoke             uu     nn     on    on    ff      on   uu        uu   uu     nn
share.unlock             on     on     on    on    on      on   on        on   on     on
tag.list                 o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
tag.pictures             o---   o---   ooo-  ooo-  ffff    ooo- o---      o--- o---   o---
token.create             u      o      o     o     f       f    u         u    u      o
token.list               uu     --     o-    --    ff      ff   uu        uu   uu     --
token.revoke             uu     nn     on    nn    ff      ff   uu        uu   uu     nn
user.changePassword      u      o      o     o     f       f    u         u    u      o
user.delete:guess        u      i      i     i     f       f    u         u    u      i
user.endOtherSessions    u      o      o     o     f       f    u         u    u      o
user.endSession          uu     nn     on    nn    ff      ff   uu        uu   uu     nn
user.export              uuuu   o---   ooo-  ooo-  ffff    ffff uuuu      uuuu uuuu   o-o-
user.list                uu     ff     ff    o-    ff      o-   uu        uu   uu     ff
user.listSessions        uu     --     o-    --    ff      ff   uu        uu   uu     --
user.login               o      o      o     o     o       o    u         o    o      o
user.logout              o      o      o     o     f       f    o         o    o      o
user.me                  u      o      o     o     f       o    u         u    u      o
user.register            o      o      o     o     o       o    o         o    o      o
user.setQuota            uu     ff     ff    on    ff      on   uu        uu   uu     ff
user.setRole             uu     ff     ff    on    ff      ff   uu        uu   uu     ff
user.suspend             uu     ff     ff    on    ff      ff   uu        uu   uu     ff
user.update              u      o      o     o     f       f    u         u    u      o
";

/// The method of a row.
pub fn method(row: &'static str) -> &'static str {
    row.split(':').next().unwrap_or(row)
}

/// What is asked. Nothing is changed where it would show in another row.
pub fn params(row: &str, kind: Kind, caller: Caller, world: &World) -> Value {
    let Thing { word, picture, gallery, comment, share, link, session, token, .. } = world.thing(kind);
    let Thing { access_key, folder, invitation, user, .. } = world.thing(kind);
    let account = world.account(caller);
    match row {
        "accessKey.create" => json!({"name": "Another", "rights": ["read"]}),
        "accessKey.revoke" => json!({"accessKey": access_key}),
        "comment.add" => json!({"imageId": picture, "content": "So cold!"}),
        "comment.delete" => json!({"commentId": comment}),
        "comment.edit" => json!({"commentId": comment, "content": "The light, again!"}),
        "comment.list" | "image.delete" | "image.generateViewUrl" | "image.getMetadata" | "share.create" => {
            json!({"imageId": picture})
        }
        "folder.create" => json!({"path": format!("folder{}", world.asked()), "owner": account.name}),
        "folder.delete" | "folder.update" => json!({"path": folder}),
        "gallery.addImages" | "gallery.removeImages" | "gallery.setOrder" => {
            json!({"galleryId": gallery, "imageIds": [picture]})
        }
        "gallery.addImages:taken" => json!({"galleryId": account.gallery, "imageIds": [picture]}),
        "gallery.create" => json!({"name": "Another"}),
        "gallery.delete" | "gallery.get:id" | "share.create:gallery" => json!({"galleryId": gallery}),
        "gallery.get" => json!({"slug": word}),
        "gallery.moveImages:from" => {
            json!({"fromGalleryId": gallery, "toGalleryId": account.gallery, "imageIds": [picture]})
        }
        "gallery.moveImages:to" => {
            let nothing = &world.thing(Kind::Missing).picture;
            json!({"fromGalleryId": account.gallery, "toGalleryId": gallery, "imageIds": [nothing]})
        }
        "gallery.reorder" => json!({"galleryIds": [gallery]}),
        "gallery.setCover" => json!({"galleryId": gallery, "imageId": picture}),
        "gallery.update" => json!({"galleryId": gallery, "name": word, "isPublic": kind == Kind::Public}),
        "image.confirmUpload" => json!({"assetId": picture}),
        "image.deleteMany" => json!({"imageIds": [picture]}),
        "image.favourite" => json!({"imageId": picture, "favourite": true}),
        "image.generateUploadUrl" => json!({"filename": "a.jpg", "contentType": "image/jpeg", "size": 1_000}),
        "image.import" => json!({"url": "http://127.0.0.1/a.jpg"}),
        "image.like" => json!({"imageId": picture, "liked": true}),
        "image.update" => json!({"imageId": picture, "title": word}),
        "image.variantUrl" => json!({"imageId": picture, "width": 321, "height": 200}),
        "image.updateMany" => json!({"imageIds": [picture], "addTags": [word]}),
        "invitation.revoke" => json!({"invitationId": invitation}),
        "search.pictures" => json!({"query": word}),
        "settings.update" => json!({"comments": true}),
        "share.revoke" => json!({"shareId": share}),
        "share.unlock" => json!({"token": link}),
        "tag.pictures" => json!({"tag": word}),
        "token.create" => json!({"name": "Another", "scopes": ["read"]}),
        "token.revoke" => json!({"tokenId": token}),
        "user.changePassword" => json!({"currentPassword": PASSWORD, "newPassword": PASSWORD}),
        "user.delete:guess" => json!({"password": "a guess"}),
        "user.endSession" => json!({"sessionId": session}),
        "user.login" => {
            let name = if caller == Caller::Suspended { "sue" } else { account.name };
            json!({"email": format!("{name}@example.com"), "password": PASSWORD})
        }
        "user.register" => {
            let name = format!("guest{}", world.asked());
            json!({"username": name, "email": format!("{name}@example.com"), "password": PASSWORD})
        }
        "user.setQuota" => json!({"userId": user}),
        "user.setRole" => json!({"userId": user, "role": "member"}),
        "user.suspend" => json!({"userId": user, "suspended": true}),
        _ => json!({}),
    }
}

/// Who asks. Whoever signs out does so from a sign-in of its own.
pub async fn credentials(method: &str, caller: Caller, world: &mut World) -> Credentials {
    let signed_in = matches!(caller, Caller::Member | Caller::Owner | Caller::Admin | Caller::Friend);
    if method == "user.logout" && signed_in {
        return Some((header::COOKIE, world.sign_in(world.account(caller).name).await));
    }
    let needs = app::rpc::find(method).map_or(Needs::Nothing, |method| method.needs);
    let of_admin = needs == Needs::Scope(Scope::Admin)
        || method.starts_with("invitation.")
        || matches!(method, "user.setRole" | "user.suspend");
    world.credentials(caller, needs, of_admin).await
}

/// The name that stands in a list's answer where the thing is in the list.
fn listed<'a>(row: &str, thing: &'a Thing) -> Option<&'a str> {
    let name: &str = match row {
        "accessKey.list" => &thing.access_key,
        "folder.list" => &thing.folder,
        "gallery.listMine" | "gallery.listPublic" => &thing.gallery,
        "image.listFavourites" | "image.listMine" | "search.pictures" | "tag.pictures" | "user.export" => {
            &thing.picture
        }
        "invitation.list" => &thing.invitation,
        "share.list" => &thing.share,
        "tag.list" => thing.word,
        "token.list" => &thing.token,
        "user.list" => &thing.user,
        "user.listSessions" => &thing.session,
        _ => return None,
    };
    Some(name)
}

/// A cell's letter for an answer.
pub fn letter(row: &str, answer: &Answer, thing: &Thing) -> char {
    let told: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    match (told["error"]["data"]["code"].as_str(), told.get("result")) {
        (None, Some(result)) => match listed(row, thing) {
            Some(name) if !result.to_string().contains(name) => '-',
            _ => 'o',
        },
        (Some("unauthenticated"), _) => 'u',
        (Some("forbidden"), _) => 'f',
        (Some("not_found"), _) => 'n',
        (Some("invalid"), _) => 'i',
        _ => '?',
    }
}

/// What of a thing a method uses up when it works.
pub fn used_up(method: &str) -> Option<Part> {
    Some(match method {
        "accessKey.revoke" => Part::AccessKey,
        "comment.delete" => Part::Comment,
        "folder.delete" => Part::Folder,
        "gallery.delete" => Part::Gallery,
        "gallery.moveImages" | "gallery.removeImages" => Part::Place,
        "image.delete" | "image.deleteMany" => Part::Picture,
        "invitation.revoke" => Part::Invitation,
        "share.revoke" => Part::Share,
        "token.revoke" => Part::Token,
        "user.changePassword" | "user.endOtherSessions" | "user.endSession" => Part::Session,
        _ => return None,
    })
}
