//! Access keys: what S3 clients reach a member's files with.

use crate::{
    components::{
        Button, Checkboxes, HiddenValue, Kind, Narrow, PlainForm, Remark, Row, Rows, Section, ShownOnce, SnippetList,
        TextField, Time, now,
    },
    islands::CopyButtons,
    pages::form::{Form, FormAnswer},
};
use leptos::prelude::*;
use model::{AccessKey, CreatedAccessKey, Right};

/// Every access key, the way to end it, and the form for one more.
#[component]
pub(super) fn AccessKeyList(
    /// The newest first.
    access_keys: Vec<AccessKey>,
) -> impl IntoView {
    let now = now();
    let rows = access_keys.into_iter().map(|key| view! { <AccessKeyRow access_key=key now=now/> }).collect_view();
    let made = FormAnswer::of::<CreatedAccessKey>("accessKey.create");
    view! {
        <Section title="S3 access keys" id=Some("access-keys")>
            <Remark>
                "Programs that speak S3, such as rclone, AList, Cyberduck and the aws command line, put files into a folder of yours with an access key. What is a picture appears here."
            </Remark>
            {made.map(|made| view! { <Made made=made/> })}
            {(!rows.is_empty()).then(|| view! { <Rows>{rows}</Rows> })}
            <NewAccessKey/>
        </Section>
    }
}

/// A new key, and how programs are given it.
#[component]
fn Made(made: CreatedAccessKey) -> impl IntoView {
    let snippets = snippets(&made);
    view! {
        <ShownOnce
            label="The secret of your new access key"
            value=made.secret_key
            hint="Copy it now: it is not shown again. Whoever has it and the key can do what they may do."
        />
        <CopyButtons>
            <SnippetList snippets=snippets/>
        </CopyButtons>
    }
}

/// What programs ask for, and what can be pasted for some.
fn snippets(made: &CreatedAccessKey) -> Vec<(&'static str, String)> {
    let CreatedAccessKey { access_key, secret_key, endpoint, bucket, folder } = made;
    let rclone = format!(
        "[tuku]\ntype = s3\nprovider = Other\naccess_key_id = {access_key}\nsecret_access_key = {secret_key}\nendpoint = {endpoint}\nregion = auto\nforce_path_style = true\nno_check_bucket = true"
    );
    let aws = format!(
        "AWS_ACCESS_KEY_ID={access_key} AWS_SECRET_ACCESS_KEY={secret_key} \\\n  aws --endpoint-url {endpoint} --region auto s3 ls 's3://{bucket}/{folder}'"
    );
    vec![
        ("Access key", access_key.to_string()),
        ("Endpoint", endpoint.clone()),
        ("Bucket", bucket.clone()),
        ("Folder", folder.clone()),
        ("For rclone, in rclone.conf", rclone),
        ("For rclone, to copy a folder", format!("rclone copy Pictures 'tuku:{bucket}/{folder}Pictures'")),
        ("For the aws command line", aws),
    ]
}

#[component]
fn AccessKeyRow(access_key: AccessKey, now: i64) -> impl IntoView {
    let AccessKey { access_key, name, folder, rights, last_used_at, .. } = access_key;
    let form = Form::of_one("accessKey.revoke", "accessKey", access_key.as_str());
    let rights: Vec<_> = rights.into_iter().map(Right::as_str).collect();
    let facts = vec![
        access_key.to_string().into_any(),
        folder.into_any(),
        rights.join(", ").into_any(),
        match last_used_at {
            Some(at) => view! { "Last used " <Time at=at now=Some(now)/> }.into_any(),
            None => "Never used".into_any(),
        },
    ];
    let label = format!("Revoke: {name}");
    view! {
        <Row name=name facts=facts>
            <PlainForm method="accessKey.revoke" action="/account#access-keys" problem=form.problem(&[])>
                <HiddenValue name="accessKey" value=access_key.to_string()/>
                <Button kind=Kind::Danger attr:aria-label=label>
                    "Revoke"
                </Button>
            </PlainForm>
        </Row>
    }
}

#[component]
fn NewAccessKey() -> impl IntoView {
    let form = Form::of("accessKey.create");
    let rights = Right::ALL.map(|right| (right.as_str().to_owned(), told(right).to_owned())).to_vec();
    view! {
        <Narrow>
            <PlainForm
                method="accessKey.create"
                action="/account#access-keys"
                shows=true
                problem=form.problem(&["name", "folder", "rights"])
            >
                <TextField
                    label="Name of a new access key"
                    name="name"
                    id=Some("field-key-name".to_owned())
                    value=form.value("name", "")
                    error=form.error("name")
                    hint=Some("Such as the program it is for.")
                    required=true
                />
                <TextField
                    label="Folder"
                    name="folder"
                    value=form.value("folder", "")
                    error=form.error("folder")
                    hint=Some("It reaches nothing else. Empty: your own folder, with all in it.")
                />
                <Checkboxes
                    label="What it may do"
                    name="rights[]"
                    options=rights
                    ticked=form.values("rights[]", &["read", "write"])
                    error=form.error("rights")
                />
                <div>
                    <Button>"Make an access key"</Button>
                </div>
            </PlainForm>
        </Narrow>
    }
}

/// What a right lets a key do, in words.
fn told(right: Right) -> &'static str {
    match right {
        Right::Read => "List and read files",
        Right::Write => "Store and remove files",
    }
}
