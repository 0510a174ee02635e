//! The built site: where it is, and the names its files have in this release.

use crate::Settings;
use app::Assets;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// What cargo-leptos put into the names of the files in `pkg`, as `kind: hash` lines. For the program alone: it lies in
/// the site's folder so that it is moved along, and is served to nobody.
pub(crate) const HASHES: &str = "hash.txt";

/// The folder with the built site, and addresses into it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) root: PathBuf,
    pub(crate) assets: Assets,
    /// Whether names carry a hash, so that what they name never changes.
    pub(crate) hashed: bool,
}

impl Site {
    /// Finds the site: as set, as cargo-leptos says while it runs the program, or beside the program.
    pub(crate) fn find(settings: &Settings) -> Option<Self> {
        let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_path_buf));
        let candidates = [
            settings.site_dir.0.clone(),
            std::env::var_os("LEPTOS_SITE_ROOT").map(PathBuf::from),
            beside.map(|folder| folder.join("site")),
            Some(PathBuf::from("target/site")),
        ];
        let root = candidates.into_iter().flatten().find(|root| root.join("pkg").is_dir())?;
        let hashes = std::fs::read_to_string(root.join(HASHES)).ok().map(|text| parse(&text));
        // Those of another build name nothing.
        let hashes = hashes.filter(|hashes| {
            hashes.get("css").is_some_and(|hash| root.join("pkg").join(format!("tuku.{hash}.css")).is_file())
        });
        let name = |kind: &str, plain: &str| match hashes.as_ref().and_then(|hashes| hashes.get(kind)) {
            Some(hash) => format!("/pkg/tuku.{hash}.{kind}"),
            None => format!("/pkg/{plain}"),
        };
        let plain_wasm = if root.join("pkg/tuku.wasm").is_file() { "tuku.wasm" } else { "tuku_bg.wasm" };
        // cargo-leptos sets these while it watches.
        let watched = std::env::var_os("LEPTOS_WATCH").is_some();
        let reload_port = std::env::var("LEPTOS_RELOAD_PORT").ok().and_then(|port| port.parse().ok());
        let assets = Assets {
            css: name("css", "tuku.css"),
            js: name("js", "tuku.js"),
            wasm: name("wasm", plain_wasm),
            reload_port: reload_port.filter(|_| watched),
        };
        Some(Self { hashed: hashes.is_some(), root, assets })
    }
}

/// Reads `kind: hash` lines.
fn parse(text: &str) -> HashMap<String, String> {
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.map(|(kind, hash)| (kind.trim().to_owned(), hash.trim().to_owned())).collect()
}
