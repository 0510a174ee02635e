//! A method as those need it who know it by name: what it takes and answers, who may call it, and how to run it.

use super::{RpcError, form_fields::meant};
use domain::{Needs, Topic, Viewer};
use model::{FieldProblem, Invalid};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use serde_path_to_error::Segment;
use server_fn::ServerFn;
use std::{collections::HashSet, future::Future, pin::Pin};

/// Where the methods have their own addresses.
pub const PREFIX: &str = "/api/rpc/";

/// The most problems told of one call.
const MOST_PROBLEMS: usize = 20;

/// The most characters repeated of what a client sent.
const MOST_REPEATED: usize = 160;

/// A method's answer as JSON text, to come.
pub type Answer = Pin<Box<dyn Future<Output = Result<String, RpcError>> + Send>>;

type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// A method that can be called by name.
pub struct Method {
    /// As `gallery.create`.
    pub name: &'static str,
    /// What it asks of an API token.
    pub needs: Needs,
    /// Params as someone may give them, as JSON text.
    pub example: &'static str,
    /// How its answers are kept, if they are.
    pub cached: Option<Cached>,
    /// The schema of its params: an object with a property each.
    pub params: SchemaOf,
    /// The schema of its result.
    pub result: SchemaOf,
    required: Vec<String>,
    known: Vec<String>,
    /// Those that may be left out and are no text: an empty field of a form is none of them.
    blanks: HashSet<String>,
    run_params: fn(Value) -> Result<Answer, Invalid>,
    run_form: fn(&str) -> Result<Answer, RpcError>,
}

/// The method that this server function is, with an example of its params.
pub(super) fn method<F>(needs: Needs, example: &'static str) -> Method
where
    F: ServerFn<Error = RpcError> + DeserializeOwned + JsonSchema + 'static,
    F::Output: Serialize + JsonSchema,
{
    let schema = F::json_schema(&mut SchemaSettings::draft07().into_generator());
    let names = |list: Option<&Value>| -> Vec<String> {
        match list {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Some(Value::Object(properties)) => properties.keys().cloned().collect(),
            _ => Vec::new(),
        }
    };
    Method {
        name: F::PATH.strip_prefix(PREFIX).unwrap_or(F::PATH),
        needs,
        example,
        cached: None,
        params: F::json_schema,
        result: |generator| generator.subschema_for::<F::Output>(),
        required: names(schema.get("required")),
        known: names(schema.get("properties")),
        blanks: blanks(&schema),
        run_params: |params| serde_path_to_error::deserialize(params).map(run::<F>).map_err(|error| misfit(&error)),
        run_form: |fields| read_form(fields).map(run::<F>),
    }
}

fn run<F>(params: F) -> Answer
where
    F: ServerFn<Error = RpcError> + 'static,
    F::Output: Serialize,
{
    Box::pin(async move {
        let output = params.run_body().await?;
        serde_json::to_string(&output).map_err(|error| {
            tracing::error!(%error, method = F::PATH, "an answer could not be written");
            RpcError::new("internal", "Something went wrong on the server.")
        })
    })
}

impl Method {
    /// The same method, with its answers kept for a while.
    pub(super) fn cached(self, cached: Cached) -> Self {
        Self { cached: Some(cached), ..self }
    }

    /// Calls it with named params. Params that do not fit are `invalid`, with the names of those that are wrong.
    pub fn call(&self, params: Value) -> Result<Answer, RpcError> {
        let Value::Object(named) = &params else {
            let message = format!("Params are named: give an object, as in {}.", self.example);
            return Err(RpcError::new("invalid", message));
        };
        self.names_fit(named).and_then(|()| (self.run_params)(params)).map_err(|invalid| RpcError {
            message: format!("The params do not fit {}: {invalid}", self.name),
            ..RpcError::from(invalid)
        })
    }

    /// Calls it with a form's fields, `application/x-www-form-urlencoded`. Fields it does not know are left alone.
    pub fn submit(&self, fields: &str) -> Result<Answer, RpcError> {
        (self.run_form)(&meant(fields, &self.blanks))
    }

    /// Whether all that is required is there, and nothing that is unknown.
    fn names_fit(&self, params: &Map<String, Value>) -> Result<(), Invalid> {
        let missing = self.required.iter().filter(|name| !params.contains_key(*name));
        let missing = missing.map(|name| (name.clone(), format!("{name} is missing.")));
        let unknown = params.keys().filter(|name| !self.known.contains(name)).map(|name| shortened(name));
        let unknown = unknown.map(|name| (name.clone(), format!("There is no param “{name}”.")));
        let problems = missing.chain(unknown).map(|(field, reason)| FieldProblem { field, reason });
        let problems: Vec<_> = problems.take(MOST_PROBLEMS).collect();
        if problems.is_empty() { Ok(()) } else { Err(Invalid(problems)) }
    }
}

/// The params that may be left out and are no text. An empty text is one: it takes the old one away.
fn blanks(schema: &Schema) -> HashSet<String> {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &String| required.is_some_and(|names| names.iter().any(|other| other == name));
    let is_text = |param: &Value| match &param["type"] {
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "string"),
        kind => kind == "string",
    };
    let params = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let blanks = params.filter(|(name, param)| !is_required(name) && !is_text(param));
    blanks.map(|(name, _)| name.clone()).collect()
}

/// What does not fit into a method's params, by the name of the param.
fn misfit(error: &serde_path_to_error::Error<serde_json::Error>) -> Invalid {
    let reason = shortened(&error.inner().to_string());
    Invalid::field(
        param(error.path()).unwrap_or("params"),
        format!("{}: {reason}.", shortened(&error.path().to_string())),
    )
}

/// The param that a path leads into.
fn param(path: &serde_path_to_error::Path) -> Option<&str> {
    match path.iter().next()? {
        Segment::Map { key } => Some(key),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_REPEATED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Reads a form as a browser sends it. What is wrong is told to the one who filled it in.
fn read_form<F: DeserializeOwned>(fields: &str) -> Result<F, RpcError> {
    let incomplete = || RpcError::new("invalid", "The form is not complete. Fill it in and try again.");
    let config = serde_qs::Config::new().use_form_encoding(true);
    let form = serde_qs::Deserializer::with_config(config, fields.as_bytes()).map_err(|_| incomplete())?;
    serde_path_to_error::deserialize(form).map_err(|error| match param(error.path()) {
        Some(field) => Invalid::field(field, "This does not fit here. Change it and try again.").into(),
        None => incomplete(),
    })
}

/// How a method's answers are kept, and until when: each shows some topics, and is dropped when one of them changes.
#[derive(Clone, Copy)]
pub struct Cached {
    topics: fn(&Value) -> Option<Vec<Topic>>,
    for_everyone: bool,
}

impl Cached {
    /// Everyone is answered alike, signed in or not.
    pub(super) const fn for_everyone(topics: fn(&Value) -> Option<Vec<Topic>>) -> Self {
        Self { topics, for_everyone: true }
    }

    /// Only those are answered alike who see just what everyone sees.
    pub(super) const fn for_visitors(topics: fn(&Value) -> Option<Vec<Topic>>) -> Self {
        Self { topics, for_everyone: false }
    }

    /// What the answer to these params shows; nothing if it is not to be kept, or this viewer not to be given it.
    pub fn topics(&self, viewer: &Viewer, params: &Value) -> Option<Vec<Topic>> {
        if self.for_everyone || viewer.is_anyone() { (self.topics)(params) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use crate::rpc::{RpcError, find};
    use serde_json::{Value, json};

    fn refused(params: Value) -> RpcError {
        find("image.like").unwrap().call(params).err().unwrap()
    }

    fn fields(error: &RpcError) -> Vec<&str> {
        error.fields.0.iter().map(|problem| problem.field.as_str()).collect()
    }

    #[test]
    fn params_that_do_not_fit_are_named() {
        for (params, wrong) in [
            (json!({}), &["imageId", "liked"][..]),
            (json!({"imageId": "a", "liked": true, "like": 1}), &["like"]),
            (json!({"imageId": "a/b", "liked": true}), &["imageId"]),
            (json!({"imageId": "a", "liked": "yes"}), &["liked"]),
            (json!({"imageId": null, "liked": true}), &["imageId"]),
        ] {
            let error = refused(params);
            assert_eq!((error.code.as_str(), fields(&error)), ("invalid", wrong.to_vec()), "{error}");
        }
        assert!(refused(json!(["a", true])).message.contains("named"));
    }

    #[test]
    fn what_is_repeated_of_a_call_is_short() {
        let error = refused(json!({"imageId": "a", "liked": "x".repeat(100_000), ("y".repeat(100_000)): 1}));
        assert!(error.message.len() < 1_000, "{}", error.message.len());
        let error = refused(json!({"imageId": "a", "liked": "x".repeat(100_000)}));
        assert!(error.message.len() < 1_000, "{}", error.message.len());
    }

    #[test]
    fn a_form_is_told_which_field_does_not_fit() {
        let like = find("image.like").unwrap();
        let error = like.submit("_method=image.like&imageId=a%2Fb&liked=true").err().unwrap();
        assert_eq!(fields(&error), ["imageId"]);
        assert!(like.submit("liked=true").err().unwrap().message.contains("not complete"));
        assert!(like.submit("_method=image.like&_next=%2F&imageId=a&liked=true").is_ok());
    }

    #[test]
    fn what_was_not_filled_in_is_left_out_unless_it_is_a_text() {
        let blanks = |method: &str| {
            let mut blanks: Vec<_> = find(method).unwrap().blanks.iter().map(String::as_str).collect();
            blanks.sort_unstable();
            blanks
        };
        assert_eq!(blanks("share.create"), ["expiresIn", "galleryId", "imageId"]);
        assert_eq!(blanks("settings.update"), ["comments", "defaultLanguage", "largestFile", "quota", "registration"]);
        assert_eq!(blanks("image.update"), ["tags"]);
        assert!(find("share.create").unwrap().submit("imageId=&galleryId=a&password=&expiresIn=").is_ok());
        assert!(find("user.logout").unwrap().submit("_method=user.logout").is_ok());
    }
}
