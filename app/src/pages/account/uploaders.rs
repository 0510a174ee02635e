//! Ready settings for programs that send a picture and paste its address, made for a new token.

use crate::components::Remark;
use data_encoding::BASE64;
use leptos::prelude::*;
use serde_json::{Value, json};
use url::Url;

/// A file of settings.
struct Settings {
    /// The program, and what to do with the file.
    program: &'static str,
    advice: &'static str,
    name: &'static str,
    kind: &'static str,
    text: String,
}

impl Settings {
    /// The file as an address of its own: it holds the token, which the site does not keep.
    fn address(&self) -> String {
        format!("data:{};base64,{}", self.kind, BASE64.encode(self.text.as_bytes()))
    }
}

fn written(settings: &Value) -> String {
    format!("{settings:#}\n")
}

/// What each program is set by, for uploads to this address with this token.
fn settings(upload: &str, token: &str) -> [Settings; 5] {
    let bearer = format!("Bearer {token}");
    let header = json!({"Authorization": bearer}).to_string();
    let sharex = json!({
        "Version": "16.0.0",
        "Name": "Tuku",
        "DestinationType": "ImageUploader",
        "RequestMethod": "POST",
        "RequestURL": upload,
        "Headers": {"Authorization": bearer},
        "Body": "MultipartFormData",
        "FileFormName": "file",
        "URL": "{json:url}",
        "ThumbnailURL": "{json:thumbnail}",
        "ErrorMessage": "{json:message}",
    });
    let picgo = json!({
        "picBed": {
            "current": "web-uploader",
            "uploader": "web-uploader",
            "web-uploader": {
                "url": upload,
                "paramName": "file",
                "jsonPath": "data.url",
                "customHeader": header,
                "customBody": "",
            },
        },
        "picgoPlugins": {"picgo-plugin-web-uploader": true},
    });
    let piclist = json!({
        "picBed": {
            "current": "advancedplist",
            "uploader": "advancedplist",
            "advancedplist": {
                "endpoint": upload,
                "method": "POST",
                "formDataKey": "file",
                "headers": header,
                "body": "",
                "customPrefix": "",
                "resDataPath": "data.url",
            },
        },
    });
    // uPic keeps texts of JSON within JSON.
    let upic = json!({
        "url": upload,
        "method": "POST",
        "field": "file",
        "headers": json!([{"key": "Authorization", "value": bearer}]).to_string(),
        "bodys": "[]",
        "resultPath": r#"["data", "url"]"#,
        "domain": "",
        "saveKeyPath": "",
        "suffix": "",
        "useBase64": false,
    });
    let upic = json!([{"id": "tuku", "name": "Tuku", "type": "custom", "data": upic.to_string()}]);
    let script = format!(
        r#"#!/bin/sh
# Sends pictures to Tuku and prints the address of each: for Typora's “custom command”, or by hand.
ended=0
for file in "$@"; do
  name=$(printf '%s' "$file" | sed 's/[\\"]/\\&/g')
  answer=$(curl -sS '{upload}' -H 'Authorization: {bearer}' -F "file=@\"$name\"")
  case $answer in
  *'"success":true'*)
    printf '%s\n' "$answer" | sed 's/.*"url":"\([^"]*\)".*/\1/'
    ;;
  *)
    printf '%s: %s\n' "$file" "$(printf '%s\n' "$answer" | sed 's/.*"message":"\([^"]*\)".*/\1/')" >&2
    ended=1
    ;;
  esac
done
exit $ended
"#
    );
    [
        Settings {
            program: "ShareX",
            advice: "open the file",
            name: "tuku.sxcu",
            kind: "application/json",
            text: written(&sharex),
        },
        Settings {
            program: "PicGo",
            advice: "with its plugin web-uploader; goes into its config.json",
            name: "picgo-config.json",
            kind: "application/json",
            text: written(&picgo),
        },
        Settings {
            program: "PicList",
            advice: "“advanced custom”; goes into its data.json",
            name: "piclist-data.json",
            kind: "application/json",
            text: written(&piclist),
        },
        Settings {
            program: "uPic",
            advice: "import it among the hosts",
            name: "tuku-upic.json",
            kind: "application/json",
            text: written(&upic),
        },
        Settings {
            program: "Typora and the shell",
            advice: "a script that takes files and prints addresses",
            name: "tuku-upload.sh",
            kind: "text/x-shellscript",
            text: script,
        },
    ]
}

/// Files to download, each with the token in it.
#[component]
pub(super) fn UploaderSettings(
    /// The site's own address.
    site: Url,
    /// May upload pictures.
    token: String,
) -> impl IntoView {
    let upload = crate::pages::whole_address(&site, "/api/upload");
    let rows = settings(&upload, &token)
        .into_iter()
        .map(|settings| {
            view! {
                <li class="grid gap-x-3 sm:grid-cols-[12rem_1fr]">
                    <a
                        href=settings.address()
                        download=settings.name
                        class="inline-flex min-h-11 items-center font-medium underline underline-offset-4"
                    >
                        {settings.program}
                    </a>
                    <span class="content-center text-sm text-muted">{settings.advice}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="grid gap-2">
            <p>"Settings with this token in them, for programs that upload a picture and paste its address."</p>
            <Remark>
                "What hangs in no public gallery is private. For others to see it, put ?gallery= and the last part of such a gallery’s address behind the address in the settings, and let the token change galleries."
            </Remark>
            <ul role="list" class="grid gap-1">
                {rows}
            </ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_sends_the_token_to_the_address() {
        for Settings { program, text, kind, .. } in settings("https://photos.example/api/upload", "tuku_abc") {
            assert!(text.contains("https://photos.example/api/upload"), "{program}");
            assert!(text.contains("Bearer tuku_abc"), "{program}");
            assert!(kind != "application/json" || serde_json::from_str::<Value>(&text).is_ok(), "{program}");
        }
    }

    #[test]
    fn a_file_is_its_own_address() {
        let [sharex, ..] = settings("https://photos.example/api/upload", "tuku_abc");
        let encoded = sharex.address().strip_prefix("data:application/json;base64,").unwrap().to_owned();
        assert_eq!(BASE64.decode(encoded.as_bytes()).unwrap(), sharex.text.as_bytes());
    }
}
