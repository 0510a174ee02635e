//! The methods as a Markdown table; `tuku methods` prints it, and `docs/rpc.md` is tested against it.

use super::{ContentDescriptor, MethodObject, Word, fields, reference, words};

/// Every method: what it does, takes, answers, and asks of an API token.
pub fn table() -> String {
    let rows = reference().methods.iter().map(|method| {
        let MethodObject { name, summary, params, .. } = method;
        format!("| `{name}` | {summary} | {} | {} | {} |\n", listed(params), result(method), token(method.needs))
    });
    let head = "| method | what it does | params | result | API token |\n| --- | --- | --- | --- | --- |\n";
    std::iter::once(head.to_owned()).chain(rows).collect()
}

/// Names as code; a question mark stands after those that may be left out.
fn listed(fields: &[ContentDescriptor]) -> String {
    if fields.is_empty() {
        return "none".into();
    }
    let names = fields.iter().map(|field| format!("`{}{}`", field.name, if field.required { "" } else { "?" }));
    names.collect::<Vec<_>>().join(", ")
}

fn result(method: &MethodObject) -> String {
    let fields = fields(&method.result.schema);
    if !fields.is_empty() {
        return listed(&fields);
    }
    let texts = words(&method.result.schema).into_iter().map(|word| match word {
        Word::Plain(text) | Word::Type(text) => text,
    });
    texts.collect()
}

/// What an API token needs, in words.
fn token(needs: &str) -> &str {
    match needs {
        "nothing" => "none or any",
        "session" => "sign in instead",
        scope => scope,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_lists_every_method() {
        let written = include_str!("../../../../docs/rpc.md");
        assert!(written.contains(&table()), "docs/rpc.md should hold what `tuku methods` prints:\n{}", table());
    }
}
