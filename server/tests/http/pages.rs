//! The pages of members and admins by plain forms, as a browser without script uses them.

mod account;
mod admin;
mod pictures;

use crate::site::Person;
use reqwest::{StatusCode, header};
use serde_json::Value;

/// Where a form that worked sends the browser.
async fn sent(person: &Person, path: &str, method: &str, fields: &[(&str, &str)]) -> String {
    let response = person.submit(path, method, fields).await;
    let (status, place) = (response.status(), response.headers().get(header::LOCATION).cloned());
    assert_eq!(status, StatusCode::SEE_OTHER, "{method}: {}", response.text().await.unwrap());
    place.unwrap().to_str().unwrap().to_owned()
}

/// The page that a refused form is shown on again.
async fn refused(person: &Person, path: &str, method: &str, fields: &[(&str, &str)]) -> String {
    let response = person.submit(path, method, fields).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{method}");
    response.text().await.unwrap()
}

/// What a form's page shows this once, in the field to copy it from.
async fn shown_once(person: &Person, path: &str, method: &str, fields: &[(&str, &str)]) -> String {
    assert!(person.page(path).await.contains("name=\"_show\""), "{path} has such a form");
    let response = person.submit(path, method, &[fields, &[("_show", "true")]].concat()).await;
    assert_eq!(response.status(), StatusCode::OK, "{method}");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{method}");
    let page = response.text().await.unwrap();
    let (_, field) = page.split_once("id=\"shown-once\"").unwrap_or_else(|| panic!("{method} shows nothing"));
    let (_, value) = field.split_once(" value=\"").unwrap();
    let shown = value.split('"').next().unwrap().to_owned();
    assert!(!person.page(path).await.contains(&shown), "{method} shows it once");
    shown
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}
