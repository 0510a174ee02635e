//! Sign-ins: seen, ended at once, guessed at no great speed, and kept over a change of keys.

use crate::site::{Person, Site};
use reqwest::header;
use serde_json::{Value, json};

const GUESSES: usize = 25;

/// Tries to sign in until it is too often; how many tries were answered before, and the answer that ended them. The
/// count begins anew every ten minutes, so that it may be up to twice as many.
async fn guess(person: &Person, email: &str) -> (usize, Value) {
    for tried in 0..GUESSES {
        let error = person.call("user.login", json!({"email": email, "password": "a guess"})).await["error"].clone();
        match error["data"]["code"].as_str().unwrap() {
            "unauthenticated" => {}
            "rate_limited" => return (tried, error),
            other => panic!("{other}"),
        }
    }
    panic!("{GUESSES} guesses were taken");
}

/// What someone is answered whose proxy says this of them.
async fn answer_from(site: &Site, told: &str, email: &str, password: &str) -> Value {
    let params = json!({"email": email, "password": password});
    let call = json!({"jsonrpc": "2.0", "method": "user.login", "params": params, "id": 1});
    let request = site.visitor().client.post(site.address("/api/rpc")).header("x-forwarded-for", told);
    request.json(&call).send().await.unwrap().json().await.unwrap()
}

/// Why someone is not signed in whose proxy says this of them.
async fn login_from(site: &Site, told: &str, email: &str) -> String {
    let answer = answer_from(site, told, email, "a guess").await;
    answer["error"]["data"]["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_session_ends_at_once_wherever_it_is_ended() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (phone, tablet) = (site.sign_in("ann").await, site.sign_in("ann").await);
    let copies = [site.with_cookie(&phone), site.with_cookie(&phone)];
    for copy in &copies {
        assert!(copy.is_signed_in().await, "and from now on it is known");
    }
    let phone_id = copies[0].ok("user.listSessions", json!({})).await["sessions"].clone();
    let phone_id =
        phone_id.as_array().unwrap().iter().find(|session| session["current"] == true).unwrap()["id"].clone();
    let ben = site.member("ben").await;
    assert_eq!(ben.refused("user.endSession", json!({"sessionId": phone_id})).await, "not_found");
    assert!(copies[0].is_signed_in().await);
    ann.ok("user.endSession", json!({"sessionId": phone_id})).await;
    for copy in &copies {
        assert!(!copy.is_signed_in().await);
    }
    assert_eq!(ann.refused("user.endSession", json!({"sessionId": phone_id})).await, "not_found");
    assert!(site.with_cookie(&tablet).is_signed_in().await);
    assert_eq!(ann.ok("user.endOtherSessions", json!({})).await, json!({"ended": 1}));
    assert!(!site.with_cookie(&tablet).is_signed_in().await && ann.is_signed_in().await);

    let copy = site.with_cookie(&site.sign_in("ann").await);
    assert!(copy.is_signed_in().await);
    copy.ok("user.logout", json!({})).await;
    assert!(!copy.is_signed_in().await);
}

#[tokio::test]
async fn sessions_are_listed_with_what_the_browser_calls_itself() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    for agent in ["Telephone/1.0", &"x".repeat(300)] {
        let login = site.visitor().client.post(site.address("/api/rpc/user.login")).header(header::USER_AGENT, agent);
        let login = login.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        login.body("email=ann@example.com&password=long+enough").send().await.unwrap().error_for_status().unwrap();
    }
    let listed = ann.ok("user.listSessions", json!({})).await;
    let sessions = listed["sessions"].as_array().unwrap();
    let agents: Vec<_> = sessions.iter().map(|session| session["agent"].as_str().unwrap()).collect();
    assert_eq!(agents, ["x".repeat(200).as_str(), "Telephone/1.0", ""], "the newest first");
    let current: Vec<_> = sessions.iter().map(|session| session["current"].as_bool().unwrap()).collect();
    assert_eq!(current, [false, false, true]);
    for session in sessions {
        assert!(session["lastUsedAt"].as_i64().unwrap() >= session["createdAt"].as_i64().unwrap());
        assert!(session["createdAt"].as_i64().unwrap() > 1_700_000_000);
    }
    assert_eq!(site.visitor().refused("user.listSessions", json!({})).await, "unauthenticated");
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_not_this_one() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let phone = site.with_cookie(&site.sign_in("ann").await);
    assert!(phone.is_signed_in().await);
    let change = |current: &str, new: &str| json!({"currentPassword": current, "newPassword": new});
    let wrong = ann.call("user.changePassword", change("a guess", "even longer")).await;
    assert_eq!(wrong["error"]["data"]["fields"][0]["field"], "currentPassword");
    let short = ann.call("user.changePassword", change("long enough", "short")).await;
    assert_eq!(short["error"]["data"]["fields"][0]["field"], "newPassword");
    assert!(phone.is_signed_in().await, "nothing has changed yet");

    ann.ok("user.changePassword", change("long enough", "even longer")).await;
    assert!(ann.is_signed_in().await && !phone.is_signed_in().await);
    let login = |password: &str| json!({"email": "ann@example.com", "password": password});
    assert_eq!(phone.refused("user.login", login("long enough")).await, "unauthenticated");
    phone.ok("user.login", login("even longer")).await;
}

#[tokio::test]
async fn a_suspended_account_is_nobody_at_once_and_cannot_be_told_from_a_wrong_password() {
    let site = Site::start().await;
    let (admin, ben) = (site.admin().await, site.member("ben").await);
    let (_, program) = ben.token(&["read"]).await;
    assert!(ben.is_signed_in().await && program.is_signed_in().await);
    let id = ben.id().await;
    let suspend = |suspended: bool| json!({"userId": id, "suspended": suspended});
    admin.ok("user.suspend", suspend(true)).await;
    assert!(!ben.is_signed_in().await);
    assert_eq!(program.get("/").await.status(), 401);

    let mut answers = Vec::new();
    for (email, password) in [("ben@example.com", "long enough"), ("admin@example.com", "a guess"), ("x@y", "a guess")]
    {
        let mut answer = site.visitor().call("user.login", json!({"email": email, "password": password})).await;
        answer["id"] = json!(0);
        answers.push(answer);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");

    admin.ok("user.suspend", suspend(false)).await;
    assert!(!ben.is_signed_in().await, "what was ended stays so");
    assert!(site.with_cookie(&site.sign_in("ben").await).is_signed_in().await);
}

#[tokio::test]
async fn a_new_role_or_name_counts_at_once_in_sessions_that_are_open() {
    let site = Site::start().await;
    let (admin, ben) = (site.admin().await, site.member("ben").await);
    assert_eq!(ben.refused("user.list", json!({})).await, "forbidden");
    let id = ben.id().await;
    admin.ok("user.setRole", json!({"userId": id, "role": "admin"})).await;
    ben.ok("user.list", json!({})).await;
    admin.ok("user.setRole", json!({"userId": id, "role": "member"})).await;
    assert_eq!(ben.refused("user.list", json!({})).await, "forbidden");

    let phone = site.with_cookie(&site.sign_in("ben").await);
    assert!(phone.page("/dashboard").await.contains("ben"));
    ben.ok("user.update", json!({"username": "Benedikt"})).await;
    for person in [&ben, &phone] {
        assert!(person.page("/dashboard").await.contains("Benedikt"));
    }
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down() {
    let site = Site::start().await;
    site.member("ann").await;
    let ben = site.member("ben").await;
    let visitor = site.visitor();
    let (tried, error) = guess(&visitor, "ann@example.com").await;
    assert!((10..=20).contains(&tried), "{tried}");
    let seconds = error["data"]["seconds"].as_u64().unwrap();
    assert!((1..=600).contains(&seconds), "{error}");
    let right = json!({"email": "ann@example.com", "password": "long enough"});
    assert_eq!(visitor.refused("user.login", right).await, "rate_limited", "no guess is known to be right");
    let (unknown, _) = guess(&visitor, "nobody@example.com").await;
    assert!((10..=20).contains(&unknown), "an address without an account is counted alike");
    site.sign_in("ben").await;

    let change = json!({"currentPassword": "a guess", "newPassword": "even longer"});
    let mut codes = Vec::new();
    for _ in 0..GUESSES {
        codes.push(ben.refused("user.changePassword", change.clone()).await);
    }
    assert_eq!(codes[0], "invalid");
    assert!(codes.contains(&"rate_limited".to_owned()), "{codes:?}");
    assert_eq!(ben.refused("user.delete", json!({"password": "a guess"})).await, "rate_limited");
}

#[tokio::test]
async fn tries_are_counted_by_the_address_that_the_proxy_tells() {
    let site = Site::start_with(&[("TUKU_CLIENT_ADDRESS_HEADER", "X-Forwarded-For")]).await;
    let mut limited = false;
    for n in 0..GUESSES {
        let forged = format!("198.51.100.{n}, 192.0.2.1");
        limited |= login_from(&site, &forged, "ann@example.com").await == "rate_limited";
    }
    assert!(limited, "what the client put before it does not count");
    assert_eq!(login_from(&site, "192.0.2.1, 192.0.2.2", "ann@example.com").await, "unauthenticated");
}

#[tokio::test]
async fn strangers_guesses_keep_nobody_out_where_they_have_signed_in_before() {
    let site = Site::start_with(&[("TUKU_CLIENT_ADDRESS_HEADER", "X-Forwarded-For")]).await;
    site.member("ann").await;
    let home = answer_from(&site, "192.0.2.1", "ann@example.com", "long enough").await;
    assert_eq!(home["result"]["success"], true, "{home}");
    // Each from its own address, so that only what is counted anywhere can be too often.
    let mut refused = false;
    for n in 0..250 {
        let stranger = format!("2001:db8:0:{n:x}::1");
        refused = login_from(&site, &stranger, "ann@example.com").await == "rate_limited";
        if refused {
            break;
        }
    }
    assert!(refused, "guesses from many addresses are counted together");
    let home = answer_from(&site, "192.0.2.1", "ann@example.com", "long enough").await;
    assert_eq!(home["result"]["success"], true, "{home}");
    assert_eq!(login_from(&site, "192.0.2.1", "nobody@example.com").await, "unauthenticated");
}

#[tokio::test]
async fn without_a_proxy_nobody_chooses_their_address() {
    let site = Site::start().await;
    let mut limited = false;
    for n in 0..GUESSES {
        limited |= login_from(&site, &format!("192.0.2.{n}"), "ann@example.com").await == "rate_limited";
    }
    assert!(limited);
}

#[tokio::test]
async fn a_new_key_signs_nobody_out() {
    let mut site = Site::start().await;
    site.member("ann").await;
    let (before, again) = (site.sign_in("ann").await, site.sign_in("ann").await);
    // The first part of a token is its header, which names the key.
    let key = |cookie: &str| cookie.split('.').next().unwrap().to_owned();
    assert_eq!(key(&before), key(&again));
    assert_eq!(server::rotate_keys(&site.folder()).unwrap(), 1);
    assert!(site.with_cookie(&before).is_signed_in().await, "the running program goes on as before");

    site.restart().await;
    assert!(site.with_cookie(&before).is_signed_in().await);
    let after = site.sign_in("ann").await;
    assert_ne!(key(&after), key(&before));
    assert!(site.with_cookie(&after).is_signed_in().await);
    let forged = format!("{}.{}", key(&after), before.split_once('.').unwrap().1);
    assert!(!site.with_cookie(&forged).is_signed_in().await, "each key vouches for its own");
}
