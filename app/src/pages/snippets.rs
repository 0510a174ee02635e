//! Addresses of pictures, and markup with them, ready to be pasted elsewhere.

use super::head::escaped;
use model::{PictureFormat, Shape, Thumb, Variant};
use url::Url;

/// A picture's links at a width.
pub struct PictureLinks {
    /// The address of its page.
    pub page: String,
    /// A short one.
    pub short_page: String,
    /// Where the picture itself is sent, in the format that suits who asks.
    pub image: String,
    /// A short one that ends in `.jpg`, as forums want it.
    pub short_image: String,
    /// `<img>`.
    pub html: String,
    /// The same, leading to the page.
    pub linked_html: String,
    /// `<picture>`, every format by itself.
    pub formats: String,
    /// Markdown that shows the picture.
    pub markdown: String,
    /// The same, leading to the page.
    pub linked_markdown: String,
    /// For forums, leading to the page.
    pub bbcode: String,
}

impl PictureLinks {
    /// Of a picture that is sent at a width in pixels, or as wide as it is.
    pub fn new(site: &Url, picture: &Thumb, short: &str, width: u32) -> Self {
        let sized = |format| Variant { format, ..Variant::of_width(width) }.path(&picture.id, picture.version, None);
        let image = at(site, &sized(None));
        let page = at(site, &format!("/photos/{}", picture.id));
        let (wide, high) = picture.sides_at(width);
        let alt = escaped(picture.alt()).replace('"', "&quot;");
        let words = picture.alt().replace(['[', ']'], "");
        let img = |src: &str| format!("<img src=\"{src}\" width=\"{wide}\" height=\"{high}\" alt=\"{alt}\">");
        let source = |format: PictureFormat| {
            let src = at(site, &sized(Some(format)));
            format!("  <source type=\"image/{}\" srcset=\"{src}\">\n", format.word())
        };
        let [avif, webp] = [PictureFormat::Avif, PictureFormat::WebP].map(source);
        let plain = img(&at(site, &sized(Some(PictureFormat::Jpeg))));
        Self {
            short_page: at(site, &format!("/i/{short}")),
            short_image: at(site, &format!("/i/{short}.jpg")),
            html: img(&image),
            linked_html: format!("<a href=\"{page}\">{}</a>", img(&image)),
            formats: format!("<picture>\n{avif}{webp}  {plain}\n</picture>"),
            markdown: format!("![{words}]({image})"),
            linked_markdown: format!("[![{words}]({image})]({page})"),
            bbcode: format!("[url={page}][img]{image}[/img][/url]"),
            page,
            image,
        }
    }

    /// All of them, each under its name.
    pub(super) fn named(self) -> Vec<(&'static str, String)> {
        vec![
            ("Page", self.page),
            ("Short link to the page", self.short_page),
            ("Picture", self.image),
            ("Short link to the picture", self.short_image),
            ("HTML", self.html),
            ("HTML with a link", self.linked_html),
            ("HTML, every format by itself", self.formats),
            ("Markdown", self.markdown),
            ("Markdown with a link", self.linked_markdown),
            ("BBCode", self.bbcode),
        ]
    }
}

/// What shows a random picture of a shape, each under its name.
pub(super) fn of_random(site: &Url, shape: Shape) -> Vec<(&'static str, String)> {
    let address = at(site, &format!("/random/{}", shape.word()));
    vec![
        ("HTML", format!("<img src=\"{address}?1\" alt=\"\">")),
        ("HTML with a link", format!("<a href=\"{site}\"><img src=\"{address}?1\" alt=\"\"></a>")),
        ("Markdown", format!("![]({address}?1)")),
        ("BBCode", format!("[img]{address}?1[/img]")),
        ("How many there are", format!("{address}/count")),
    ]
}

/// A path as a whole address of the site.
pub fn at(site: &Url, path: &str) -> String {
    site.join(path).map_or_else(|_| path.to_owned(), String::from)
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
        PictureLinks::new(&site, &picture, "xyz", width).named()
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
