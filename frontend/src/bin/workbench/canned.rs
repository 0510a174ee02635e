//! What the workbench shows.

use model::{Camera, Comment, CommentId, CommentPage, Gallery, GalleryCard, GalleryId, ImageId, Picture, Thumb};

const COLOURS: [&str; 5] = ["#7d8a94", "#5b6b4f", "#a9866b", "#3d4a66", "#b9b2a3"];
const SIDES: [(u32, u32); 4] = [(1800, 1200), (1200, 1800), (2400, 1000), (1000, 1000)];

/// The picture of this number in a list; sides and colours come round.
pub fn thumb(number: usize) -> Thumb {
    let (width, height) = SIDES[number % SIDES.len()];
    Thumb {
        id: ImageId::parse(&format!("picture{number}")).expect("letters and digits"),
        title: format!("Picture {number}"),
        width,
        height,
        colour: COLOURS[number % COLOURS.len()].to_owned(),
        version: 1,
    }
}

/// The picture of this number on its page.
pub fn picture(number: usize, downloadable: bool) -> Picture {
    Picture {
        thumb: thumb(number),
        description: String::new(),
        upload_date: 1_790_000_000,
        tags: Vec::new(),
        owner: "Lin".to_owned(),
        likes: 1234,
        liked: number == 0,
        favourite: number == 1,
        comments: 3,
        is_public: true,
        editable: number == 0,
        downloadable,
        short: "7k3m9qx2vd".into(),
        camera: Camera::default(),
        gallery: None,
    }
}

/// A gallery with so many covers.
pub fn gallery(name: &str, covers: usize) -> GalleryCard {
    GalleryCard {
        gallery: Gallery {
            hotlinks: None,
            id: GalleryId::parse("gallery").expect("letters"),
            slug: "gallery".to_owned(),
            name: name.to_owned(),
            description: String::new(),
            is_public: covers > 1,
            owner: "Lin".to_owned(),
            count: covers as u64,
            created_at: 1_790_000_000,
            updated_at: 1_790_000_000,
            editable: true,
        },
        covers: (0..covers).map(thumb).collect(),
    }
}

/// Two comments, the first of the one who looks, with more to come.
pub fn comments() -> CommentPage {
    let comment = |id: &str, author: &str, content: &str, own: bool| Comment {
        id: CommentId::parse(id).expect("letters"),
        author: author.to_owned(),
        content: content.to_owned(),
        created_at: 1_790_000_000,
        edited_at: own.then_some(1_790_000_600),
        editable: own,
        deletable: own,
    };
    CommentPage {
        comments: vec![
            comment("one", "林 Lin", "石头上的光真好看。", true),
            comment("two", "Ada", "The light holds the whole picture.\nWhere is the second one?", false),
        ],
        next_cursor: Some("more".to_owned()),
    }
}
