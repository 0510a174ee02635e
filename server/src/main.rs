//! The program `tuku`: its command line.

use clap::{Parser, Subcommand};
use server::{Application, Settings};
use std::process::ExitCode;

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
    /// Print every SQL statement of the program as a JSON list
    #[command(hide = true)]
    Statements,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command.unwrap_or(Command::Serve)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tuku: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        Command::Serve => {
            let settings = Settings::load()?;
            server::log::start(&settings.log)?;
            Application::build(settings).await?.run_until_stopped().await?;
        }
        Command::Settings => print!("{}", Settings::load()?.listing()),
        Command::Statements => println!("{}", serde_json::to_string_pretty(&domain::statements())?),
    }
    Ok(())
}
