//! Takes out of a script what only people read, while this crate is compiled.

/// The script without comments, indentation, and the spaces and line ends it can do without; and how many bytes of the
/// array that are.
///
/// It knows as much of JavaScript as the loader uses: comments have lines of their own, strings end on the line they
/// begin on, and neither quotes nor spaces stand in regular expressions.
pub(super) const fn shrink<const N: usize>(script: &str) -> ([u8; N], usize) {
    let script = script.as_bytes();
    let mut kept = [0; N];
    let (mut len, mut at) = (0, 0);
    let (mut line_begins, mut quote) = (true, 0);
    while at < script.len() {
        let byte = script[at];
        at += 1;
        if quote != 0 {
            if byte == quote {
                quote = 0;
            }
        } else if byte == b'\n' {
            line_begins = true;
            continue;
        } else if line_begins && (byte == b'\t' || byte == b' ') {
            continue;
        } else if line_begins && byte == b'/' && script[at] == b'/' {
            while script[at] != b'\n' {
                at += 1;
            }
            continue;
        } else if byte == b' ' && !(is_word(kept[len - 1]) && is_word(script[at])) {
            continue;
        } else {
            if line_begins && len > 0 && byte != b'}' && !matches!(kept[len - 1], b';' | b',' | b'{' | b'(') {
                kept[len] = b'\n';
                len += 1;
            }
            line_begins = false;
            if byte == b'\'' || byte == b'`' {
                quote = byte;
            }
        }
        kept[len] = byte;
        len += 1;
    }
    (kept, len)
}

/// Whether it may be part of a name or a number.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

#[cfg(test)]
mod tests {
    use super::shrink;

    fn shrunk(script: &str) -> String {
        let (kept, len) = shrink::<1000>(script);
        String::from_utf8(kept[..len].to_vec()).unwrap()
    }

    #[test]
    fn words_stay_apart_and_marks_do_not() {
        assert_eq!(shrunk("const a = b ?? c;\n"), "const a=b??c;");
        assert_eq!(shrunk("if ('x' in y) return $z;\n"), "if('x'in y)return $z;");
    }

    #[test]
    fn strings_stay_as_they_are() {
        assert_eq!(shrunk("f('a, // b', `${c} d`);\n"), "f('a, // b',`${c} d`);");
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(shrunk("// One.\nf(\n\t// Two.\n\ta,\n);\n\ng();\n"), "f(a,);g();");
    }

    #[test]
    fn a_line_end_stays_where_it_may_end_a_statement() {
        assert_eq!(shrunk("function f() {\n\tg()\n}\nh()\n"), "function f(){g()}\nh()");
    }
}
