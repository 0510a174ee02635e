//! Addresses of pictures, and markup with them, ready to be pasted elsewhere.

use model::{PictureFormat, Shape, Thumb, Variant};
use url::Url;

/// Something to paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What it is called.
    pub label: &'static str,
    /// What is pasted.
    pub text: String,
}

/// A picture's links at a width, in pixels; never wider than it is.
pub fn of_picture(site: &Url, picture: &Thumb, short: &str, width: u32) -> Vec<Snippet> {
    let sized = |format| Variant { format, ..Variant::of_width(width) }.path(&picture.id, picture.version, None);
    let image = at(site, &sized(None));
    let page = at(site, &format!("/photos/{}", picture.id));
    let (wide, high) = sides(picture, width);
    let alt = escaped(picture.alt());
    let words = picture.alt().replace(['[', ']'], "");
    let img = |src: &str| format!("<img src=\"{src}\" width=\"{wide}\" height=\"{high}\" alt=\"{alt}\">");
    let source = |format: PictureFormat| {
        let src = at(site, &sized(Some(format)));
        format!("  <source type=\"image/{}\" srcset=\"{src}\">\n", format.word())
    };
    let [avif, webp] = [PictureFormat::Avif, PictureFormat::WebP].map(source);
    let plain = img(&at(site, &sized(Some(PictureFormat::Jpeg))));
    [
        ("Page", page.clone()),
        ("Short link to the page", at(site, &format!("/i/{short}"))),
        ("Picture", image.clone()),
        ("Short link to the picture", at(site, &format!("/i/{short}.jpg"))),
        ("HTML", img(&image)),
        ("HTML with a link", format!("<a href=\"{page}\">{}</a>", img(&image))),
        ("HTML, every format by itself", format!("<picture>\n{avif}{webp}  {plain}\n</picture>")),
        ("Markdown", format!("![{words}]({image})")),
        ("Markdown with a link", format!("[![{words}]({image})]({page})")),
        ("BBCode", format!("[url={page}][img]{image}[/img][/url]")),
    ]
    .map(|(label, text)| Snippet { label, text })
    .into()
}

/// What shows a random picture of a shape.
pub(super) fn of_random(site: &Url, shape: Shape) -> Vec<Snippet> {
    let address = at(site, &format!("/random/{}", shape.word()));
    [
        ("HTML", format!("<img src=\"{address}?1\" alt=\"\">")),
        ("HTML with a link", format!("<a href=\"{site}\"><img src=\"{address}?1\" alt=\"\"></a>")),
        ("Markdown", format!("![]({address}?1)")),
        ("BBCode", format!("[img]{address}?1[/img]")),
        ("How many there are", format!("{address}/count")),
    ]
    .map(|(label, text)| Snippet { label, text })
    .into()
}

/// A path as a whole address of the site.
pub fn at(site: &Url, path: &str) -> String {
    site.join(path).map_or_else(|_| path.to_owned(), String::from)
}

/// Width and height of a picture that is sent at a width.
fn sides(picture: &Thumb, width: u32) -> (u32, u64) {
    let wide = width.min(picture.width);
    let (of, height) = (u64::from(picture.width.max(1)), u64::from(picture.height));
    (wide, ((height * u64::from(wide) + of / 2) / of).max(1))
}

/// Text ready to stand in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ImageId;

    fn texts(title: &str, width: u32) -> Vec<(&'static str, String)> {
        let picture = Thumb {
            id: ImageId::parse("abc").unwrap(),
            title: title.into(),
            width: 4000,
            height: 3000,
            colour: "#888888".into(),
            version: 2,
        };
        let site = Url::parse("https://photos.example").unwrap();
        of_picture(&site, &picture, "xyz", width).into_iter().map(|Snippet { label, text }| (label, text)).collect()
    }

    #[test]
    fn a_picture_s_links_are_whole_addresses() {
        let image = "https://photos.example/images/view/abc/width=640,v=2";
        let img = format!("<img src=\"{image}\" width=\"640\" height=\"480\" alt=\"Sea\">");
        let page = "https://photos.example/photos/abc";
        let picture = "<picture>
  <source type=\"image/avif\" srcset=\"https://photos.example/images/view/abc/width=640,format=avif,v=2\">
  <source type=\"image/webp\" srcset=\"https://photos.example/images/view/abc/width=640,format=webp,v=2\">
  <img src=\"https://photos.example/images/view/abc/width=640,format=jpeg,v=2\" width=\"640\" height=\"480\" alt=\"Sea\">
</picture>";
        assert_eq!(
            texts("Sea", 640),
            [
                ("Page", page.to_owned()),
                ("Short link to the page", "https://photos.example/i/xyz".into()),
                ("Picture", image.into()),
                ("Short link to the picture", "https://photos.example/i/xyz.jpg".into()),
                ("HTML", img.clone()),
                ("HTML with a link", format!("<a href=\"{page}\">{img}</a>")),
                ("HTML, every format by itself", picture.into()),
                ("Markdown", format!("![Sea]({image})")),
                ("Markdown with a link", format!("[![Sea]({image})]({page})")),
                ("BBCode", format!("[url={page}][img]{image}[/img][/url]")),
            ]
        );
    }

    #[test]
    fn a_title_ends_neither_an_attribute_nor_a_link() {
        for (label, text) in texts("a\"<b>&[c](d)", 640) {
            match label {
                "Markdown" => assert!(text.starts_with("![a\"<b>&c(d)](https://"), "{text}"),
                _ if text.starts_with('<') => assert!(text.contains("alt=\"a&quot;&lt;b&gt;&amp;[c](d)\""), "{text}"),
                _ => {}
            }
        }
    }

    #[test]
    fn a_small_picture_is_no_wider_than_it_is() {
        let (_, html) = texts("", 8000).swap_remove(4);
        assert!(html.contains("width=\"4000\" height=\"3000\" alt=\"Untitled picture\""), "{html}");
    }
}
