//! A field for a size, typed in a larger unit than bytes.

use super::TextField;
use leptos::prelude::*;

/// A field for a size. Hidden fields beside it tell the server what is meant: `_unit.…` how many bytes one of what is
/// typed has, `_empty.…` what an empty field stands for.
#[component]
pub fn SizeField(
    /// Stands above the field and names it, with its unit.
    #[prop(into)]
    label: String,
    /// As the form sends it.
    name: &'static str,
    /// Its id, where other forms of the page have a field of this name too.
    #[prop(default = None)]
    id: Option<String>,
    /// Bytes: a megabyte or a gigabyte.
    unit: u64,
    /// What stands in it.
    value: String,
    /// The bytes that an empty field stands for; if absent, it is as if there were no such field.
    #[prop(default = None)]
    empty: Option<u64>,
    /// What is wrong with it, in words.
    #[prop(default = None)]
    error: Option<String>,
    /// What to know before typing.
    #[prop(default = None)]
    hint: Option<&'static str>,
) -> impl IntoView {
    view! {
        <input type="hidden" name=format!("_unit.{name}") value=unit.to_string()/>
        {empty
            .map(|bytes| view! { <input type="hidden" name=format!("_empty.{name}") value=bytes.to_string()/> })}
        <TextField label=label name=name id=id value=value error=error hint=hint/>
    }
}
