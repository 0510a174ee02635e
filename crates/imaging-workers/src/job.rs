//! What a worker is asked to do, and what comes of it.

use imaging::{Probe, Recipe, Refusal};
use serde::{Deserialize, Serialize};
use std::io;

/// What is to be done with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job {
    /// To look into an upload.
    Inspect,
    /// To draw it by a recipe.
    Render(Recipe),
    /// To take everything out of it but the picture.
    Strip,
}

/// What an upload turned out to be. All of it was decoded, so it is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// What its header tells.
    pub probe: Probe,
    /// Its mean colour: red, green, blue.
    pub colour: [u8; 3],
}

/// Why a job came to nothing.
#[derive(Debug)]
pub enum Failure {
    /// The picture is not taken, or no worker could open it: [`Refusal::TooSlow`], [`Refusal::Crashed`].
    Refused(Refusal),
    /// No worker could be had, or it was ended from outside. The picture has nothing to do with it: it may be tried
    /// again.
    Broken(io::Error),
}
