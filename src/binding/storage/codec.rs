//! What a text goes through on its way to where it is kept, and back, if the app has asked for that.

use std::future::ready;

use js_sys::JsString;
use wasm_bindgen::prelude::{JsCast, JsValue};

use crate::binding::futures::settled;
use crate::binding::persister_error::coded;
use crate::binding::persister_functions::Codec;
use crate::persister::LocalFuture;

/// The text to keep. Without a codec it is there at once.
pub(super) fn encoded(
    codec: Option<&Codec>,
    text: JsString,
) -> LocalFuture<Result<JsString, JsValue>> {
    match codec {
        None => Box::pin(ready(Ok(text))),
        Some(codec) => text_of(codec.encode(&text)),
    }
}

/// The text that was kept.
pub(super) fn decoded(
    codec: Option<&Codec>,
    text: JsString,
) -> LocalFuture<Result<JsString, JsValue>> {
    match codec {
        None => Box::pin(ready(Ok(text))),
        Some(codec) => text_of(codec.decode(&text)),
    }
}

fn text_of(returned: Result<JsValue, JsValue>) -> LocalFuture<Result<JsString, JsValue>> {
    let answer = settled(returned);
    Box::pin(async move {
        let text = answer.await?.dyn_into();
        text.map_err(|_| coded("the codec gave no text", "codec-failed").into())
    })
}
