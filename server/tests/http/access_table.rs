//! Who may call and see what: every method and every address that is read, by every caller, for things that are
//! public, private, shared by link, and missing.
//!
//! The tables say what is answered; they follow the rule, not the code. What a caller may not see is answered like
//! what is missing, byte for byte.

#[path = "access_table/callers.rs"]
mod callers;
#[path = "access_table/making.rs"]
mod making;
#[path = "access_table/methods.rs"]
mod methods;
#[path = "access_table/paths.rs"]
mod paths;
#[path = "access_table/table.rs"]
mod table;
#[path = "access_table/things.rs"]
mod things;
#[path = "access_table/world.rs"]
mod world;

use crate::site;
use domain::Needs;
use methods::METHODS;
use model::Scope;
use paths::PATHS;
use std::collections::BTreeSet;
use table::{Row, Told, differences, rows};
use world::World;

/// Asks everything of a table, and tells all that was answered otherwise.
#[tokio::test]
async fn every_method_answers_each_caller_by_the_table() {
    let mut world = World::new().await;
    let mut found = Vec::new();
    for row in rows(METHODS) {
        let method = methods::method(row.name);
        for (caller, word) in row.cells() {
            let mut told = Vec::new();
            for &kind in row.kinds() {
                let who = methods::credentials(method, caller, &mut world).await;
                let params = methods::params(row.name, kind, caller, &world);
                let answer = world.call(&who, method, &params).await;
                let letter = methods::letter(row.name, &answer, world.thing(kind));
                let answer = answer.without(world.thing(kind));
                told.push(Told { kind, asked: params.to_string(), letter, answer });
                if let Some(part) = methods::used_up(method).filter(|_| letter == 'o') {
                    world.renew(part, kind).await;
                }
            }
            found.extend(differences(&row, caller, word, &told));
        }
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

#[tokio::test]
async fn every_address_answers_each_caller_by_the_table() {
    let mut world = World::new().await;
    let mut found = Vec::new();
    for row in rows(PATHS) {
        for (caller, word) in row.cells() {
            let who = world.credentials(caller, Needs::Scope(Scope::Read), row.name == "/admin").await;
            let mut told = Vec::new();
            for &kind in row.kinds() {
                let asked = paths::address(row.name, kind, &world);
                let answer = world.get(&who, &asked, row.name.ends_with("#known")).await;
                let letter = paths::letter(row.name, &answer, world.thing(kind));
                told.push(Told { kind, asked, letter, answer: answer.without(world.thing(kind)) });
            }
            found.extend(differences(&row, caller, word, &told));
        }
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_tables_tell_nobody_of_what_they_may_not_see() {
    for row in [rows(METHODS), rows(PATHS)].iter().flatten() {
        for (caller, word) in row.cells().filter(|_| row.kinds().len() == 4) {
            let missing = word.chars().last();
            for (&kind, letter) in row.kinds().iter().zip(word.chars()).filter(|(kind, _)| !caller.may_see(**kind)) {
                assert_eq!(Some(letter), missing, "{}, {}, {kind:?}", row.name, caller.head());
            }
        }
    }
}

#[test]
fn every_method_has_a_row_and_every_row_a_method() {
    let there: BTreeSet<_> = app::rpc::methods().iter().map(|method| method.name).collect();
    let told: BTreeSet<_> = rows(METHODS).iter().map(|row| methods::method(row.name)).collect();
    let alone: Vec<_> = there.symmetric_difference(&told).collect();
    assert!(alone.is_empty(), "on one side alone: {alone:?}");
}

#[test]
fn every_route_has_a_row() {
    let pages = include_str!("../../../app/src/pages/mod.rs").split("path!(\"").skip(1);
    let others = include_str!("../../src/http/mod.rs").split(".route(\"").skip(1);
    let rows = rows(PATHS);
    for route in pages.chain(others).filter_map(|text| text.split('"').next()) {
        // A name in the route stands for any: the row begins like it.
        let begins = route.split([':', '{']).next().unwrap_or(route);
        let has = |row: &Row| match begins == route {
            true => paths::path(row.name) == route,
            false => row.name.starts_with(begins),
        };
        assert!(rows.iter().any(has), "{route} has no row");
    }
}
