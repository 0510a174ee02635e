//! What the fields of a plain form mean to the method they are sent to.

use crate::components::from_units;
use std::collections::{HashMap, HashSet};
use url::form_urlencoded::{Serializer, parse};

/// A form's fields as its method takes them, both url-encoded.
///
/// A field left empty is none where the method has a param of this name in `blanks`. Where the form says so, an empty
/// `quota` stands for what `_empty.quota` holds, and a number in it counts times `_unit.quota`. Fields that begin with
/// an underscore are about the form itself.
pub(super) fn meant(fields: &str, blanks: &HashSet<String>) -> String {
    let fields: Vec<_> = parse(fields.as_bytes()).collect();
    // Looked up rather than looked for: a form may have a few hundred thousand fields.
    let mut about: HashMap<&str, &str> = HashMap::new();
    for (name, value) in fields.iter().filter(|(name, _)| name.starts_with('_')) {
        about.entry(name).or_insert(value);
    }
    let said = |what: &str, name: &str| about.get(format!("{what}{name}").as_str()).copied();
    let mut meant = Serializer::new(String::new());
    for (name, typed) in fields.iter().filter(|(name, _)| !name.starts_with('_')) {
        let unit = said("_unit.", name).and_then(|unit| unit.parse().ok());
        let value = match (typed.trim().is_empty(), said("_empty.", name)) {
            (true, Some(instead)) => instead.to_owned(),
            (true, None) if blanks.contains(&**name) => continue,
            // What is no number is the method's to refuse.
            _ => unit.and_then(|unit| from_units(typed, unit)).map_or(typed.to_string(), |size| size.to_string()),
        };
        meant.append_pair(name, &value);
    }
    meant.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant_by(fields: &str) -> String {
        meant(fields, &["quota", "expiresIn"].map(str::to_owned).into())
    }

    #[test]
    fn an_empty_field_is_none_unless_the_param_is_a_text() {
        assert_eq!(meant_by("_method=a&quota=&title=&expiresIn=+&tags%5B%5D="), "title=&tags%5B%5D=");
    }

    #[test]
    fn a_size_is_meant_in_the_unit_of_its_field() {
        assert_eq!(meant_by("_unit.quota=1000000000&quota=1.5&largest=2"), "quota=1500000000&largest=2");
        assert_eq!(meant_by("_unit.quota=1000000000&_empty.quota=0&quota="), "quota=0");
        assert_eq!(meant_by("_unit.quota=1000000000&quota="), "");
        assert_eq!(meant_by("_unit.quota=1000000000&quota=many"), "quota=many");
        assert_eq!(meant_by("_unit.quota=none&quota=3"), "quota=3");
    }

    #[test]
    fn a_form_of_very_many_fields_is_read_as_quickly_as_it_is_long() {
        let begun = std::time::Instant::now();
        assert_eq!(meant_by(&"a&".repeat(300_000)).len(), "a=&".len() * 300_000 - 1);
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}
