//! `user.*`: accounts.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::{Credentials, Registration};
use model::{Registered, Success};

/// `user.register`: makes an account and signs it in. With `setupToken`, the one-time token printed at the first
/// start, the account is an admin.
#[server(prefix = "/api/rpc", endpoint = "user.register")]
pub async fn user_register(
    /// 2 to 32 letters, digits, `_` or `-`.
    username: String,
    /// The address to sign in with.
    email: String,
    /// 8 to 256 characters.
    password: String,
    /// The one-time token for the first admin.
    #[server(default)]
    #[server(rename = "setupToken")]
    setup_token: Option<String>,
) -> Result<Registered, RpcError> {
    let caller = Caller::current();
    let wish = Registration::parse(&username, &email, &password)?;
    let signed_in = caller.library.register(wish, setup_token.as_deref()).await?;
    caller.sign_in(&signed_in);
    Ok(Registered { user_id: signed_in.member.id })
}

/// `user.login`: signs in; the session goes into the cookie.
#[server(prefix = "/api/rpc", endpoint = "user.login")]
pub async fn user_login(
    /// The address to sign in with.
    email: String,
    /// 8 to 256 characters.
    password: String,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    let signed_in = caller.library.sign_in(Credentials::parse(&email, &password)?).await?;
    caller.sign_in(&signed_in);
    Ok(Success::YES)
}

/// `user.logout`: ends the session and forgets the cookie.
#[server(prefix = "/api/rpc", endpoint = "user.logout")]
pub async fn user_logout() -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.sign_out(&caller.viewer).await?;
    caller.forget();
    Ok(Success::YES)
}
