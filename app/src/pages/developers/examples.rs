//! How a method is called in three languages. `make test-openrpc` runs what stands here.

use crate::rpc::openrpc::MethodObject;
use serde_json::{Value, json};

/// A program that calls a method and prints the answer.
pub(super) struct Example {
    /// As tests know it.
    pub(super) language: &'static str,
    /// As people do.
    pub(super) title: &'static str,
    /// The program.
    pub(super) text: String,
}

/// What a call is signed in with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    Nothing,
    Token,
    Cookie,
}

/// The method's example in each language.
pub(super) fn examples(method: &MethodObject, endpoint: &str) -> [Example; 3] {
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": method.name, "params": method.example});
    let proof = match method.needs {
        "nothing" => Proof::Nothing,
        "session" => Proof::Cookie,
        _ => Proof::Token,
    };
    [
        Example { language: "curl", title: "curl", text: curl(&call, endpoint, proof) },
        Example { language: "javascript", title: "JavaScript", text: javascript(&call, endpoint, proof) },
        Example { language: "python", title: "Python", text: python(&call, endpoint, proof) },
    ]
}

fn curl(call: &Value, endpoint: &str, proof: Proof) -> String {
    let proof = match proof {
        Proof::Nothing => "",
        Proof::Token => "  -H \"Authorization: Bearer $TUKU_TOKEN\" \\\n",
        Proof::Cookie => "  -H \"Cookie: $TUKU_COOKIE\" \\\n",
    };
    // A shell's quoted text ends at the first quote: it is closed, and the quote stands between.
    let call = literal(call, &JSON, 0).replace('\'', "'\\''");
    format!("curl -s {endpoint} \\\n  -H 'Content-Type: application/json' \\\n{proof}  -d '{call}'")
}

fn javascript(call: &Value, endpoint: &str, proof: Proof) -> String {
    let proof = match proof {
        Proof::Nothing => "",
        Proof::Token => "    \"Authorization\": `Bearer ${process.env.TUKU_TOKEN}`,\n",
        Proof::Cookie => "    \"Cookie\": process.env.TUKU_COOKIE,\n",
    };
    let call = literal(call, &JSON, 1);
    format!(
        "const response = await fetch(\"{endpoint}\", {{\n  method: \"POST\",\n  headers: {{\n    \
         \"Content-Type\": \"application/json\",\n{proof}  }},\n  body: JSON.stringify({call}),\n}});\n\
         console.log(await response.text());"
    )
}

fn python(call: &Value, endpoint: &str, proof: Proof) -> String {
    let proof = match proof {
        Proof::Nothing => "",
        Proof::Token => "        \"Authorization\": \"Bearer \" + os.environ[\"TUKU_TOKEN\"],\n",
        Proof::Cookie => "        \"Cookie\": os.environ[\"TUKU_COOKIE\"],\n",
    };
    let call = literal(call, &PYTHON, 0);
    format!(
        "import json, os, urllib.request\n\ncall = {call}\nrequest = urllib.request.Request(\n    \"{endpoint}\",\n    \
         data=json.dumps(call).encode(),\n    headers={{\n        \"Content-Type\": \"application/json\",\n{proof}    \
         }},\n)\nwith urllib.request.urlopen(request) as answer:\n    print(answer.read().decode())"
    )
}

/// How a language writes what JSON calls true, false and null.
struct Names {
    yes: &'static str,
    no: &'static str,
    nothing: &'static str,
}

const JSON: Names = Names { yes: "true", no: "false", nothing: "null" };
const PYTHON: Names = Names { yes: "True", no: "False", nothing: "None" };

/// A value as it is written in a program, objects over several lines. Texts and numbers are written in Python and
/// in JavaScript as they are in JSON.
fn literal(value: &Value, names: &Names, depth: usize) -> String {
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    match value {
        Value::Bool(true) => names.yes.into(),
        Value::Bool(false) => names.no.into(),
        Value::Null => names.nothing.into(),
        Value::Array(values) => {
            let values: Vec<_> = values.iter().map(|value| literal(value, names, depth + 1)).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Object(fields) if fields.is_empty() => "{}".into(),
        Value::Object(fields) => {
            let lines = fields.iter().map(|(name, value)| {
                format!("{inner}{}: {}", Value::from(name.as_str()), literal(value, names, depth + 1))
            });
            format!("{{\n{}\n{outer}}}", lines.collect::<Vec<_>>().join(",\n"))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_as_the_language_does() {
        let value = json!({"a": [true, null], "b": {"c": "it’s \"so\""}, "d": {}});
        assert_eq!(
            literal(&value, &PYTHON, 0),
            "{\n  \"a\": [True, None],\n  \"b\": {\n    \"c\": \"it’s \\\"so\\\"\"\n  },\n  \"d\": {}\n}"
        );
        assert_eq!(serde_json::from_str::<Value>(&literal(&value, &JSON, 3)).unwrap(), value);
    }

    #[test]
    fn a_quote_does_not_end_what_the_shell_reads() {
        let text = curl(&json!({"content": "it's"}), "http://127.0.0.1:3000/api/rpc", Proof::Token);
        assert!(text.contains(r#""content": "it'\''s""#), "{text}");
    }
}
