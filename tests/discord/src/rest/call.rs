//! A request as the handlers see it: JSON and files, whether it came as JSON or as a form.

use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart};
use axum::http::{HeaderMap, Request, header};
use serde_json::Value;

use super::{Read, Refusal, refusal};

/// A request.
pub(crate) struct Call {
    /// What stands in the path for `{…}`, in order.
    pub(crate) ids: Vec<String>,
    /// What follows the `?`.
    pub(crate) query: String,
    /// The body; null if there is none.
    pub(crate) json: Value,
    /// Files that came with it.
    pub(crate) files: Vec<Upload>,
    /// When the last byte had come.
    pub(crate) arrived: Instant,
}

/// A file that was sent along.
pub(crate) struct Upload {
    /// The number n of the form's part `files[n]`.
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

impl Call {
    /// The `index`-th id of the path.
    pub(crate) fn id(&self, index: usize, otherwise: Refusal) -> Result<u64, Refusal> {
        self.ids.get(index).and_then(|it| it.parse().ok()).ok_or(otherwise)
    }

    /// The `index`-th part of the path that is no literal.
    pub(crate) fn part(&self, index: usize) -> &str {
        self.ids.get(index).map_or("", String::as_str)
    }

    /// The value of a key after the `?`.
    pub(crate) fn asked(&self, key: &str) -> Option<&str> {
        self.query.split('&').filter_map(|it| it.split_once('=')).find(|(it, _)| *it == key).map(|(_, it)| it)
    }

    /// A form that Discord would not take.
    pub(crate) fn bad(text: &str) -> Refusal {
        Refusal { errors: Some(text.to_owned()), ..refusal::BAD_FORM }
    }
}

/// Reads a body. An error is a body that is neither JSON nor a form with `payload_json` and `files[n]`.
pub(crate) async fn read(headers: &HeaderMap, bytes: Bytes) -> Read {
    let kind = headers.get(header::CONTENT_TYPE);
    let is_form =
        kind.and_then(|it| it.to_str().ok()).is_some_and(|it| it.starts_with("multipart/form-data"));
    if is_form && let Some(kind) = kind {
        let request =
            Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(bytes)).map_err(drop)?;
        let form = Multipart::from_request(request, &()).await.map_err(drop)?;
        return read_form(form).await;
    }
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    Ok((serde_json::from_slice(&bytes).map_err(drop)?, Vec::new()))
}

async fn read_form(mut form: Multipart) -> Read {
    let mut json = Value::Null;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(drop)? {
        let key = field.name().unwrap_or_default().to_owned();
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(drop)?;
        if key == "payload_json" {
            json = serde_json::from_slice(&bytes).map_err(drop)?;
            continue;
        }
        let number = key.strip_prefix("files[").and_then(|it| it.strip_suffix(']')).ok_or(())?;
        files.push(Upload { number: number.parse().map_err(drop)?, name, bytes });
    }
    Ok((json, files))
}
