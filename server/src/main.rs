//! The program `tuku`: its command line.

mod memory;

use clap::{Parser, Subcommand};
use server::{Application, Settings};
use std::{error::Error, process::ExitCode};

/// A self-hosted gallery and image host.
#[derive(Parser)]
#[command(name = "tuku", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site (the default)
    Serve,
    /// List every setting: its name, what it is now, and what it is for
    Settings,
    /// Make a new key for signing sessions, for the next start; nobody is signed out
    RotateKeys,
    /// Print every SQL statement of the program as a JSON list
    #[command(hide = true)]
    Statements,
    /// Print the methods as the table of docs/rpc.md
    #[command(hide = true)]
    Methods,
    /// Decode and encode pictures for the program that started this one
    #[command(name = imaging_workers::ARGUMENT, hide = true)]
    ImagingWorker,
}

fn main() -> ExitCode {
    memory::give_back_large_blocks();
    match run(Arguments::parse().command.unwrap_or(Command::Serve)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tuku: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Serve => tokio::runtime::Runtime::new()?.block_on(serve())?,
        // Without the runtime: it has one thread.
        Command::ImagingWorker => imaging_workers::serve()?,
        Command::Settings => print!("{}", Settings::load()?.listing()),
        Command::RotateKeys => {
            let data = Settings::load()?.data_dir;
            let kept = server::rotate_keys(&data)
                .map_err(|error| format!("the secrets in {} cannot be changed: {error}", data.display()))?;
            println!("A new signing key is there. Running programs take it at their next start: restart them soon.");
            println!("Nobody is signed out: sessions signed by the {kept} key(s) before it still count.");
        }
        Command::Methods => print!("{}", app::rpc::openrpc::table()),
        Command::Statements => println!("{}", serde_json::to_string_pretty(&domain::statements())?),
    }
    Ok(())
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let settings = Settings::load()?;
    server::log::start(&settings.log)?;
    Application::build(settings).await?.run_until_stopped().await?;
    Ok(())
}
