//! What every request passes.

pub(super) mod authentication;
pub(super) mod same_origin;
pub(super) mod security_headers;
pub(super) mod to_the_end;
