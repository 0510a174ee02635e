//! The text of an SVG file: whether it is one, and whether a parser may have it.
//!
//! The parser calls itself for every element within an element and copies entities as often as they are named, so both
//! are bounded here, before it sees the file.

/// How deep elements may lie in one another. Drawing programs stay below fifty.
const DEEPEST: usize = 256;

/// How many bytes the entities of a file may become.
const MOST_EXPANDED: usize = 16 * 1024 * 1024;

/// Whether the first element of the file is `svg`.
pub(crate) fn is_svg(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let root = prolog(text).and_then(|prolog| prolog.body.strip_prefix('<'));
    root.is_some_and(|root| {
        let end = root.find(|character: char| character.is_ascii_whitespace() || matches!(character, '>' | '/'));
        end.is_some_and(|end| root[..end].rsplit(':').next() == Some("svg"))
    })
}

/// Whether the text is safe to parse: not too deep, and without entities that multiply, hold elements or lie in other
/// files.
pub(crate) fn is_tame(text: &str) -> bool {
    let Some(Prolog { declarations, body }) = prolog(text) else { return false };
    let expanded = declarations.len().saturating_mul(body.matches('&').count());
    are_plain_entities(declarations) && expanded <= MOST_EXPANDED && !is_too_deep(body)
}

/// What stands before the first element.
struct Prolog<'a> {
    /// What the document type declares within the file.
    declarations: &'a str,
    /// From the first element on.
    body: &'a str,
}

/// Nothing, if something there has no end.
fn prolog(text: &str) -> Option<Prolog<'_>> {
    let mut rest = without_start(text);
    let mut declarations = "";
    loop {
        rest = rest.trim_start();
        if let Some(instruction) = rest.strip_prefix("<?") {
            rest = instruction.split_once("?>")?.1;
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(kind) = rest.strip_prefix("<!DOCTYPE") {
            let at = unquoted(kind, &['[', '>'])?;
            rest = &kind[at + 1..];
            if kind[at..].starts_with('[') {
                let end = unquoted(rest, &[']'])?;
                declarations = &rest[..end];
                rest = rest[end + 1..].trim_start().strip_prefix('>')?;
            }
        } else {
            return Some(Prolog { declarations, body: rest });
        }
    }
}

/// The text without a byte order mark and blanks before it.
pub(crate) fn without_start(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}').trim_start()
}

/// Where the first of some ASCII characters stands outside of quotes.
fn unquoted(text: &str, wanted: &[char]) -> Option<usize> {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match quote {
            Some(open) if open == character => quote = None,
            Some(_) => {}
            None if wanted.contains(&character) => return Some(at),
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None => {}
        }
    }
    None
}

/// Whether there is nothing but entities that stand for plain text, as drawing programs write them for the names of
/// namespaces.
fn are_plain_entities(declarations: &str) -> bool {
    let mut rest = declarations.trim_start();
    while !rest.is_empty() {
        let Some(after) = plain_entity(rest) else { return false };
        rest = after.trim_start();
    }
    true
}

/// What follows a declaration such as `<!ENTITY ns "http://…">`.
fn plain_entity(text: &str) -> Option<&str> {
    let declaration = text.strip_prefix("<!ENTITY")?.trim_start();
    let (name, rest) = declaration.split_once(|character: char| character.is_ascii_whitespace())?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, rest) = rest[1..].split_once(quote)?;
    let is_plain = name != "%" && !value.contains(['<', '&']);
    rest.trim_start().strip_prefix('>').filter(|_| is_plain)
}

/// Walks the elements as the parser will.
fn is_too_deep(body: &str) -> bool {
    let mut rest = body;
    let mut depth = 0_usize;
    while let Some((_, after)) = rest.split_once('<') {
        let skipped = if let Some(comment) = after.strip_prefix("!--") {
            comment.split_once("-->")
        } else if let Some(text) = after.strip_prefix("![CDATA[") {
            text.split_once("]]>")
        } else if let Some(instruction) = after.strip_prefix('?') {
            instruction.split_once("?>")
        } else if let Some(closing) = after.strip_prefix('/') {
            depth = depth.saturating_sub(1);
            closing.split_once('>')
        } else {
            let end = unquoted(after, &['>']);
            let is_empty = end.is_some_and(|end| after[..end].ends_with('/'));
            depth += usize::from(!is_empty);
            end.map(|end| after.split_at(end + 1))
        };
        if depth > DEEPEST {
            return true;
        }
        let Some((_, next)) = skipped else { return false };
        rest = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_told_by_their_first_element() {
        let drawings: [&[u8]; 6] = [
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\xEF\xBB\xBF \n<?xml version='1.0'?><!-- > --><svg>",
            b"<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://x/svg11.dtd\">\n<svg ",
            b"<!DOCTYPE svg [ <!ENTITY a 'x]>'> ]><svg>",
            b"<s:svg xmlns:s='http://www.w3.org/2000/svg'/>",
            b"<svg>\xFF\xFE",
        ];
        for drawing in drawings {
            assert!(is_svg(drawing), "{}", String::from_utf8_lossy(drawing));
        }
        let others: [&[u8]; 7] =
            [b"", b"<svg", b"<svgs>", b"<!DOCTYPE html><svg", b"<html><svg/></html>", b"<!-- <svg>", b"text <svg>"];
        for other in others {
            assert!(!is_svg(other), "{}", String::from_utf8_lossy(other));
        }
    }

    #[test]
    fn entities_may_be_plain_text_and_nothing_else() {
        let with = |declarations: &str| is_tame(&format!("<!DOCTYPE svg [{declarations}]><svg>&a;</svg>"));
        assert!(with(""));
        assert!(with("<!ENTITY a \"http://ns.adobe.com/\">\n<!ENTITY b 'it]>'>"));
        assert!(!with("<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">"));
        assert!(!with("<!ENTITY a \"<g></g>\">"));
        assert!(!with("<!ENTITY a \"&#60;g>\">"));
        assert!(!with("<!ENTITY a SYSTEM \"file:///etc/passwd\">"));
        assert!(!with("<!ENTITY % a \"x\">"));
        assert!(!with("<!ENTITY a \"x\"> %a;"));
    }

    #[test]
    fn an_entity_named_often_may_not_become_too_much() {
        let entity = "x".repeat(10_000);
        let named = |times: usize| {
            is_tame(&format!("<!DOCTYPE svg [<!ENTITY a \"{entity}\">]><svg>{}</svg>", "&a;".repeat(times)))
        };
        assert!(named(1000));
        assert!(!named(2000));
    }

    #[test]
    fn elements_may_lie_only_so_deep() {
        let nested = |depth: usize| format!("<svg>{}{}</svg>", "<g>".repeat(depth), "</g>".repeat(depth));
        assert!(is_tame(&nested(DEEPEST - 1)));
        assert!(!is_tame(&nested(DEEPEST)));
        assert!(is_tame(&format!("<svg>{}</svg>", "<g a='/>'></g><path d='>'/>".repeat(1000))));
        // Closing tags in comments, texts and values close nothing.
        let hidden = "<g a='</g>'><!--</g>--><![CDATA[</g>]]><?x </g>?>".repeat(DEEPEST);
        assert!(!is_tame(&format!("<svg>{hidden}")));
    }
}
