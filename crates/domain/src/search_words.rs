//! Text as the search index takes it, and as it is asked.
//!
//! Chinese, Japanese and Korean put few spaces or none, and the index knows no dictionary. So each of their characters
//! is a word of its own there, and what is typed in one piece is looked for as a phrase: 冬天 finds 冬天的海.

/// Text for the index: lower case, signs as spaces, characters of Chinese, Japanese and Korean apart.
pub(crate) fn words(text: &str) -> String {
    pieces(text).join(" ")
}

/// What finds it, in FTS5's language: every piece as typed, in any order, and the last one may be the beginning of a
/// word. `None` without a letter or a digit. Nothing typed is read as an operator: pieces are quoted, and hold no quote.
pub(crate) fn query(text: &str) -> Option<String> {
    let pieces = pieces(text);
    let phrases: Vec<_> = pieces.iter().map(|piece| format!("\"{piece}\"")).collect();
    (!phrases.is_empty()).then(|| phrases.join(" ") + " *")
}

/// Pieces between spaces and signs, each with its words apart.
fn pieces(text: &str) -> Vec<String> {
    let letters: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !is_accent(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    letters.split_whitespace().map(apart).collect()
}

fn apart(piece: &str) -> String {
    let mut words = String::with_capacity(piece.len());
    for c in piece.chars() {
        if has_own_place(c) {
            words.extend([' ', c, ' ']);
        } else {
            words.push(c);
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether it is an accent that follows its letter, as file names from a Mac have them. The index drops accents, and
/// as a sign this one would cut the word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether it is of Chinese, Japanese or Korean (Unicode blocks of ideographs, kana and Hangul syllables).
fn has_own_place(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_indexed_as_words_in_lower_case_without_signs() {
        for (text, indexed) in [
            ("Winter_sea, 2024!", "winter sea 2024"),
            ("冬天的海 at dawn", "冬 天 的 海 at dawn"),
            ("Café e\u{301}te\u{301}", "café ete"),
            ("東京tower", "東 京 tower"),
            ("🌊", ""),
            ("", ""),
        ] {
            assert_eq!(words(text), indexed, "{text}");
        }
    }

    #[test]
    fn what_is_typed_in_one_piece_is_a_phrase_and_the_last_may_be_a_beginning() {
        for (typed, asked) in [
            ("Sea", r#""sea" *"#),
            ("winter  sea", r#""winter" "sea" *"#),
            ("冬天 sea", r#""冬 天" "sea" *"#),
            ("冬天", r#""冬 天" *"#),
        ] {
            assert_eq!(query(typed).as_deref(), Some(asked), "{typed}");
        }
    }

    #[test]
    fn nothing_typed_is_an_operator() {
        for (typed, asked) in [
            (r#"" OR title:"#, r#""or" "title" *"#),
            ("sea NEAR/2 NOT (a* ^b) -c + {d}", r#""sea" "near" "2" "not" "a" "b" "c" "d" *"#),
            ("\"sea\"\"", r#""sea" *"#),
            ("a\0b", r#""a" "b" *"#),
        ] {
            assert_eq!(query(typed).as_deref(), Some(asked), "{typed}");
        }
        for nothing in ["", "  ", "\"\"", "* - ^", "🌊🌊", "\u{301}"] {
            assert_eq!(query(nothing), None, "{nothing:?}");
        }
    }
}
