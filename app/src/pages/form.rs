//! What pages know of the forms in them.

pub use crate::components::HiddenMethod;
use crate::rpc::RpcError;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// A form of this page that was refused. In context only then.
#[derive(Clone, Debug)]
pub struct FormProblem {
    /// The method it called, as `comment.add`.
    pub method: String,
    /// Why it was refused.
    pub error: RpcError,
    /// What was typed, without passwords.
    pub values: Vec<(String, String)>,
}

/// What a form of this page was answered, where it is shown here. In context only then.
#[derive(Clone)]
pub struct FormAnswer {
    /// The method it called, as `token.create`.
    pub method: String,
    /// JSON text. It may hold what is told this once.
    pub answer: String,
}

impl FormAnswer {
    /// What this method has just answered, if the page was asked to show it.
    pub fn of<T: DeserializeOwned>(method: &str) -> Option<T> {
        let answered = use_context::<Self>().filter(|answered| answered.method == method)?;
        serde_json::from_str(&answered.answer).ok()
    }
}

/// One form of a page: what stands in its fields, and what is wrong with them.
#[derive(Clone, Debug)]
pub struct Form {
    refused: Option<FormProblem>,
}

impl Form {
    /// The form that calls this method.
    pub fn of(method: &str) -> Self {
        Self { refused: use_context::<FormProblem>().filter(|problem| problem.method == method) }
    }

    /// The form that calls this method for one thing, where the page has such a form for each of a list: the one with
    /// this value in the hidden field.
    pub fn of_one(method: &str, field: &str, value: &str) -> Self {
        let Self { refused } = Self::of(method);
        let about = |problem: &FormProblem| problem.values.iter().any(|(name, sent)| name == field && sent == value);
        Self { refused: refused.filter(about) }
    }

    /// What was typed into a field, or what stands in it at first.
    pub fn value(&self, field: &str, at_first: &str) -> String {
        self.typed(field).unwrap_or(at_first).to_owned()
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, field: &str, at_first: bool) -> bool {
        if self.refused.is_some() { self.typed(field) == Some("true") } else { at_first }
    }

    /// Every value chosen of several, or those chosen at first.
    pub fn values(&self, field: &str, at_first: &[&str]) -> Vec<String> {
        match &self.refused {
            Some(FormProblem { values, .. }) => {
                values.iter().filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
            }
            None => at_first.iter().map(|&value| value.to_owned()).collect(),
        }
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.refused.as_ref()?.error.fields.reason(field).map(str::to_owned)
    }

    /// What is wrong beyond the fields shown, for above the form.
    pub fn problem(&self, shown: &[&str]) -> Option<String> {
        let error = &self.refused.as_ref()?.error;
        if error.fields.0.is_empty() {
            return Some(error.message.clone());
        }
        let others = error.fields.0.iter().filter(|problem| !shown.contains(&problem.field.as_str()));
        let reasons: Vec<_> = others.map(|problem| problem.reason.as_str()).collect();
        (!reasons.is_empty()).then(|| reasons.join(" "))
    }

    /// Whether it was refused, so that a folded form is shown open.
    pub fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    fn typed(&self, field: &str) -> Option<&str> {
        let values = &self.refused.as_ref()?.values;
        values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Invalid;

    fn refused(error: RpcError) -> Form {
        let values = vec![("name".to_owned(), "Winter".to_owned())];
        Form { refused: Some(FormProblem { method: "gallery.create".into(), error, values }) }
    }

    #[test]
    fn a_refused_form_keeps_what_was_typed() {
        let form = refused(Invalid::field("name", "Too long.").into());
        assert_eq!(form.value("name", ""), "Winter");
        assert_eq!(form.value("description", "old"), "old");
        assert!(!form.ticked("isPublic", true), "an empty box is not sent");
        assert_eq!(form.values("name", &["Summer"]), ["Winter"]);
        assert!(form.values("scopes[]", &["read"]).is_empty(), "nothing was ticked");
        assert_eq!(Form { refused: None }.values("scopes[]", &["read"]), ["read"]);
    }

    #[test]
    fn a_problem_is_told_once_beside_its_field_or_above_the_form() {
        let form = refused(Invalid::field("name", "Too long.").into());
        assert_eq!(form.error("name").as_deref(), Some("Too long."));
        assert_eq!(form.problem(&["name"]), None);
        assert_eq!(form.problem(&["description"]).as_deref(), Some("Too long."));
        let form = refused(RpcError::new("forbidden", "Not yours."));
        assert_eq!(form.problem(&["name"]).as_deref(), Some("Not yours."));
        assert_eq!(Form { refused: None }.problem(&[]), None);
    }
}
