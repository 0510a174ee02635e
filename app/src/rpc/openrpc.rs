//! What the methods are, gathered from their list and their types: the OpenRPC document (https://spec.open-rpc.org,
//! version 1.3), which `/developers` and `docs/rpc.md` are made of too.

mod table;
mod words;

pub use table::table;
pub use words::{Word, words};

use super::{Caller, ERROR_KINDS, Method, methods};
use domain::Needs;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, transform::RecursiveTransform};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use url::Url;

/// Where schemas that have a name stand in the document.
const SCHEMAS: &str = "/components/schemas";

/// What is told of the methods, whoever asks.
#[derive(Debug, Serialize)]
pub struct Reference {
    /// By name.
    pub methods: Vec<MethodObject>,
    /// What methods refer to.
    pub components: Components,
}

/// What methods refer to, by name.
#[derive(Debug, Serialize)]
pub struct Components {
    /// Schemas of the types.
    pub schemas: Map<String, Value>,
    /// Error objects.
    pub errors: Map<String, Value>,
}

/// A method (OpenRPC, Method Object).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodObject {
    /// As `gallery.create`.
    pub name: &'static str,
    /// One: what it is about, as `gallery`.
    pub tags: [Tag; 1],
    /// The first sentence of the description.
    pub summary: String,
    /// What it does.
    pub description: String,
    /// Always by name.
    pub param_structure: &'static str,
    /// Those required first.
    pub params: Vec<ContentDescriptor>,
    /// What it answers.
    pub result: ContentDescriptor,
    /// References to the errors it may answer with.
    pub errors: Vec<Value>,
    /// What an API token needs: `nothing`, a scope, or `session` where tokens are refused.
    #[serde(rename = "x-needs")]
    pub needs: &'static str,
    /// Params as someone may give them. An example of OpenRPC's own without a result would be one of a notification.
    #[serde(rename = "x-example")]
    pub example: Value,
}

/// What a method is about.
#[derive(Debug, Serialize)]
pub struct Tag {
    /// As `gallery`.
    pub name: &'static str,
}

/// A param or a result (OpenRPC, Content Descriptor Object).
#[derive(Debug, Serialize)]
pub struct ContentDescriptor {
    /// The param's name, or the result's type.
    pub name: String,
    /// What it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Whether it must be given.
    pub required: bool,
    /// What it may be.
    pub schema: Value,
}

impl MethodObject {
    /// What the method is about.
    pub fn resource(&self) -> &'static str {
        self.tags[0].name
    }

    fn of(method: &Method, taken: &mut SchemaGenerator, answered: &mut SchemaGenerator) -> Self {
        let params = (method.params)(taken);
        let description = own_words(method, &params);
        let result = (method.result)(answered);
        Self {
            name: method.name,
            tags: [Tag { name: method.name.split_once('.').map_or(method.name, |(resource, _)| resource) }],
            summary: first_sentence(&description).to_owned(),
            description,
            param_structure: "by-name",
            params: descriptors(params, taken),
            result: ContentDescriptor {
                name: type_name(result.as_value()).unwrap_or("result").to_owned(),
                description: String::new(),
                required: true,
                schema: ready(result, answered),
            },
            errors: ERROR_KINDS.map(|kind| json!({"$ref": format!("#/components/errors/{}", kind.code)})).to_vec(),
            needs: match method.needs {
                Needs::Nothing => "nothing",
                Needs::Scope(scope) => scope.as_str(),
                Needs::Session => "session",
            },
            example: serde_json::from_str(method.example).unwrap_or_default(),
        }
    }
}

/// What is told of the methods.
pub fn reference() -> &'static Reference {
    static REFERENCE: LazyLock<Reference> = LazyLock::new(|| {
        let (methods, mut schemas, answered) = gather();
        schemas.extend(answered);
        let errors = ERROR_KINDS.iter().map(|kind| {
            let error = json!({"code": kind.number, "message": kind.meaning, "data": {"code": kind.code}});
            (kind.code.to_owned(), error)
        });
        Reference { methods, components: Components { schemas, errors: errors.collect() } }
    });
    &REFERENCE
}

/// The methods, and the named schemas of params and of results. A type that is both reads as it is written; a test
/// holds them against each other.
fn gather() -> (Vec<MethodObject>, Map<String, Value>, Map<String, Value>) {
    let settings = || {
        let draft = SchemaSettings::draft07().with_transform(RecursiveTransform(tidy));
        draft.with(|settings| settings.definitions_path = SCHEMAS.into())
    };
    let mut taken = settings().for_deserialize().into_generator();
    let mut answered = settings().for_serialize().into_generator();
    let methods = methods().iter().map(|method| MethodObject::of(method, &mut taken, &mut answered)).collect();
    (methods, taken.take_definitions(true), answered.take_definitions(true))
}

/// The OpenRPC document of this site.
pub fn document(caller: &Caller) -> Value {
    let Reference { methods, components } = reference();
    let title = caller.library.settings().title.clone();
    json!({
        "openrpc": "1.3.2",
        "info": { "title": title, "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT OR Apache-2.0" } },
        "servers": [{ "name": title, "url": endpoint(&caller.origin) }],
        "methods": methods,
        "components": components,
    })
}

/// Where every method is called.
pub fn endpoint(origin: &Url) -> String {
    format!("{}/api/rpc", origin.as_str().trim_end_matches('/'))
}

/// The params' schema, taken apart.
fn descriptors(params: Schema, generator: &mut SchemaGenerator) -> Vec<ContentDescriptor> {
    let each = properties(params.as_value()).into_iter().filter_map(|(name, required, schema)| {
        let mut schema = Schema::try_from(schema.clone()).ok()?;
        tidy(&mut schema);
        let description = schema.remove("description");
        if schema.get("default").is_some_and(Value::is_null) {
            schema.remove("default");
        }
        Some(ContentDescriptor {
            name: name.to_owned(),
            description: text(description.as_ref()),
            required,
            schema: ready(schema, generator),
        })
    });
    each.collect()
}

/// The properties of an object's schema, and whether each must be there: those that must, as they are declared, then
/// the others by name.
fn properties(schema: &Value) -> Vec<(&str, bool, &Value)> {
    let Some(all) = schema.get("properties").and_then(Value::as_object) else { return Vec::new() };
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let others = all.keys().map(String::as_str).filter(|name| !required.contains(name)).map(|name| (name, false));
    let names = required.iter().map(|name| (*name, true)).chain(others);
    names.filter_map(|(name, required)| Some((name, required, all.get(name)?))).collect()
}

/// The fields of what a schema describes: an object's own, or those of the type it refers to.
pub fn fields(schema: &Value) -> Vec<ContentDescriptor> {
    let named = type_name(schema).and_then(|name| reference().components.schemas.get(name));
    let each = properties(named.unwrap_or(schema)).into_iter().map(|(name, required, schema)| ContentDescriptor {
        name: name.to_owned(),
        description: text(schema.get("description")),
        required,
        schema: schema.clone(),
    });
    each.collect()
}

/// A schema in the words of the draft that OpenRPC takes.
fn ready(mut schema: Schema, generator: &mut SchemaGenerator) -> Value {
    for transform in generator.transforms_mut() {
        transform.transform(&mut schema);
    }
    schema.to_value()
}

/// The name of the type that a schema refers to.
fn type_name(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
}

/// What a method's doc comment says after its name, which stands there as in “`gallery.create`: makes a gallery”.
fn own_words(method: &Method, params: &Schema) -> String {
    let text = params.get("description").and_then(Value::as_str).unwrap_or_default();
    let said = text.split_once(&format!("`{}`: ", method.name)).map(|(_, said)| one_line(said)).unwrap_or_default();
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Descriptions are doc comments: one line each.
fn tidy(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = one_line(text);
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

/// A doc comment's words on one line, without its links into the code.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("[`", "`").replace("`]", "`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_reads_as_it_is_written() {
        let (_, taken, answered) = gather();
        for (name, schema) in &taken {
            assert!(answered.get(name).is_none_or(|other| other == schema), "{name} differs as param and as result");
        }
    }

    #[test]
    fn what_is_referred_to_is_there() {
        let text = serde_json::to_string(reference()).unwrap();
        let Components { schemas, errors } = &reference().components;
        for (at, _) in text.match_indices("#/components/") {
            let path = text[at + "#/components/".len()..].split('"').next().unwrap();
            let (kind, name) = path.split_once('/').unwrap();
            let there = if kind == "schemas" { schemas } else { errors };
            assert!(there.contains_key(name), "{path}");
        }
        assert!(!text.contains("#/$defs"), "every reference leads into the components");
    }

    #[test]
    fn params_come_with_those_required_first() {
        let method = reference().methods.iter().find(|method| method.name == "image.like").unwrap();
        let names: Vec<_> = method.params.iter().map(|param| (param.name.as_str(), param.required)).collect();
        assert_eq!(names, [("imageId", true), ("liked", true)]);
        assert_eq!(method.params[0].schema, json!({"$ref": "#/components/schemas/ImageId"}));
        assert_eq!((method.needs, method.result.name.as_str()), ("social", "Likes"));
    }
}
