//! Where the built style sheet and islands are served.

/// Addresses under `/pkg`, with hashed names in a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The islands' JavaScript glue.
    pub js: String,
    /// The islands' WebAssembly.
    pub wasm: String,
    /// While someone edits: the port on which cargo-leptos says what was built again.
    pub reload_port: Option<u16>,
}
