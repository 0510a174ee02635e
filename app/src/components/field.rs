//! Fields to type in: the label above, the problem beside it in words.

use leptos::prelude::*;

/// The classes of a label above a field.
pub(crate) const LABEL: &str = "block font-medium";
/// The classes of what is typed in or chosen from.
pub(crate) const INPUT: &str = "block min-h-11 w-full rounded-control border border-edge bg-paper px-3 py-2 text-ink file:mr-3 file:cursor-pointer file:font-medium placeholder:text-muted aria-invalid:border-bad";
/// The classes of a problem's words. A place without any takes no gap.
pub(crate) const ERROR: &str = "text-sm text-bad empty:absolute";

/// What describes a field, as ids for `aria-describedby`.
fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-error {id}-hint")),
    }
}

/// A line below a field, found by its id.
fn line(id: String, class: &'static str, text: Option<String>) -> impl IntoView {
    text.map(|text| view! { <p id=id class=class>{text}</p> })
}

/// What is wrong with a field, or with the whole form: the place for it in forms that islands send.
#[component]
pub fn Problem(
    /// Found by it from the field's `aria-describedby`.
    #[prop(into)]
    id: String,
    /// The field, as the form sends it; empty for what is about no field.
    #[prop(optional)]
    field: &'static str,
    /// The sentence, if any.
    #[prop(default = None)]
    says: Option<String>,
) -> impl IntoView {
    view! {
        <p id=id role="alert" data-problem=field class=ERROR>
            {says}
        </p>
    }
}

/// A field of one line.
#[component]
pub fn TextField(
    /// Stands above the field and names it.
    #[prop(into)]
    label: String,
    /// As the form sends it.
    #[prop(into)]
    name: String,
    /// Its id, where other forms of the page have a field of this name too.
    #[prop(default = None)]
    id: Option<String>,
    /// `text`, `email` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// What is wrong with it, in words.
    #[prop(default = None)]
    error: Option<String>,
    /// What to know before typing.
    #[prop(default = None)]
    hint: Option<&'static str>,
    /// What a browser may fill in (HTML, 4.10.18.7.1).
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether it may stay empty.
    #[prop(optional)]
    required: bool,
    /// Whether an island may find something wrong with it.
    #[prop(optional)]
    live: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{}", name.trim_end_matches("[]")));
    let describedby = described_by(&id, hint.is_some(), live || error.is_some());
    let (error_id, field) = (format!("{id}-error"), name.clone());
    let invalid = error.is_some().then_some("true");
    let problem = match live {
        true => view! { <p id=error_id role="alert" data-problem=field class=ERROR>{error}</p> }.into_any(),
        false => line(error_id, ERROR, error).into_any(),
    };
    view! {
        <div class="grid gap-1">
            <label for=id.clone() class=LABEL>
                {label}
            </label>
            <input
                id=id.clone()
                type=kind
                name=name
                value=value
                autocomplete=autocomplete
                required=required
                aria-invalid=invalid
                aria-describedby=describedby
                class=INPUT
            />
            {problem}
            {line(format!("{id}-hint"), "text-sm text-muted", hint.map(str::to_owned))}
        </div>
    }
}

/// A field of several lines.
#[component]
pub fn TextArea(
    /// Stands above the field and names it.
    #[prop(into)]
    label: String,
    /// As the form sends it.
    #[prop(into)]
    name: String,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// What is wrong with it, in words.
    #[prop(default = None)]
    error: Option<String>,
    /// How many lines it shows at first.
    #[prop(default = 3)]
    rows: u32,
) -> impl IntoView {
    let id = format!("field-{name}");
    let describedby = described_by(&id, false, error.is_some());
    view! {
        <div class="grid gap-1">
            <label for=id.clone() class=LABEL>
                {label}
            </label>
            <textarea
                id=id.clone()
                name=name
                rows=rows
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=describedby
                class=INPUT
            >
                {value}
            </textarea>
            {line(format!("{id}-error"), ERROR, error)}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_described_by_what_is_there() {
        assert_eq!(described_by("a", false, false), None);
        assert_eq!(described_by("a", true, true).as_deref(), Some("a-error a-hint"));
    }
}
