//! What is asked for: a picture in a gallery, as it stands, and whatever else has a name.

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In a public gallery.
    Public,
    /// In a gallery that is not. It once was, and what was asked then may have been kept.
    Private,
    /// In a gallery that is not public either, but has a link that some callers have opened.
    Shared,
    /// There is no such thing.
    Missing,
}

impl Kind {
    /// In the order of a word's letters.
    pub const ALL: [Self; 4] = [Self::Public, Self::Private, Self::Shared, Self::Missing];

    /// What such a thing is called: title and tag of the picture, name and slug of the gallery.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "coast0001",
            Self::Private => "coast0002",
            Self::Shared => "coast0003",
            Self::Missing => "coast0000",
        }
    }
}

/// The names of a thing.
#[derive(Clone, Debug, Default)]
pub struct Thing {
    pub word: &'static str,
    pub picture: String,
    /// What the picture's short links name it by.
    pub short: String,
    pub gallery: String,
    /// The owner's, under the picture.
    pub comment: String,
    /// A link to the gallery.
    pub share: String,
    /// The last part of that link's address.
    pub link: String,
    /// The last part of the address of a link with a password. The private thing has one, and those below.
    pub locked: String,
    /// A presigned address of the original.
    pub original: String,
    /// A sign-in of the owner's.
    pub session: String,
    /// An API token of the owner's.
    pub token: String,
    /// An access key of the owner's.
    pub access_key: String,
    /// A folder of the owner's.
    pub folder: String,
    /// An invitation that nobody has used.
    pub invitation: String,
    /// An account that nobody here calls from.
    pub user: String,
}

impl Thing {
    /// What names nothing, each name as long as that of another thing.
    pub fn missing(like: &Self) -> Self {
        let none = |letter: &str, name: &str| letter.repeat(name.len());
        let picture = none("0", &like.picture);
        Self {
            word: Kind::Missing.word(),
            original: like.original.replace(&like.picture, &picture),
            picture,
            short: none("h", &like.short),
            gallery: none("g", &like.gallery),
            comment: none("c", &like.comment),
            share: none("s", &like.share),
            link: none("k", &like.link),
            locked: none("j", &like.locked),
            session: none("e", &like.session),
            token: none("t", &like.token),
            access_key: none("q", &like.access_key),
            folder: none("p", &like.folder),
            invitation: none("v", &like.invitation),
            user: none("z", &like.user),
        }
    }

    /// A text with these names taken out of it.
    pub fn taken_out_of(&self, text: &str) -> String {
        let names: [(&str, &str); 14] = [
            (self.word, "WORD"),
            (&self.picture, "PICTURE"),
            (&self.short, "SHORT"),
            (&self.gallery, "GALLERY"),
            (&self.comment, "COMMENT"),
            (&self.share, "SHARE"),
            (&self.link, "LINK"),
            (&self.locked, "LOCKED"),
            (&self.session, "SESSION"),
            (&self.token, "TOKEN"),
            (&self.access_key, "ACCESS KEY"),
            (&self.folder, "FOLDER"),
            (&self.invitation, "INVITATION"),
            (&self.user, "USER"),
        ];
        let named = names.into_iter().filter(|(name, _)| !name.is_empty());
        named.fold(text.to_owned(), |text, (name, place)| text.replace(name, place))
    }
}
