//! Requests to a server: they end in time, are aborted when nobody waits, and fail with a `code`.

use js_sys::{JsString, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{AbortController, Headers, RequestCache, RequestInit, Response};

use crate::binding::futures::{JsResult, settled, spawn, timer};
use crate::binding::persister_error::{coded, marked};
use crate::persister::{LocalFuture, unless};

/// How long a server may take for a request and its answer, in milliseconds. Browsers would wait
/// several times as long, each of its own; what is sent and fetched may be large, though.
const TIME_LIMIT_MS: u32 = 120_000;

#[wasm_bindgen]
extern "C" {
    // Pages, workers and Node all have it; where it is missing, this throws.
    #[wasm_bindgen(catch)]
    fn fetch(url: &JsString, options: &RequestInit) -> Result<JsValue, JsValue>;
}

/// What is asked of the server.
pub(super) enum Ask<'a> {
    /// `GET` or `HEAD`, unless what the server has is still of this ETag.
    Read {
        method: &'static str,
        tag: Option<&'a str>,
    },
    /// `POST` of a text; with `is_kept`, it goes on when the page is left.
    Post {
        text: &'a JsString,
        /// Its media type.
        kind: &'a str,
        is_kept: bool,
    },
}

impl Ask<'_> {
    fn method(&self) -> &'static str {
        match self {
            Self::Read { method, .. } => method,
            Self::Post { .. } => "POST",
        }
    }

    fn options(&self) -> Result<RequestInit, JsValue> {
        let options = RequestInit::new();
        let headers = Headers::new()?;
        options.set_method(self.method());
        // What is loaded is what the server has now, never what the browser remembers of it.
        options.set_cache(RequestCache::NoStore);
        match self {
            Self::Read { tag, .. } => {
                if let Some(tag) = tag {
                    headers.set("If-None-Match", tag)?;
                }
            }
            Self::Post {
                text,
                kind,
                is_kept,
            } => {
                headers.set("Content-Type", kind)?;
                options.set_body(text);
                if *is_kept {
                    Reflect::set(&options, &"keepalive".into(), &JsValue::TRUE)?;
                }
            }
        }
        options.set_headers(&headers);
        Ok(options)
    }
}

/// A request that was sent. Dropping it aborts it, unless it was left to its end.
pub(super) struct Request {
    method: &'static str,
    controller: Option<AbortController>,
    answer: Option<LocalFuture<JsResult>>,
}

impl Request {
    /// Send a request, before this returns.
    pub(super) fn send(url: &JsString, ask: &Ask) -> Self {
        let controller = AbortController::new().ok();
        let returned = ask.options().and_then(|options| {
            options.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
            fetch(url, &options)
        });
        Self {
            method: ask.method(),
            controller,
            answer: Some(settled(returned)),
        }
    }

    /// The server's answer, whatever it says. To be called once.
    ///
    /// # Errors
    /// What `fetch` says, with the code `network`.
    pub(super) async fn response(&mut self) -> Result<Response, JsValue> {
        match self.answer.take() {
            Some(answer) => answer.await.map(JsCast::unchecked_into).map_err(network),
            None => Err(JsValue::UNDEFINED),
        }
    }

    /// The body of the answer, as text.
    ///
    /// # Errors
    /// As [`Request::response`], if it ends too soon.
    pub(super) async fn text(&self, response: &Response) -> Result<JsString, JsValue> {
        let text = settled(response.text().map(JsValue::from)).await;
        text.map(JsCast::unchecked_into).map_err(network)
    }

    /// What is wrong with an answer: the answer itself, as in TinyBase, with the code `http-status`
    /// and a message. Its body is left for the app to read.
    pub(super) fn refusal(mut self, response: Response) -> JsValue {
        drop(self.controller.take());
        let what = format!(
            "{} {} was answered with {}",
            self.method,
            response.url(),
            response.status()
        );
        let error = marked(response.into(), "http-status");
        // Nothing can keep it from being set: the answer is a fresh object.
        drop(Reflect::set(&error, &"message".into(), &what.into()));
        error
    }

    /// Let the body of an answer arrive that nobody reads, so that the connection can be used again.
    pub(super) fn leave(mut self, response: &Response) {
        drop(self.controller.take());
        let body = settled(response.array_buffer().map(JsValue::from));
        spawn(Box::pin(async move { drop(body.await) }));
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// What `work` gives, which holds a request, or an error of the code `timeout` if it takes too long.
pub(super) async fn in_time<T>(work: LocalFuture<Result<T, JsValue>>) -> Result<T, JsValue> {
    unless(work, timer(TIME_LIMIT_MS))
        .await
        .unwrap_or_else(|| Err(coded("the server did not answer in time", "timeout").into()))
}

fn network(error: JsValue) -> JsValue {
    marked(error, "network")
}
