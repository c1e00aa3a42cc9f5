//! Local and session storage: one text a store, in TinyBase's format, and the `storage` event.
//!
//! The text is the JSON of `[tables, values]` with object cells encoded as in the store; where a
//! value is undefined, which only changes have, it is U+FFFC. Texts stay JavaScript strings here:
//! they cross into Rust once, inside the store.

use std::future::ready;
use std::rc::Rc;

use js_sys::{Function, JsString, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::EventTarget;

use super::text::{Stored, read};
use super::{BuiltIn, Guard, Save};
use crate::binding::persister_content::{Content, found, update_of};
use crate::binding::persister_error::storage_unavailable;
use crate::binding::persister_functions::StoreFunctions;
use crate::binding::persister_host::JsHost;
use crate::persister::{Found, Listener, LocalFuture, Update};

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
}

impl WebStorage {
    /// The text under `name`. Nothing is touched yet.
    pub(crate) fn new(area: Area, name: JsString) -> Self {
        Self { area, name }
    }

    /// What is stored. That a text is missing is also an error, as in TinyBase.
    fn read(&self) -> Result<Found<JsHost>, JsValue> {
        let text = self.area.open()?.get_item(&self.name)?;
        match text.dyn_into::<JsString>() {
            Ok(text) => match read(text)? {
                Stored::Content(text) => Ok(Found::Update(Update::Content(Content::Text(text)))),
                Stored::Other(value) => found(value),
            },
            Err(missing) => found(missing),
        }
    }

    fn write(&self, store: &StoreFunctions) -> Result<(), JsValue> {
        let storage = self.area.open()?;
        storage.set_item(&self.name, &store.get_encoded_json()?)
    }

    /// Tell `listener` when another tab has written the text.
    fn hear(&self, listener: Listener<JsHost>) -> Result<StorageListener, JsValue> {
        let (storage, name) = (JsValue::from(self.area.open()?), JsValue::from(&self.name));
        let callback = Closure::<dyn Fn(StorageEvent)>::new(move |event: StorageEvent| {
            if event.area() == storage && event.key() == name {
                hear(&listener, event.new_value());
            }
        });
        let target: EventTarget = global().unchecked_into();
        target.add_event_listener_with_callback("storage", function(&callback))?;
        Ok(StorageListener { target, callback })
    }
}

impl BuiltIn for WebStorage {
    fn load(self: Rc<Self>) -> LocalFuture<Result<Found<JsHost>, JsValue>> {
        Box::pin(ready(self.read()))
    }

    fn save(self: Rc<Self>, save: Save) -> LocalFuture<Result<(), JsValue>> {
        Box::pin(ready(self.write(&save.store)))
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
}

impl Drop for StorageListener {
    fn drop(&mut self) {
        // The listener was added, so removing it cannot fail.
        drop(
            self.target
                .remove_event_listener_with_callback("storage", function(&self.callback)),
        );
    }
}

fn function(callback: &Closure<dyn Fn(StorageEvent)>) -> &Function {
    callback.as_ref().unchecked_ref()
}

/// Pass on to `listener` what another tab wrote: a text, or null if it removed the text.
fn hear(listener: &Listener<JsHost>, written: JsValue) {
    listener.announce(match written.dyn_into::<JsString>() {
        Ok(text) => read(text).and_then(|stored| match stored {
            Stored::Content(text) => Ok(Some(Update::Content(Content::Text(text)))),
            Stored::Other(value) => value.is_truthy().then(|| update_of(value)).transpose(),
        }),
        Err(_removed) => Ok(None),
    });
}
