//! Schemas in words, for people who read.

use super::type_name;
use serde_json::Value;

/// A piece of a type in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// As it stands.
    Plain(String),
    /// The name of a type that is told elsewhere.
    Type(String),
}

/// What a value of this schema is, as `list of ImageId` or `text or null`.
pub fn words(schema: &Value) -> Vec<Word> {
    if let Some(name) = type_name(schema) {
        return vec![Word::Type(name.to_owned())];
    }
    if let Some(values) = values(schema) {
        return vec![plain(&values.join(" or "))];
    }
    let list = |key: &str| schema.get(key).and_then(Value::as_array);
    if let Some(choices) = list("allOf").or(list("anyOf")).or(list("oneOf")) {
        return alternatives(choices.iter().map(words));
    }
    match schema.get("type") {
        Some(Value::Array(kinds)) => alternatives(kinds.iter().map(|kind| of_kind(kind, schema))),
        Some(kind) => of_kind(kind, schema),
        None => vec![plain("anything")],
    }
}

fn of_kind(kind: &Value, schema: &Value) -> Vec<Word> {
    match kind.as_str().unwrap_or_default() {
        "string" => vec![plain("text")],
        "integer" => vec![plain("whole number")],
        "boolean" => vec![plain("true or false")],
        "array" => {
            let inner = match schema.get("items") {
                Some(Value::Array(each)) => alternatives_by(" and ", each.iter().map(words)),
                Some(each) => words(each),
                None => vec![plain("anything")],
            };
            std::iter::once(plain("list of ")).chain(inner).collect()
        }
        other => vec![plain(other)],
    }
}

/// The texts a value is one of, in quotation marks.
fn values(schema: &Value) -> Option<Vec<String>> {
    let quoted = |value: &Value| value.as_str().map(|text| format!("“{text}”"));
    if let Some(only) = schema.get("const") {
        return Some(vec![quoted(only)?]);
    }
    match (schema.get("enum"), schema.get("oneOf")) {
        (Some(Value::Array(texts)), _) => texts.iter().map(quoted).collect(),
        (_, Some(Value::Array(choices))) => Some(choices.iter().map(values).collect::<Option<Vec<_>>>()?.concat()),
        _ => None,
    }
}

fn alternatives(each: impl Iterator<Item = Vec<Word>>) -> Vec<Word> {
    alternatives_by(" or ", each)
}

fn alternatives_by(between: &str, each: impl Iterator<Item = Vec<Word>>) -> Vec<Word> {
    let mut said = Vec::new();
    for words in each {
        if !said.is_empty() {
            said.push(plain(between));
        }
        said.extend(words);
    }
    said
}

fn plain(text: &str) -> Word {
    Word::Plain(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(schema: Value) -> String {
        let texts = words(&schema).into_iter().map(|word| match word {
            Word::Plain(text) => text,
            Word::Type(name) => format!("[{name}]"),
        });
        texts.collect()
    }

    #[test]
    fn a_schema_is_told_in_a_few_words() {
        let picture = json!({"$ref": "#/components/schemas/ImageId"});
        assert_eq!(said(json!({"type": "array", "items": picture})), "list of [ImageId]");
        assert_eq!(said(json!({"anyOf": [picture, {"type": "null"}]})), "[ImageId] or null");
        assert_eq!(said(json!({"type": ["integer", "null"]})), "whole number or null");
        assert_eq!(said(json!({"allOf": [picture], "default": "a"})), "[ImageId]");
        assert_eq!(said(json!({"type": "string", "enum": ["open", "closed"]})), "“open” or “closed”");
        assert_eq!(said(json!({"oneOf": [{"const": "read"}, {"const": "social"}]})), "“read” or “social”");
        assert_eq!(
            said(json!({"type": "array", "items": [{"type": "string"}, picture]})),
            "list of text and [ImageId]"
        );
        assert_eq!(said(json!({})), "anything");
    }
}
