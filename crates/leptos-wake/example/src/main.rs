//! Writes the example as files into a folder: `leptos-wake-example FOLDER`. What wasm-bindgen makes of the library goes
//! into `FOLDER/pkg`.

use leptos_wake::{LOADER, LOADER_NAME};
use leptos_wake_example::pages;
use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("name the folder to write the example to"));
    };
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(LOADER_NAME), LOADER)?;
    fs::write(folder.join("example.css"), include_str!("example.css"))?;
    for (name, content) in pages::PAGES {
        fs::write(folder.join(format!("{name}.html")), pages::html(name, content))?;
    }
    Ok(())
}
