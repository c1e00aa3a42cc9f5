//! A server that keeps the content: it comes by GET, goes by POST, and HEAD tells of changes.
//!
//! Without a codec, the text is the plain JSON of `[tables, values]` with object cells encoded as in the store. It
//! stays a JavaScript string here: it crosses into Rust once, inside the store.

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;

use js_sys::{JSON, JsString, Reflect, global};
use wasm_bindgen::prelude::JsValue;
use web_sys::Response;

use super::codec::{decoded, encoded};
use super::http::{Ask, Request, in_time};
use super::text::{Stored, read_json};
use super::{BuiltIn, Guard, Save};
use crate::binding::futures::{spawn, timer};
use crate::binding::persister_content::{Content, found};
use crate::binding::persister_error::marked;
use crate::binding::persister_functions::Codec;
use crate::binding::persister_host::JsHost;
use crate::persister::{Completion, Found, Listener, LocalFuture, Update, unless};

/// How large a body may be for the browser to go on sending it when the page has been left:
/// the limit of all such requests together, <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>.
const KEPT_BYTES: usize = 65_536;

/// What the server had when it was last read.
#[derive(Clone)]
struct Version {
    tag: String,
    text: JsString,
}

/// A server's URLs to load from and to save to.
pub(crate) struct Remote {
    load_url: JsString,
    save_url: JsString,
    interval_ms: u32,
    codec: Option<Codec>,
    /// Only if the server names versions.
    latest: Cell<Option<Version>>,
    is_reading: Cell<bool>,
}

impl Remote {
    /// Nothing is asked of the server yet.
    pub(crate) fn new(
        load_url: JsString,
        save_url: JsString,
        interval_ms: u32,
        codec: Option<Codec>,
    ) -> Self {
        Self {
            load_url,
            save_url,
            interval_ms,
            codec,
            latest: Cell::new(None),
            is_reading: Cell::new(false),
        }
    }

    fn latest(&self) -> Option<Version> {
        let latest = self.latest.take();
        self.latest.set(latest.clone());
        latest
    }

    /// Ask for the content, or for its ETag alone, if it is no longer that of `latest`.
    fn ask(&self, method: &'static str, latest: Option<&Version>) -> Request {
        let tag = latest.map(|latest| latest.tag.as_str());
        Request::send(&self.load_url, &Ask::Read { method, tag })
    }

    async fn read(
        &self,
        mut request: Request,
        latest: Option<Version>,
    ) -> Result<Found<JsHost>, JsValue> {
        let response = request.response().await?;
        match (response.status(), latest) {
            (304, Some(latest)) => content(latest.text),
            // The server is sure that there is nothing: that is how every store begins.
            (404 | 410, _) => Ok(Found::Nothing(Some(request.refusal(response)))),
            (204, _) => Ok(Found::Nothing(JSON::parse("").err().map(malformed))),
            _ if !response.ok() => Err(request.refusal(response)),
            _ => {
                let text = request.text(&response).await?;
                let text = decoded(self.codec.as_ref(), text).await?;
                self.latest.set(tag_of(&response).map(|tag| Version {
                    tag,
                    text: text.clone(),
                }));
                content(text)
            }
        }
    }

    async fn write(&self, mut request: Request) -> Result<(), JsValue> {
        let response = request.response().await?;
        // A POST that is redirected may become a GET, and nobody can see whether it did. If the end
        // is a page, as that to sign in is, nothing was saved.
        if !response.ok() || (response.redirected() && is_page(&response)) {
            return Err(request.refusal(response));
        }
        request.leave(&response);
        Ok(())
    }

    fn post(
        self: Rc<Self>,
        text: JsString,
        kind: &'static str,
    ) -> LocalFuture<Result<(), JsValue>> {
        // Always where it can be: a page may be left while a save is on its way.
        let is_kept = can_keep(&text);
        let post = move |this: &Self, text: &JsString, is_kept| {
            Request::send(
                &this.save_url,
                &Ask::Post {
                    text,
                    kind,
                    is_kept,
                },
            )
        };
        let request = post(&self, &text, is_kept);
        Box::pin(in_time(Box::pin(async move {
            match self.write(request).await {
                // Perhaps because other requests have used up what a page may leave behind.
                Err(error) if is_kept && is_network_error(&error) => {
                    self.write(post(&self, &text, false)).await
                }
                written => written,
            }
        })))
    }

    /// Whether the server has another version than the one that was read last.
    async fn has_changed(&self) -> Result<bool, JsValue> {
        // What is being read is not known yet, and need not be read twice.
        if self.is_reading.get() {
            return Ok(false);
        }
        let latest = self.latest();
        let mut request = self.ask("HEAD", latest.as_ref());
        let response = request.response().await?;
        if response.status() == 304 && latest.is_some() {
            return Ok(false);
        }
        if !response.ok() {
            return Err(request.refusal(response));
        }
        // It may have been read meanwhile, or be about to.
        let latest = self.latest().map(|latest| latest.tag);
        Ok(!self.is_reading.get() && tag_of(&response).is_some_and(|tag| Some(tag) != latest))
    }

    async fn poll(self: Rc<Self>, listener: Listener<JsHost>) {
        loop {
            timer(self.interval_ms).await;
            let this = Rc::clone(&self);
            match in_time(Box::pin(async move { this.has_changed().await })).await {
                Ok(false) => {}
                // Not asked again before it was loaded, which may take longer than the interval.
                Ok(true) => {
                    if let Err(error) = listener.notify(None).await {
                        listener.announce(Err(error));
                    }
                }
                Err(error) => listener.announce(Err(error)),
            }
        }
    }
}

impl BuiltIn for Remote {
    fn load(self: Rc<Self>) -> LocalFuture<Result<Found<JsHost>, JsValue>> {
        let latest = self.latest();
        let request = self.ask("GET", latest.as_ref());
        let reading = Reading::begin(self);
        Box::pin(in_time(Box::pin(async move {
            reading.0.read(request, latest).await
        })))
    }

    fn save(self: Rc<Self>, save: Save) -> LocalFuture<Result<(), JsValue>> {
        let json = match save.store.get_encoded_json() {
            Ok(json) => json,
            Err(error) => return Box::pin(ready(Err(error))),
        };
        if self.codec.is_none() {
            // The request has begun when this returns.
            return self.post(json, "application/json");
        }
        Box::pin(async move {
            let text = encoded(self.codec.as_ref(), json).await?;
            self.post(text, "text/plain;charset=UTF-8").await
        })
    }

    fn listen(
        self: Rc<Self>,
        listener: Listener<JsHost>,
    ) -> LocalFuture<Result<Option<Guard>, JsValue>> {
        let end = Completion::default();
        let polling = unless(Box::pin(self.poll(listener)), Box::pin(end.wait()));
        spawn(Box::pin(async move {
            polling.await;
        }));
        Box::pin(ready(Ok(Some(Box::new(Polling(end)) as Guard))))
    }
}

/// A load that is under way, until it is dropped.
struct Reading(Rc<Remote>);

impl Reading {
    fn begin(remote: Rc<Remote>) -> Self {
        remote.is_reading.set(true);
        Self(remote)
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.is_reading.set(false);
    }
}

/// The polling; dropping it ends that, and aborts a request that is under way.
struct Polling(Completion<()>);

impl Drop for Polling {
    fn drop(&mut self) {
        self.0.set(());
    }
}

fn content(text: JsString) -> Result<Found<JsHost>, JsValue> {
    match read_json(text)? {
        Stored::Content(text) => Ok(Found::Update(Update::Content(Content::Text(text)))),
        Stored::Other(value) => found(value),
    }
}

fn malformed(error: JsValue) -> JsValue {
    marked(error, "malformed-json")
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).ok().flatten()
}

fn tag_of(response: &Response) -> Option<String> {
    header(response, "ETag")
}

fn is_page(response: &Response) -> bool {
    header(response, "Content-Type").is_some_and(|kind| kind.starts_with("text/html"))
}

fn is_network_error(error: &JsValue) -> bool {
    Reflect::get(error, &"code".into()).is_ok_and(|code| code == "network")
}

/// Whether this is a page, which may be left, and `text` is small enough to be sent all the same.
fn can_keep(text: &JsString) -> bool {
    let is_page = Reflect::has(&global(), &"document".into()).unwrap_or(false);
    is_page && text.length() as usize <= KEPT_BYTES && String::from(text).len() <= KEPT_BYTES
}
