//! What is wrong with an input, field by field, in words for the person who typed it.

use serde::{Deserialize, Serialize};

/// One field and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name as the RPC contract spells it, e.g. `email`.
    pub field: String,
    /// A sentence that says what to do.
    pub reason: String,
}

/// All that is wrong with an input; never empty when returned as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Invalid(pub Vec<FieldProblem>);

impl Invalid {
    /// One problem.
    pub fn field(field: &str, reason: impl Into<String>) -> Self {
        Self(vec![FieldProblem { field: field.into(), reason: reason.into() }])
    }

    /// Adds a problem, if there is one.
    #[must_use]
    pub fn and(mut self, field: &str, reason: Option<impl Into<String>>) -> Self {
        self.0.extend(reason.map(|reason| FieldProblem { field: field.into(), reason: reason.into() }));
        self
    }

    /// What is wrong with `field`, if anything.
    pub fn reason(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.reason.as_str())
    }
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(&problem.reason)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}
