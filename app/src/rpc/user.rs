//! `user.*`: the caller's own account, its sign-ins, and everything of it.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
#[cfg(feature = "ssr")]
use domain::Admission;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::{Credentials, Password, PasswordChange, ProfileChange, Registration};
use model::{Downloads, Ended, Export, Profile, Registered, SessionId, Sessions, Success};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `user.register`: makes an account and signs it in. With `setupToken`, the one-time token printed at the first
/// start, the account is an admin; `invitation` is needed while registration is by invitation.
#[server(prefix = "/api/rpc", endpoint = "user.register", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
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
    /// The last part of an invitation’s address, after `invitation=`.
    #[server(default)]
    invitation: Option<String>,
) -> Result<Registered, RpcError> {
    let caller = Caller::current();
    let wish = Registration::parse(&username, &email, &password)?;
    let admission = match (setup_token.as_deref(), invitation.as_deref()) {
        (Some(token), _) if !token.is_empty() => Admission::Setup(token),
        (_, Some(token)) if !token.is_empty() => Admission::Invitation(token),
        _ => Admission::Open,
    };
    let signed_in = caller.library.register(&caller.viewer, wish, admission, &caller.agent).await?;
    caller.sign_in(&signed_in);
    Ok(Registered { user_id: signed_in.member.id })
}

/// `user.login`: signs in; the session goes into the cookie.
#[server(prefix = "/api/rpc", endpoint = "user.login", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_login(
    /// The address to sign in with.
    email: String,
    /// 8 to 256 characters.
    password: String,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    let credentials = Credentials::parse(&email, &password)?;
    let signed_in = caller.library.sign_in(&caller.viewer, credentials, &caller.agent).await?;
    caller.sign_in(&signed_in);
    Ok(Success::YES)
}

/// `user.logout`: ends the session and forgets the cookie.
#[server(prefix = "/api/rpc", endpoint = "user.logout", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_logout() -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.sign_out(&caller.viewer).await?;
    caller.forget();
    Ok(Success::YES)
}

/// `user.me`: the caller’s own account, with what it stores.
#[server(prefix = "/api/rpc", endpoint = "user.me", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_me() -> Result<Profile, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.profile(&caller.viewer).await?)
}

/// `user.update`: changes the caller’s name, address or what others may download; what is left out stays. Another
/// address needs the password.
#[server(prefix = "/api/rpc", endpoint = "user.update", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_update(
    /// 2 to 32 letters, digits, `_` or `-`.
    #[server(default)]
    username: Option<String>,
    /// The address to sign in with.
    #[server(default)]
    email: Option<String>,
    /// The caller’s password; needed for another address.
    #[server(default)]
    #[server(rename = "currentPassword")]
    current_password: Option<String>,
    /// What others may download of the pictures they may see: nothing, the pictures without what the camera wrote, or
    /// the files as they are.
    #[server(default)]
    downloads: Option<Downloads>,
) -> Result<Profile, RpcError> {
    let caller = Caller::current();
    let change = ProfileChange::parse(username.as_deref(), email.as_deref(), current_password.as_deref())?;
    let change = ProfileChange { downloads, ..change };
    Ok(caller.library.update_profile(&caller.viewer, change).await?)
}

/// `user.changePassword`: gives the caller’s account another password and ends its other sessions.
#[server(
    prefix = "/api/rpc", endpoint = "user.changePassword", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn user_change_password(
    /// The caller’s password until now.
    #[server(rename = "currentPassword")]
    current_password: String,
    /// 8 to 256 characters.
    #[server(rename = "newPassword")]
    new_password: String,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    let change = PasswordChange::parse(&current_password, &new_password)?;
    caller.library.change_password(&caller.viewer, change).await?;
    Ok(Success::YES)
}

/// `user.listSessions`: where the caller is signed in, the newest first, at most 200.
#[server(
    prefix = "/api/rpc", endpoint = "user.listSessions", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn user_list_sessions() -> Result<Sessions, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.sessions(&caller.viewer).await?)
}

/// `user.endSession`: signs the caller out in one place, at once.
#[server(prefix = "/api/rpc", endpoint = "user.endSession", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_end_session(
    /// The session, as `user.listSessions` names it.
    #[server(rename = "sessionId")]
    session_id: SessionId,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.end_session(&caller.viewer, &session_id).await?;
    Ok(Success::YES)
}

/// `user.endOtherSessions`: signs the caller out everywhere but here, at once.
#[server(
    prefix = "/api/rpc", endpoint = "user.endOtherSessions", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn user_end_other_sessions() -> Result<Ended, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.end_other_sessions(&caller.viewer).await?)
}

/// `user.delete`: deletes the caller’s account with every picture, gallery and comment, and signs out. There is no way
/// back. The last admin has to make another first.
#[server(prefix = "/api/rpc", endpoint = "user.delete", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_delete(
    /// The caller’s password.
    password: String,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.delete_account(&caller.viewer, Password::typed(&password)).await?;
    caller.forget();
    Ok(Success::YES)
}

/// `user.export`: everything of the caller’s account: galleries with their order, pictures with an address of each
/// original that works for an hour, comments, likes, favourites.
#[server(prefix = "/api/rpc", endpoint = "user.export", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_export() -> Result<Export, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.export(&caller.viewer, &caller.origin).await?)
}
