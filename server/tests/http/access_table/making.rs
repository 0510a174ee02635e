//! How things are made, and made anew when a call has used them up.

use super::{
    things::{Kind, Thing},
    world::{PASSWORD, World, text},
};
use serde_json::json;

/// What a call may use up of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Comment,
    Gallery,
    /// The picture's, in the gallery.
    Place,
    Picture,
    Share,
    Session,
    Token,
    AccessKey,
    Folder,
    Invitation,
}

impl World {
    /// Makes every thing there is.
    pub async fn make(&mut self) {
        for kind in [Kind::Public, Kind::Private, Kind::Shared] {
            self.make_gallery(kind).await;
            self.make_picture(kind).await;
        }
        for part in [Part::Session, Part::Token, Part::AccessKey, Part::Folder, Part::Invitation] {
            self.renew(part, Kind::Private).await;
        }
        let gallery = &self.thing(Kind::Private).gallery;
        let locked = json!({"galleryId": gallery, "password": PASSWORD});
        let locked = link(&text(&self.owner.person.ok("share.create", locked).await["url"]));
        let user = text(&self.site.member("dora").await.id().await);
        self.things[Kind::Private as usize] = Thing { locked, user, ..self.thing(Kind::Private).clone() };
        self.things[Kind::Missing as usize] = Thing::missing(self.thing(Kind::Private));
    }

    /// Makes a part of a thing anew.
    pub async fn renew(&mut self, part: Part, kind: Kind) {
        match part {
            Part::Comment => self.make_comment(kind).await,
            Part::Gallery => {
                self.make_gallery(kind).await;
                self.hang(kind).await;
            }
            Part::Place => self.hang(kind).await,
            Part::Picture => self.make_picture(kind).await,
            Part::Share => self.make_share(kind).await,
            Part::Session => {
                let browser = self.site.with_cookie(&self.sign_in(self.owner.name).await);
                let listed = browser.ok("user.listSessions", json!({})).await;
                let mut sessions = listed["sessions"].as_array().unwrap().iter();
                let current = sessions.find(|session| session["current"] == true).unwrap();
                self.things[Kind::Private as usize].session = text(&current["id"]);
            }
            Part::Token => {
                let made = self.owner.person.ok("token.create", json!({"name": "A thing", "scopes": ["read"]})).await;
                self.things[Kind::Private as usize].token = text(&made["tokenId"]);
            }
            Part::AccessKey => {
                let wish = json!({"name": "A thing", "rights": ["read"]});
                let made = self.owner.person.ok("accessKey.create", wish).await;
                self.things[Kind::Private as usize].access_key = text(&made["accessKey"]);
            }
            Part::Folder => {
                let wish = json!({"path": "a-thing-of-the-owner", "owner": self.owner.name});
                self.admin.person.ok("folder.create", wish).await;
                self.things[Kind::Private as usize].folder = "a-thing-of-the-owner/".to_owned();
            }
            Part::Invitation => {
                let made = self.admin.person.ok("invitation.create", json!({})).await;
                self.things[Kind::Private as usize].invitation = text(&made["invitationId"]);
            }
        }
    }

    async fn make_gallery(&mut self, kind: Kind) {
        let params = json!({"name": kind.word(), "isPublic": kind == Kind::Public});
        let made = self.owner.person.ok("gallery.create", params).await;
        assert_eq!(made["slug"], kind.word());
        self.things[kind as usize].gallery = text(&made["galleryId"]);
        self.make_share(kind).await;
    }

    async fn make_share(&mut self, kind: Kind) {
        let params = json!({"galleryId": self.thing(kind).gallery});
        let made = self.owner.person.ok("share.create", params).await;
        let link = link(&text(&made["url"]));
        if kind == Kind::Shared {
            self.links = self.call(&None, "share.unlock", &json!({"token": link})).await.cookie();
        }
        let thing = &mut self.things[kind as usize];
        (thing.share, thing.link) = (text(&made["shareId"]), link);
    }

    /// Makes a picture that everyone has seen and many like to see again, before its gallery is closed.
    async fn make_picture(&mut self, kind: Kind) {
        let (owner, word) = (&self.owner.person, kind.word());
        self.open(kind, true).await;
        let picture = owner.picture().await;
        owner.ok("image.update", json!({"imageId": picture, "title": word, "tags": [word]})).await;
        let address = owner.ok("image.generateViewUrl", json!({"imageId": picture})).await;
        let this = json!({"imageId": picture});
        let short = text(&owner.ok("image.getMetadata", this.clone()).await["short"]);
        let thing = &mut self.things[kind as usize];
        (thing.picture, thing.short, thing.original) = (picture, short, text(&address["viewUrl"]));
        self.hang(kind).await;
        self.make_comment(kind).await;
        for account in [&self.owner, &self.member, &self.friend, &self.admin] {
            account.person.ok("image.favourite", json!({"imageId": this["imageId"], "favourite": true})).await;
            account.person.ok("image.like", json!({"imageId": this["imageId"], "liked": true})).await;
        }
        let visitor = self.site.visitor();
        for method in ["image.getMetadata", "comment.list"] {
            visitor.ok(method, this.clone()).await;
        }
        for method in ["gallery.listPublic", "tag.list"] {
            visitor.ok(method, json!({})).await;
        }
        self.open(kind, kind == Kind::Public).await;
    }

    async fn make_comment(&mut self, kind: Kind) {
        let params = json!({"imageId": self.thing(kind).picture, "content": "The light!"});
        let made = self.owner.person.ok("comment.add", params).await;
        self.things[kind as usize].comment = text(&made["commentId"]);
    }

    async fn hang(&self, kind: Kind) {
        let Thing { gallery, picture, .. } = self.thing(kind);
        self.owner.person.ok("gallery.addImages", json!({"galleryId": gallery, "imageIds": [picture]})).await;
    }

    async fn open(&self, kind: Kind, public: bool) {
        let params = json!({"galleryId": self.thing(kind).gallery, "name": kind.word(), "isPublic": public});
        self.owner.person.ok("gallery.update", params).await;
    }
}

/// The last part of a link's address.
fn link(url: &str) -> String {
    url.rsplit('/').next().unwrap().to_owned()
}
