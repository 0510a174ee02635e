//! Random pictures: which of them are meant, and how they are asked for.

use crate::{FolderPath, ImageId, LARGEST_SIDE, PictureFormat, TagName, Thumb, WIDTHS};
use std::borrow::Cow;

/// The most pictures one request is told of.
const MOST_RANDOM: usize = 50;

/// The width of a random picture that names no side, in pixels: it often fills a page.
const USUAL_WIDTH: u32 = 1920;

/// The most characters of a seed.
const LONGEST_SEED: usize = 200;

/// How the sides of a picture compare, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Wider than high.
    Landscape,
    /// Higher than wide.
    Portrait,
    /// As wide as high, give or take a twentieth.
    Square,
}

impl Shape {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Landscape, Self::Portrait, Self::Square];

    /// As addresses and the database write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Landscape => "landscape",
            Self::Portrait => "portrait",
            Self::Square => "square",
        }
    }
}

/// Which pictures one is chosen from. Only public ones ever are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RandomSource {
    /// Of this shape alone.
    pub shape: Option<Shape>,
    /// Of these alone.
    pub among: Among,
}

/// A picture that was chosen, as far as an address of it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The picture.
    pub id: ImageId,
    /// Pixels, as shown.
    pub width: u32,
    /// Pixels, as shown.
    pub height: u32,
    /// Grows when the bytes change.
    pub version: u32,
}

impl From<&Thumb> for Chosen {
    fn from(Thumb { id, width, height, version, .. }: &Thumb) -> Self {
        Self { id: id.clone(), width: *width, height: *height, version: *version }
    }
}

/// A part of the public pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Among {
    /// All of them.
    #[default]
    All,
    /// Those of a gallery, by its slug.
    Gallery(String),
    /// Those with a tag.
    Tag(TagName),
    /// Those that lie in a folder of the bucket and hang in the public gallery of that folder.
    Folder(FolderPath),
}

/// How a random picture is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RandomAnswer {
    /// Its bytes.
    Picture,
    /// The address of its bytes, to go on to.
    Redirect,
    /// What a program needs of it.
    Told,
    /// The same of so many different ones, or of as many as there are.
    List(usize),
    /// How many there are to choose from.
    Count,
}

/// What an address below `/random` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RandomRequest {
    /// Which pictures are meant.
    pub source: RandomSource,
    /// What is wanted of the chosen one.
    pub answer: RandomAnswer,
    /// The same seed chooses the same picture, until there are others to choose from.
    pub seed: Option<String>,
    /// What it is encoded as; `None`: the smallest the client takes.
    pub format: Option<PictureFormat>,
    width: Option<u32>,
    height: Option<u32>,
}

impl RandomRequest {
    /// Reads what follows `/random` in the path, and the fields of the query. Of fields that are given twice the first
    /// counts, and names that mean nothing are passed over: a page writes `?1` and `?2` to be sent two pictures.
    ///
    /// `None` if there is no such address; the error is a sentence that says what to write.
    pub fn parse<'a>(
        path: &str,
        query: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) -> Option<Result<Self, String>> {
        let (shape, counts) = match path.strip_suffix("/count") {
            Some(shape) => (shape, true),
            None => (path, false),
        };
        let shape = match shape.strip_prefix('/') {
            Some(word) => Some(Shape::ALL.into_iter().find(|shape| shape.word() == word)?),
            None if shape.is_empty() => None,
            None => return None,
        };
        Some(Fields::read(query).request(shape, counts))
    }

    /// The width that a picture is sent in: of the nine there are the smallest in which it has the pixels asked for.
    pub fn width_of(&self, picture: &Chosen) -> u32 {
        let by_height = self.height.map(|height| {
            let (width, whole) = (u64::from(picture.width), u64::from(picture.height.max(1)));
            u32::try_from((u64::from(height) * width).div_ceil(whole)).unwrap_or(u32::MAX)
        });
        let needed = self.width.max(by_height).unwrap_or(USUAL_WIDTH);
        WIDTHS.into_iter().find(|width| *width >= needed).unwrap_or(WIDTHS[WIDTHS.len() - 1])
    }
}

/// The fields of a query, as they stand there.
#[derive(Default)]
struct Fields<'a> {
    gallery: Option<Cow<'a, str>>,
    tag: Option<Cow<'a, str>>,
    prefix: Option<Cow<'a, str>>,
    width: Option<Cow<'a, str>>,
    height: Option<Cow<'a, str>>,
    format: Option<Cow<'a, str>>,
    seed: Option<Cow<'a, str>>,
    redirect: Option<Cow<'a, str>>,
    json: Option<Cow<'a, str>>,
    most: Option<Cow<'a, str>>,
}

impl<'a> Fields<'a> {
    fn read(query: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let mut fields = Self::default();
        for (name, value) in query {
            let field = match &*name {
                "gallery" => &mut fields.gallery,
                "tag" => &mut fields.tag,
                "prefix" => &mut fields.prefix,
                "w" => &mut fields.width,
                "h" => &mut fields.height,
                "format" => &mut fields.format,
                "seed" => &mut fields.seed,
                "redirect" => &mut fields.redirect,
                "json" => &mut fields.json,
                "n" => &mut fields.most,
                _ => continue,
            };
            field.get_or_insert(value);
        }
        fields
    }

    fn request(self, shape: Option<Shape>, counts: bool) -> Result<RandomRequest, String> {
        let among = match (&self.gallery, &self.tag, &self.prefix) {
            (None, None, None) => Among::All,
            (Some(slug), None, None) if slug.is_empty() => {
                return Err("gallery is the last part of a public gallery’s address.".into());
            }
            (Some(slug), None, None) => Among::Gallery(slug.to_string()),
            (None, Some(tag), None) => Among::Tag(TagName::parse(tag)?),
            (None, None, Some(prefix)) => Among::Folder(FolderPath::parse(prefix)?),
            _ => return Err("Name a gallery, a tag or a prefix, not several.".into()),
        };
        let side = |name: &str, value: &Option<Cow<'_, str>>| {
            let side = value.as_ref().map(|value| value.parse().ok().filter(|side| (1..=LARGEST_SIDE).contains(side)));
            side.map(|side| side.ok_or_else(|| format!("{name} is a number of pixels from 1 to {LARGEST_SIDE}.")))
                .transpose()
        };
        let format = self
            .format
            .as_ref()
            .map(|word| PictureFormat::named(word).ok_or("format is avif, webp, jpeg, png or gif."));
        if self.seed.as_ref().is_some_and(|seed| seed.chars().count() > LONGEST_SEED) {
            return Err(format!("seed has at most {LONGEST_SEED} characters."));
        }
        Ok(RandomRequest {
            source: RandomSource { shape, among },
            answer: self.answer(counts)?,
            seed: self.seed.map(Cow::into_owned),
            format: format.transpose()?,
            width: side("w", &self.width)?,
            height: side("h", &self.height)?,
        })
    }

    fn answer(&self, counts: bool) -> Result<RandomAnswer, String> {
        let most = self.most.as_ref().map(|most| {
            let most = most.parse().ok().filter(|most| (1..=MOST_RANDOM).contains(most));
            most.ok_or_else(|| format!("n is a number from 1 to {MOST_RANDOM}."))
        });
        let (redirects, tells) = (switch("redirect", &self.redirect)?, switch("json", &self.json)?);
        match (redirects, tells, most.transpose()?) {
            (false, false, None) if counts => Ok(RandomAnswer::Count),
            _ if counts => Err("A count takes gallery, tag or prefix, and nothing else.".into()),
            (true, true, _) => Err("Write redirect=1 or json=1, not both.".into()),
            (true, false, None) => Ok(RandomAnswer::Redirect),
            (false, true, None) => Ok(RandomAnswer::Told),
            (false, true, Some(most)) => Ok(RandomAnswer::List(most)),
            (_, false, Some(_)) => Err("n goes with json=1: an address shows one picture.".into()),
            (false, false, None) => Ok(RandomAnswer::Picture),
        }
    }
}

fn switch(name: &str, value: &Option<Cow<'_, str>>) -> Result<bool, String> {
    match value.as_deref() {
        None | Some("0") => Ok(false),
        Some("1") => Ok(true),
        Some(_) => Err(format!("{name} is 0 or 1.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(path: &str, query: &[(&str, &str)]) -> Option<Result<RandomRequest, String>> {
        RandomRequest::parse(path, query.iter().map(|&(name, value)| (name.into(), value.into())))
    }

    fn asked(path: &str, query: &[(&str, &str)]) -> RandomRequest {
        parse(path, query).unwrap().unwrap()
    }

    #[test]
    fn the_path_names_the_shape_and_whether_to_count() {
        for (path, shape, counts) in [
            ("", None, false),
            ("/count", None, true),
            ("/landscape", Some(Shape::Landscape), false),
            ("/portrait/count", Some(Shape::Portrait), true),
            ("/square", Some(Shape::Square), false),
        ] {
            let asked = asked(path, &[("1", "")]);
            assert_eq!((asked.source.shape, asked.answer == RandomAnswer::Count), (shape, counts), "{path}");
        }
        for path in ["/", "/wide", "/landscape/", "/count/count", "/landscape/count/", "landscape", "/Square"] {
            assert_eq!(parse(path, &[]), None, "{path}");
        }
    }

    #[test]
    fn the_query_says_which_and_how() {
        let among = |query: &[(&str, &str)]| asked("", query).source.among;
        assert_eq!(among(&[("gallery", "sea"), ("gallery", "other")]), Among::Gallery("sea".into()));
        assert_eq!(among(&[("tag", "#Night")]), Among::Tag(TagName::parse("night").unwrap()));
        assert_eq!(among(&[("prefix", "/ri/h")]), Among::Folder(FolderPath::parse("ri/h/").unwrap()));
        for (query, answer) in [
            (&[][..], RandomAnswer::Picture),
            (&[("redirect", "1")], RandomAnswer::Redirect),
            (&[("json", "1"), ("redirect", "0")], RandomAnswer::Told),
            (&[("json", "1"), ("n", "50")], RandomAnswer::List(50)),
        ] {
            assert_eq!(asked("/square", query).answer, answer, "{query:?}");
        }
        assert_eq!(asked("", &[("seed", "a"), ("format", "jpg")]).format, Some(PictureFormat::Jpeg));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_what_to_write() {
        let long = "x".repeat(201);
        for (path, query, says) in [
            ("", &[("w", "0")][..], "w is"),
            ("", &[("h", "8193")], "h is"),
            ("", &[("w", "wide")], "8192"),
            ("", &[("format", "bmp")], "avif"),
            ("", &[("seed", long.as_str())], "200"),
            ("", &[("json", "yes")], "0 or 1"),
            ("", &[("n", "3")], "json=1"),
            ("", &[("redirect", "1"), ("n", "3")], "json=1"),
            ("", &[("json", "1"), ("n", "51")], "1 to 50"),
            ("", &[("json", "1"), ("redirect", "1")], "not both"),
            ("", &[("gallery", "")], "last part"),
            ("", &[("gallery", "a"), ("tag", "b")], "not several"),
            ("", &[("gallery", "a"), ("prefix", "b")], "not several"),
            ("", &[("prefix", "originals/")], "originals/ is"),
            ("", &[("tag", "a,b")], "one tag"),
            ("/count", &[("json", "1")], "count"),
        ] {
            let problem = parse(path, query).unwrap().unwrap_err();
            assert!(problem.contains(says) && problem.ends_with('.'), "{query:?}: {problem}");
        }
    }

    #[test]
    fn a_picture_is_sent_with_the_pixels_asked_for() {
        let picture = |width, height| Chosen { id: ImageId::parse("a").unwrap(), width, height, version: 1 };
        for (query, (width, height), sent) in [
            (&[][..], (4000, 3000), 1920),
            (&[("w", "640")], (4000, 3000), 640),
            (&[("w", "641")], (4000, 3000), 800),
            (&[("h", "600")], (4000, 3000), 800),
            (&[("h", "600")], (3000, 4000), 480),
            (&[("w", "1000"), ("h", "100")], (4000, 3000), 1280),
            (&[("w", "100"), ("h", "1000")], (4000, 3000), 1920),
            (&[("w", "8192")], (4000, 3000), 2560),
            (&[("h", "8192")], (u32::MAX, 1), 2560),
            (&[("h", "10")], (10, 0), 160),
        ] {
            assert_eq!(asked("", query).width_of(&picture(width, height)), sent, "{query:?} of {width} × {height}");
        }
    }
}
