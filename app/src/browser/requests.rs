//! Asking the server: methods, which answer JSON, and pages.
//!
//! Not by the client halves that Leptos makes of the server functions: those, with the code to write and read each
//! method's types, weigh more than all islands together. A method is sent what its plain form would send.

use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{DomParser, Element, RequestCache, RequestInit, Response, SupportedType, UrlSearchParams};

/// What is told when there was no answer.
pub(crate) const UNREACHABLE: &str = "The server could not be reached. Check the connection and try again.";

/// What a method answered, read field by field. What is not there is empty, 0 or false.
pub(crate) struct Answer(JsValue);

impl Answer {
    fn get(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or_default()
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).as_string().unwrap_or_default()
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> u64 {
        self.get(name).as_f64().unwrap_or_default() as u64
    }

    /// Yes or no.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).as_bool().unwrap_or_default()
    }

    /// The objects of a list.
    fn list(&self, name: &str) -> Vec<Answer> {
        let list = self.get(name).dyn_into::<Array>();
        list.map(|list| list.iter().map(Answer).collect()).unwrap_or_default()
    }
}

/// Why a method said no.
pub(crate) struct Refusal {
    /// Says what to do.
    pub(crate) message: String,
    /// The fields that need mending, each with the reason.
    pub(crate) fields: Vec<(String, String)>,
    /// Whether it is only for whoever is signed in.
    pub(crate) is_for_members: bool,
}

impl Refusal {
    fn read(answer: &Answer) -> Self {
        let message = answer.text("message");
        let fields = answer.list("fields");
        Self {
            // Whatever stands between may answer in its own words.
            message: if message.is_empty() { UNREACHABLE.to_owned() } else { message },
            fields: fields.iter().map(|problem| (problem.text("field"), problem.text("reason"))).collect(),
            is_for_members: answer.text("code") == "unauthenticated",
        }
    }
}

/// Params by their names.
pub(crate) fn params(named: &[(&str, &str)]) -> UrlSearchParams {
    let params = UrlSearchParams::new().unwrap_throw();
    for (name, value) in named {
        params.append(name, value);
    }
    params
}

/// Calls a method at its own address.
pub(crate) async fn call(method: &str, params: &UrlSearchParams) -> Result<Answer, Refusal> {
    let answered = send(&format!("/api/rpc/{method}"), Some(params), "application/json").await;
    let (worked, text) = answered.unwrap_or_default();
    let answer = Answer(JSON::parse(&text).unwrap_or_default());
    if worked { Ok(answer) } else { Err(Refusal::read(&answer)) }
}

/// A page, or the page that answers a form; and whether it is the one that was asked for. `None` if nothing came.
pub(crate) async fn page(address: &str, form: Option<&UrlSearchParams>) -> Option<(bool, Element)> {
    let (worked, html) = send(address, form, "text/html").await?;
    let page = DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()?;
    Some((worked, page.document_element()?))
}

/// The text of an answer, and whether it is a good one from the address that was asked.
async fn send(address: &str, form: Option<&UrlSearchParams>, accept: &str) -> Option<(bool, String)> {
    let headers = Object::new();
    _ = Reflect::set(&headers, &JsValue::from_str("accept"), &JsValue::from_str(accept));
    let init = RequestInit::new();
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    if let Some(form) = form {
        init.set_method("POST");
        init.set_body(form);
    }
    let response = window().fetch_with_str_and_init(address, &init).await.ok()?;
    let response: Response = response.unchecked_into();
    let text = response.text().ok()?.await.ok()?.as_string()?;
    Some((response.ok() && !response.redirected(), text))
}
