//! JSON-RPC 2.0 messages: request objects as they come, response objects as they go.

use app::rpc::RpcError;
use axum::http::StatusCode;
use jsonrpsee_types::{ErrorCode, ErrorObjectOwned};
use serde_json::Value;

/// A request object (JSON-RPC 2.0, 4).
pub(super) struct Call {
    pub(super) method: String,
    /// An object or a list.
    pub(super) params: Value,
    /// As the client gave it; a notification has none.
    pub(super) id: Option<Value>,
}

impl Call {
    /// Reads a request object; what is none is answered as such, with its id where that can be told.
    pub(super) fn read(message: Value) -> Result<Self, Answer> {
        let Value::Object(mut fields) = message else { return Err(Answer::invalid(Value::Null)) };
        let id = fields.remove("id");
        let told = |id: &Value| id.is_string() || id.is_number() || id.is_null();
        if id.as_ref().is_some_and(|id| !told(id)) {
            return Err(Answer::invalid(Value::Null));
        }
        let params = fields.remove("params").unwrap_or_else(|| Value::Object(Default::default()));
        match fields.remove("method") {
            Some(Value::String(method))
                if fields.get("jsonrpc").is_some_and(|version| version == "2.0")
                    && (params.is_object() || params.is_array()) =>
            {
                Ok(Self { method, params, id })
            }
            _ => Err(Answer::invalid(id.unwrap_or_default())),
        }
    }
}

/// A response object (JSON-RPC 2.0, 5).
pub(super) struct Answer {
    /// The HTTP status when it comes alone.
    pub(super) status: StatusCode,
    /// After how many seconds to try again, where it was too often.
    pub(super) seconds: Option<u64>,
    outcome: Result<String, ErrorObjectOwned>,
    id: Value,
}

impl Answer {
    /// What a method answered, as JSON text; it goes out as it is.
    pub(super) fn result(text: String, id: Value) -> Self {
        Self { status: StatusCode::OK, seconds: None, outcome: Ok(text), id }
    }

    /// A method said no. Only what HTTP itself acts upon shows in the status.
    pub(super) fn refused(error: &RpcError, id: Value) -> Self {
        let status = match error.status() {
            401 => StatusCode::UNAUTHORIZED,
            403 => StatusCode::FORBIDDEN,
            429 => StatusCode::TOO_MANY_REQUESTS,
            500 => StatusCode::INTERNAL_SERVER_ERROR,
            503 => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::OK,
        };
        let object = ErrorObjectOwned::owned(error.kind().number, error.message.clone(), Some(error));
        Self { seconds: error.seconds, ..Self::error(status, object, id) }
    }

    /// There is no such method.
    pub(super) fn no_method(id: Value) -> Self {
        Self::error(StatusCode::NOT_FOUND, ErrorCode::MethodNotFound.into(), id)
    }

    /// Not JSON.
    pub(super) fn no_json() -> Self {
        Self::error(StatusCode::BAD_REQUEST, ErrorCode::ParseError.into(), Value::Null)
    }

    /// JSON, but no request object.
    fn invalid(id: Value) -> Self {
        Self::error(StatusCode::BAD_REQUEST, ErrorCode::InvalidRequest.into(), id)
    }

    /// A message beyond the limits, in words.
    pub(super) fn beyond_limits(status: StatusCode, words: String) -> Self {
        let object = ErrorObjectOwned::owned(ErrorCode::InvalidRequest.code(), words, None::<()>);
        Self::error(status, object, Value::Null)
    }

    fn error(status: StatusCode, object: ErrorObjectOwned, id: Value) -> Self {
        Self { status, seconds: None, outcome: Err(object), id }
    }

    /// As JSON text.
    pub(super) fn written(&self) -> String {
        let outcome = match &self.outcome {
            Ok(text) => format!(r#""result":{text}"#),
            Err(error) => format!(r#""error":{}"#, serde_json::to_string(error).unwrap_or_default()),
        };
        format!(r#"{{"jsonrpc":"2.0",{outcome},"id":{}}}"#, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(answer: &Answer) -> Value {
        serde_json::from_str(&answer.written()).unwrap()
    }

    #[test]
    fn a_result_goes_out_as_it_is() {
        let answer = Answer::result(r#"{"galleries":[]}"#.into(), json!("a\"b"));
        assert_eq!(answer.written(), r#"{"jsonrpc":"2.0","result":{"galleries":[]},"id":"a\"b"}"#);
    }

    #[test]
    fn an_error_carries_number_code_and_seconds() {
        let error = RpcError { seconds: Some(7), ..RpcError::new("rate_limited", "Wait.") };
        let answer = Answer::refused(&error, json!(1));
        assert_eq!((answer.status.as_u16(), answer.seconds), (429, Some(7)));
        let data = json!({"code": "rate_limited", "message": "Wait.", "seconds": 7});
        assert_eq!(written(&answer)["error"], json!({"code": -32029, "message": "Wait.", "data": data}));
    }

    #[test]
    fn what_is_no_request_is_answered_with_its_id_where_it_has_one() {
        for (message, id) in [
            (json!(1), json!(null)),
            (json!({"jsonrpc": "1.0", "method": "a", "id": 3}), json!(3)),
            (json!({"jsonrpc": "2.0", "method": 1, "id": "x"}), json!("x")),
            (json!({"jsonrpc": "2.0", "method": "a", "id": {}}), json!(null)),
            (json!({"jsonrpc": "2.0", "method": "a", "params": "b"}), json!(null)),
        ] {
            let answer = Call::read(message).err().unwrap();
            assert_eq!((written(&answer)["error"]["code"].as_i64(), &written(&answer)["id"]), (Some(-32600), &id));
        }
    }
}
