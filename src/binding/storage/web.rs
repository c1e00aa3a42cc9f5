//! Local and session storage: one text a store, in TinyBase's format, and the `storage` event.
//!
//! The text is the JSON of `[tables, values]` with object cells encoded as in the store; where a
//! value is undefined, which only changes have, it is U+FFFC. Texts stay JavaScript strings here:
//! they cross into Rust once, inside the store.

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;

use js_sys::{Function, JsString, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::EventTarget;

use super::codec::{decoded, encoded};
use super::tabs::{Hearing, News, Tabs, WAIT_MS, fingerprint};
use super::text::{Stored, read};
use super::{BuiltIn, Guard, NO_EDITS, Save};
use crate::binding::futures::{spawn, timer};
use crate::binding::persister_content::{Content, found, update_of};
use crate::binding::persister_error::{set_aside_at, set_cause, storage_unavailable};
use crate::binding::persister_functions::Codec;
use crate::binding::persister_host::JsHost;
use crate::persister::{Found, Listener, LocalFuture, Update, poll_now};

#[wasm_bindgen]
extern "C" {
    // `web_sys::Storage` and `web_sys::StorageEvent`, but with strings that do not cross.
    #[wasm_bindgen(extends = web_sys::Storage)]
    #[derive(Clone)]
    type Storage;
    #[wasm_bindgen(method, catch, js_name = getItem)]
    fn get_item(this: &Storage, key: &JsString) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setItem)]
    fn set_item(this: &Storage, key: &JsString, text: &JsString) -> Result<(), JsValue>;

    #[wasm_bindgen(extends = web_sys::StorageEvent)]
    type StorageEvent;
    #[wasm_bindgen(method, getter, js_name = storageArea)]
    fn area(this: &StorageEvent) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn key(this: &StorageEvent) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = newValue)]
    fn new_value(this: &StorageEvent) -> JsValue;
}

/// Which of the browser's storages.
#[derive(Clone, Copy)]
pub(crate) enum Area {
    Local,
    Session,
}

impl Area {
    fn name(self) -> &'static str {
        match self {
            Self::Local => "localStorage",
            Self::Session => "sessionStorage",
        }
    }

    /// The storage itself. Touching it may throw (a sandboxed frame), and workers have none.
    fn open(self) -> Result<Storage, JsValue> {
        let unavailable = |cause: &JsValue| storage_unavailable(self.name(), cause);
        let storage =
            Reflect::get(&global(), &self.name().into()).map_err(|cause| unavailable(&cause))?;
        if storage.is_object() {
            Ok(storage.unchecked_into())
        } else {
            Err(unavailable(&JsValue::UNDEFINED))
        }
    }
}

/// The place of one store's text.
pub(crate) struct WebStorage {
    area: Area,
    name: JsString,
    codec: Option<Codec>,
    /// The others who use it, while there is listening.
    tabs: Cell<Option<Rc<Tabs>>>,
    /// What was written last, as it is stored.
    written: Cell<Option<JsString>>,
}

impl WebStorage {
    /// The text under `name`. Nothing is touched yet.
    pub(crate) fn new(area: Area, name: JsString, codec: Option<Codec>) -> Self {
        Self {
            area,
            name,
            codec,
            tabs: Cell::new(None),
            written: Cell::new(None),
        }
    }

    /// What is stored. That a text is missing is also an error, as in TinyBase.
    async fn read(&self) -> Result<Found<JsHost>, JsValue> {
        let text = self.area.open()?.get_item(&self.name)?;
        match text.dyn_into::<JsString>() {
            Ok(text) => {
                // That it cannot be decoded may be the codec's fault, so the text is let alone.
                let text = decoded(self.codec.as_ref(), text).await?;
                match read(text).and_then(found_in) {
                    Err(error) => Ok(Found::Nothing(Some(self.copy_aside(error)?))),
                    found => found,
                }
            }
            Err(missing) => found(missing),
        }
    }

    /// What is stored, decoded, unless this has written it.
    async fn written_by_others(&self, storage: &Storage) -> Result<Option<JsString>, JsValue> {
        let Ok(text) = storage.get_item(&self.name)?.dyn_into::<JsString>() else {
            return Ok(None);
        };
        let written = self.written.take();
        let is_own = written.as_ref() == Some(&text);
        self.written.set(written);
        match is_own {
            true => Ok(None),
            false => decoded(self.codec.as_ref(), text).await.map(Some),
        }
    }

    fn tabs(&self) -> Option<Rc<Tabs>> {
        let tabs = self.tabs.take();
        self.tabs.set(tabs.clone());
        tabs
    }

    async fn write(&self, save: Save) -> Result<(), JsValue> {
        let storage = self.area.open()?;
        let tabs = self.tabs();
        let may_lack = tabs.as_ref().is_some_and(|tabs| tabs.take_lack());
        let is_new = |edits: &JsString| *edits != NO_EDITS;
        let is_due = save.edits.as_ref().is_none_or(is_new);
        if !is_due && !may_lack && !storage.get_item(&self.name)?.is_null() {
            return Ok(());
        }
        let text = save
            .store
            .json_over(async || self.written_by_others(&storage).await);
        let text = encoded(self.codec.as_ref(), text.await?).await?;
        if !is_due && storage.get_item(&self.name)? == JsValue::from(&text) {
            return Ok(());
        }
        storage.set_item(&self.name, &text)?;
        self.written.set(Some(text.clone()));
        if let Some(tabs) = tabs {
            let news = match &save.edits {
                None => News::Everything,
                Some(edits) if is_due => News::Edits(edits),
                Some(_) => News::Nothing,
            };
            tabs.tell(&text, news);
        }
        Ok(())
    }

    /// Copy the text, which cannot be read, to a key beside its own, and say so in the error. If it
    /// cannot be copied, the error says why.
    fn copy_aside(&self, error: JsValue) -> Result<JsValue, JsValue> {
        match self.try_copy_aside() {
            Ok(Some(key)) => {
                set_aside_at(&error, &key);
                Ok(error)
            }
            Ok(None) => Ok(error),
            Err(reason) => {
                set_cause(&error, &reason);
                Err(error)
            }
        }
    }

    /// The key to which the text was copied, if there is one.
    fn try_copy_aside(&self) -> Result<Option<JsString>, JsValue> {
        let storage = self.area.open()?;
        let Ok(text) = storage.get_item(&self.name)?.dyn_into::<JsString>() else {
            return Ok(None);
        };
        let mut number = 1;
        loop {
            let key = self.name.concat(&format!(" (unreadable {number})").into());
            let there = storage.get_item(&key)?;
            if there.is_null() {
                storage.set_item(&key, &text)?;
                return Ok(Some(key));
            }
            if there == JsValue::from(&text) {
                return Ok(Some(key));
            }
            number += 1;
        }
    }

    /// Tell `listener` when another tab has written the text.
    fn hear(self: &Rc<Self>, listener: Listener<JsHost>) -> Result<StorageListener, JsValue> {
        let (storage, name) = (JsValue::from(self.area.open()?), JsValue::from(&self.name));
        let tabs = match self.area {
            Area::Local => Tabs::connect(&self.name).map(Rc::new),
            Area::Session => None,
        };
        let hearing = tabs.as_ref().map(|tabs| tabs.listen(listener.clone()));
        self.tabs.set(tabs.clone());
        let place = Rc::clone(self);
        let callback = Closure::<dyn Fn(StorageEvent)>::new(move |event: StorageEvent| {
            if event.area() == storage && event.key() == name {
                hear_unless_told(&place, tabs.as_ref(), &listener, event.new_value());
            }
        });
        let target: EventTarget = global().unchecked_into();
        target.add_event_listener_with_callback("storage", function(&callback))?;
        Ok(StorageListener {
            target,
            callback,
            place: Rc::clone(self),
            _hearing: hearing,
        })
    }
}

impl BuiltIn for WebStorage {
    fn load(self: Rc<Self>) -> LocalFuture<Result<Found<JsHost>, JsValue>> {
        Box::pin(async move { self.read().await })
    }

    fn save(self: Rc<Self>, save: Save) -> LocalFuture<Result<(), JsValue>> {
        let mut saving: LocalFuture<_> = Box::pin(async move { self.write(save).await });
        // What can be done at once is done now.
        match poll_now(&mut saving) {
            Some(saved) => Box::pin(ready(saved)),
            None => saving,
        }
    }

    fn set_aside(self: Rc<Self>, error: JsValue) -> LocalFuture<Result<JsValue, JsValue>> {
        Box::pin(ready(self.copy_aside(error)))
    }

    fn listen(
        self: Rc<Self>,
        listener: Listener<JsHost>,
    ) -> LocalFuture<Result<Option<Guard>, JsValue>> {
        let heard = self.hear(listener);
        Box::pin(ready(heard.map(|heard| Some(Box::new(heard) as Guard))))
    }
}

/// A listener to the `storage` event; dropping it removes the listener.
pub struct StorageListener {
    target: EventTarget,
    callback: Closure<dyn Fn(StorageEvent)>,
    place: Rc<WebStorage>,
    _hearing: Option<Hearing>,
}

impl Drop for StorageListener {
    fn drop(&mut self) {
        drop(self.place.tabs.take());
        // The listener was added, so removing it cannot fail.
        drop(
            self.target
                .remove_event_listener_with_callback("storage", function(&self.callback)),
        );
    }
}

fn found_in(stored: Stored) -> Result<Found<JsHost>, JsValue> {
    match stored {
        Stored::Content(text) => Ok(Found::Update(Update::Content(Content::Text(text)))),
        Stored::Other(value) => found(value),
    }
}

fn function(callback: &Closure<dyn Fn(StorageEvent)>) -> &Function {
    callback.as_ref().unchecked_ref()
}

/// Pass on what another tab wrote, unless that is one that also tells what is new in it.
fn hear_unless_told(
    place: &Rc<WebStorage>,
    tabs: Option<&Rc<Tabs>>,
    listener: &Listener<JsHost>,
    written: JsValue,
) {
    let (Some(tabs), Some(text)) = (tabs, written.dyn_ref::<JsString>()) else {
        return hear(place, listener, written);
    };
    let fingerprint = fingerprint(text);
    if tabs.expects(fingerprint) {
        return;
    }
    let (place, tabs, listener) = (Rc::clone(place), Rc::clone(tabs), listener.clone());
    spawn(Box::pin(async move {
        timer(WAIT_MS).await;
        let is_there = place
            .area
            .open()
            .and_then(|storage| storage.get_item(&place.name));
        // What was written over meanwhile is no news any more.
        if !tabs.expects(fingerprint) && is_there.is_ok_and(|there| there == written) {
            hear(&place, &listener, written);
        }
    }));
}

/// Pass on to `listener` what another tab wrote: a text, or null if it removed the text.
fn hear(place: &Rc<WebStorage>, listener: &Listener<JsHost>, written: JsValue) {
    let Ok(text) = written.dyn_into::<JsString>() else {
        return listener.announce(Ok(None));
    };
    let mut decoding = decoded(place.codec.as_ref(), text);
    match poll_now(&mut decoding) {
        Some(text) => listener.announce(text.and_then(update_in)),
        None => {
            let listener = listener.clone();
            spawn(Box::pin(async move {
                listener.announce(decoding.await.and_then(update_in));
            }));
        }
    }
}

fn update_in(text: JsString) -> Result<Option<Update<JsHost>>, JsValue> {
    match read(text)? {
        Stored::Content(text) => Ok(Some(Update::Content(Content::Text(text)))),
        Stored::Other(value) => value.is_truthy().then(|| update_of(value)).transpose(),
    }
}
