//! `rpc.discover`: what methods there are, told by the site itself.

use super::error::RpcError;
#[cfg(feature = "ssr")]
use super::{caller::Caller, openrpc};
use leptos::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;

/// An OpenRPC document (https://spec.open-rpc.org), version 1.3.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OpenRpc(pub Value);

impl JsonSchema for OpenRpc {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("OpenRpc")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "An OpenRPC document, version 1.3: https://spec.open-rpc.org",
            "required": ["openrpc", "info", "methods"],
        })
    }
}

/// `rpc.discover`: describes every method, with the schemas of params and results, as an OpenRPC document.
#[server(prefix = "/api/rpc", endpoint = "rpc.discover", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn rpc_discover() -> Result<OpenRpc, RpcError> {
    let caller = Caller::current();
    Ok(OpenRpc(openrpc::document(&caller)))
}
