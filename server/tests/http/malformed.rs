//! Every method with params that nobody should send: each is refused by name, and none breaks anything.

use crate::site::{Person, Site};
use app::rpc::openrpc::{ContentDescriptor, MethodObject, reference};
use serde_json::{Value, json};

/// Texts that programs have stumbled over.
const ODD: [&str; 8] = [
    "\0",
    "a\0b",
    "\u{7}\u{1b}[31m",
    "\u{202e}gnp.exe",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "e\u{301}\u{301}\u{301}",
    "\u{feff}\u{200b}",
    "'; DROP TABLE images; --",
];

/// One call that is wrong somewhere.
struct Wrong {
    params: Value,
    /// The param that must be named, where nothing but a refusal is right.
    field: Option<String>,
}

/// The example with one param put in another's place.
fn with(method: &MethodObject, param: &str, value: Value) -> Value {
    let mut params = method.example.clone();
    params[param] = value;
    params
}

fn wrong_calls(method: &MethodObject) -> Vec<Wrong> {
    let mut calls = vec![Wrong { params: with(method, "unheardOf", json!(1)), field: Some("unheardOf".into()) }];
    for param in &method.params {
        let name = &param.name;
        let mut refused = |params| calls.push(Wrong { params, field: Some(name.clone()) });
        if param.required {
            let mut params = method.example.clone();
            params.as_object_mut().unwrap().remove(name);
            refused(params);
            refused(with(method, name, Value::Null));
        }
        for value in of_another_type(param) {
            refused(with(method, name, value));
        }
        if !param.required {
            calls.push(Wrong { params: with(method, name, Value::Null), field: None });
        }
        if param.schema.to_string().contains(r#""integer""#) {
            let extremes = [json!(0), json!(i64::MAX), json!(u64::MAX)];
            calls.extend(extremes.map(|value| Wrong { params: with(method, name, value), field: None }));
        }
        let texts = ODD.iter().map(|odd| odd.to_string()).chain(["海".repeat(200_000 / 3), "x".repeat(200_000)]);
        for text in texts {
            let value = if is_list(param) { json!([text]) } else { json!(text) };
            // An id is letters and digits: nothing else can name a thing.
            let field = is_id(param).then(|| name.clone());
            calls.push(Wrong { params: with(method, name, value), field });
        }
    }
    calls
}

fn is_list(param: &ContentDescriptor) -> bool {
    param.schema.to_string().contains(r#""array""#)
}

fn is_id(param: &ContentDescriptor) -> bool {
    param.schema.to_string().contains(r#"Id""#)
}

/// Values that no param of this type takes.
fn of_another_type(param: &ContentDescriptor) -> Vec<Value> {
    let schema = param.schema.to_string();
    if is_list(param) {
        vec![json!("x"), json!(7), json!({"a": 1}), json!([{}]), json!([[]])]
    } else if schema.contains(r#""integer""#) {
        vec![json!("7"), json!(-1), json!(1.5), json!(1e300), json!([1]), json!(true)]
    } else if schema.contains(r#""boolean""#) {
        vec![json!("true"), json!(1), json!({})]
    } else {
        vec![json!(7), json!(true), json!(["x"]), json!({"a": "b"})]
    }
}

/// Calls, and holds the answer against what may be.
async fn tried(person: &Person, method: &MethodObject, wrong: &Wrong) {
    let call = json!({"jsonrpc": "2.0", "method": method.name, "params": wrong.params, "id": 1});
    let response = person.client.post(person.address("/api/rpc")).json(&call).send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let shown = |text: &str| text.chars().take(300).collect::<String>();
    let context = || format!("{} {}: {status} {}", method.name, shown(&wrong.params.to_string()), shown(&text));
    let answer: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}", context()));
    assert!([200, 401, 403, 429].contains(&status), "{}", context());
    let error = &answer["error"];
    if let Some(field) = &wrong.field {
        assert_eq!((&error["code"], &error["data"]["code"]), (&json!(-32602), &json!("invalid")), "{}", context());
        let fields = error["data"]["fields"].as_array().unwrap_or_else(|| panic!("{}", context()));
        assert!(fields.iter().any(|problem| problem["field"] == **field), "{}", context());
    }
    if error.is_object() {
        let number = error["code"].as_i64().unwrap();
        assert!([-32602, -32001, -32003, -32004, -32009, -32029].contains(&number), "{}", context());
        assert!(text.len() < 4_000, "what was sent is not sent back whole: {}", context());
    }
}

#[tokio::test]
async fn no_method_breaks_over_what_it_is_given() {
    let site = Site::start().await;
    let (visitor, member) = (site.visitor(), site.member("ann").await);
    for method in &reference().methods {
        for wrong in wrong_calls(method) {
            tried(&visitor, method, &wrong).await;
            tried(&member, method, &wrong).await;
        }
    }
    let alive = site.visitor().call("gallery.listPublic", json!({})).await;
    assert!(alive["result"].is_object(), "{alive}");
}

#[tokio::test]
async fn half_a_character_is_not_json() {
    let site = Site::start().await;
    let person = site.visitor();
    for method in &reference().methods {
        for half in [r#""\ud800""#, r#""\udfff""#, "\"\u{fffd}\\ud83d\""] {
            let body = format!(r#"{{"jsonrpc":"2.0","method":"{}","params":{{"a":{half}}},"id":1}}"#, method.name);
            let response = person.client.post(person.address("/api/rpc")).body(body).send().await.unwrap();
            assert_eq!(response.status(), 400, "{}", method.name);
            assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], -32700);
        }
        let bytes = [&br#"{"jsonrpc":"2.0","method":""#[..], method.name.as_bytes(), &b"\xff\"}"[..]].concat();
        let response = person.client.post(person.address("/api/rpc")).body(bytes).send().await.unwrap();
        assert_eq!(response.status(), 400);
    }
}

#[tokio::test]
async fn a_method_s_own_address_breaks_as_little() {
    let site = Site::start().await;
    let (visitor, member) = (site.visitor(), site.member("ann").await);
    for method in &reference().methods {
        for person in [&visitor, &member] {
            let bodies = method.params.iter().flat_map(|param| {
                let values = ["", "%00", "%FF%FE", "%ED%A0%80", "true", "-1", "[]", "%F0%9F%91%A9", "%zz"];
                values.map(|value| format!("{0}={value}&{0}[]={value}", param.name))
            });
            for body in bodies.chain(["".into(), "=".into(), "a[b][c]=1&a=2".into(), "&&&".into()]) {
                let address = person.address(&format!("/api/rpc/{}", method.name));
                let form = "application/x-www-form-urlencoded";
                let call = person.client.post(address).header("content-type", form).body(body.clone());
                let status = call.send().await.unwrap().status().as_u16();
                assert!(status < 500, "{} {body}: {status}", method.name);
            }
        }
    }
}
