//! Uploading, where there is no browser: nothing happens.

use crate::islands::uploads::Queue;
use leptos::{html, prelude::NodeRef};

/// Does nothing.
pub(super) fn wake(_queue: Queue, _files: NodeRef<html::Input>, _gallery: NodeRef<html::Select>) {}

/// Does nothing.
pub(super) fn take_chosen(_queue: Queue, _files: NodeRef<html::Input>, _gallery: NodeRef<html::Select>) {}

/// Does nothing.
pub(super) fn take_chosen_or_ask(_queue: Queue, _files: NodeRef<html::Input>, _gallery: NodeRef<html::Select>) {}

/// Does nothing.
pub(super) fn retry(_queue: Queue, _id: u32) {}

/// Does nothing.
pub(super) fn cancel(_queue: Queue, _id: u32) {}
