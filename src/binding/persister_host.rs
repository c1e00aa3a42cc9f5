//! The surroundings of a persister in JavaScript: a store's functions, the app's callbacks.

use std::rc::Rc;

use js_sys::{Array, Function, JsString};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use super::futures::{JsResult, function2, promised, settled, spawn, timer};
use super::persister_error::{invalid_content, of_persister};
use super::storage::{StorageListener, WebStorage};
use crate::persister::{
    Backend, Environment, Listener, LocalFuture, PersisterError, Status, StoreSide, Types, Update,
};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r"
/** What a persister needs of a store. @internal */
export interface PersistedStoreFunctions {
  setContent(content: unknown): unknown;
  addDidFinishTransactionListener(listener: () => void): string;
  delListener(listenerId: string): unknown;
  getEncodedContent(): unknown;
  setEncodedContent(content: unknown): void;
  applyEncodedChanges(changes: unknown): void;
  getEncodedChanges(): unknown;
  hasChanges(): boolean;
  getEncodedJson(): string;
  setEncodedJson(text: string): void;
}

/** What an app gives to make a persister of its own. @internal */
export interface PersisterCallbacks {
  getPersisted(): unknown;
  setPersisted(getContent: () => unknown, changes: unknown): unknown;
  addPersisterListener(listener: (content?: unknown, changes?: unknown) => Promise<void>): unknown;
  delPersisterListener(handle: unknown): unknown;
}
";

#[wasm_bindgen]
extern "C" {
    /// What a persister needs of a store.
    #[wasm_bindgen(typescript_type = "PersistedStoreFunctions")]
    #[derive(Clone)]
    pub type StoreFunctions;

    #[wasm_bindgen(method, catch, js_name = setContent)]
    fn set_content(this: &StoreFunctions, content: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = addDidFinishTransactionListener)]
    fn add_did_finish(this: &StoreFunctions, listener: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = delListener)]
    fn del_listener(this: &StoreFunctions, listener_id: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = getEncodedContent)]
    fn get_encoded_content(this: &StoreFunctions) -> JsValue;
    #[wasm_bindgen(method, catch, js_name = setEncodedContent)]
    fn set_encoded_content(this: &StoreFunctions, content: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = applyEncodedChanges)]
    fn apply_encoded_changes(this: &StoreFunctions, changes: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getEncodedChanges)]
    fn get_encoded_changes(this: &StoreFunctions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = hasChanges)]
    fn has_changes(this: &StoreFunctions) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getEncodedJson)]
    pub(super) fn get_encoded_json(this: &StoreFunctions) -> Result<JsString, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setEncodedJson)]
    fn set_encoded_json(this: &StoreFunctions, text: &JsString) -> Result<(), JsValue>;

    /// What an app gives to make a persister of its own.
    #[wasm_bindgen(typescript_type = "PersisterCallbacks")]
    pub type Callbacks;

    #[wasm_bindgen(method, catch, js_name = getPersisted)]
    fn get_persisted(this: &Callbacks) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setPersisted)]
    fn set_persisted(
        this: &Callbacks,
        get_content: &JsValue,
        changes: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = addPersisterListener)]
    fn add_persister_listener(this: &Callbacks, listener: &Function) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = delPersisterListener)]
    fn del_persister_listener(this: &Callbacks, handle: &JsValue) -> Result<JsValue, JsValue>;
}

/// A store's content on its way from a back end.
pub enum Content {
    /// `[tables, values]` as an app makes it, object cells encoded or not.
    Value(JsValue),
    /// The JSON text of that, which only the store needs to read.
    Text(JsString),
}

/// Where the content is kept.
pub(super) enum Place {
    /// Wherever the app's callbacks put it.
    Custom(Callbacks),
    /// In the browser's local or session storage.
    Storage(WebStorage),
}

/// What a back end gives for a listener.
pub enum Handle {
    /// Whatever the app's callback returned.
    Custom(JsValue),
    /// A listener to the browser's storage event.
    Storage(StorageListener),
}

/// A persister's surroundings in JavaScript.
pub struct JsHost {
    pub(super) store: StoreFunctions,
    pub(super) place: Place,
    pub(super) on_ignored_error: Option<Function>,
}

/// A listener to the end of transactions; dropping it deletes it from the store.
pub struct Subscription {
    store: StoreFunctions,
    listener_id: JsValue,
    _listener: Closure<dyn Fn()>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        // A store's delListener throws nothing, and nobody could do anything about it here.
        drop(self.store.del_listener(&self.listener_id));
    }
}

impl Types for JsHost {
    type Content = Content;
    type Changes = JsValue;
    type Initial = JsValue;
    type Handle = Handle;
    type StatusListener = Function;
    type Subscription = Subscription;
    type Error = JsValue;
}

/// Content or, marked by a third element of 1, changes.
pub(super) fn update_of(value: JsValue) -> Update<JsHost> {
    if value
        .dyn_ref::<Array>()
        .is_some_and(|array| array.get(2).as_f64() == Some(1.0))
    {
        Update::Changes(value)
    } else {
        Update::Content(Content::Value(value))
    }
}

/// What was stored, if it is content at all.
pub(super) fn stored(value: JsValue) -> Result<Option<Update<JsHost>>, JsValue> {
    if value.is_undefined() {
        Ok(None)
    } else if Array::is_array(&value) {
        Ok(Some(update_of(value)))
    } else {
        Err(invalid_content(&value))
    }
}

impl Backend for JsHost {
    fn get_persisted(&self) -> LocalFuture<Result<Option<Update<Self>>, JsValue>> {
        match &self.place {
            Place::Custom(callbacks) => {
                let answer = settled(callbacks.get_persisted());
                Box::pin(async move { stored(answer.await?) })
            }
            Place::Storage(storage) => Box::pin(std::future::ready(storage.load())),
        }
    }

    fn set_persisted(&self, changes: Option<JsValue>) -> LocalFuture<Result<(), JsValue>> {
        match &self.place {
            Place::Custom(callbacks) => done(callbacks.set_persisted(
                &self.store.get_encoded_content(),
                &changes.unwrap_or(JsValue::UNDEFINED),
            )),
            Place::Storage(storage) => Box::pin(std::future::ready(storage.save(&self.store))),
        }
    }

    fn add_listener(
        &self,
        listener: Listener<Self>,
    ) -> LocalFuture<Result<Option<Handle>, JsValue>> {
        match &self.place {
            Place::Custom(callbacks) => {
                let function = function2(move |content, changes| {
                    let update = if changes.is_truthy() {
                        changes
                    } else {
                        content
                    };
                    promised(listener.notify(update.is_truthy().then(|| update_of(update))))
                });
                let answer = settled(callbacks.add_persister_listener(&function));
                Box::pin(async move {
                    let handle = answer.await?;
                    Ok((!handle.is_undefined()).then(|| Handle::Custom(handle)))
                })
            }
            Place::Storage(storage) => Box::pin(std::future::ready(
                storage
                    .listen(listener)
                    .map(|handle| Some(Handle::Storage(handle))),
            )),
        }
    }

    fn del_listener(&self, handle: Handle) -> LocalFuture<Result<(), JsValue>> {
        match (&self.place, handle) {
            (Place::Custom(callbacks), Handle::Custom(handle)) => {
                done(callbacks.del_persister_listener(&handle))
            }
            (_, handle) => {
                // This is what removes a listener to the storage event.
                drop(handle);
                Box::pin(std::future::ready(Ok(())))
            }
        }
    }
}

fn done(returned: JsResult) -> LocalFuture<Result<(), JsValue>> {
    let answer = settled(returned);
    Box::pin(async move { answer.await.map(drop) })
}

impl StoreSide for JsHost {
    fn set_content(&self, content: Content) -> Result<(), JsValue> {
        match content {
            Content::Value(value) => self.store.set_encoded_content(&value),
            Content::Text(text) => self.store.set_encoded_json(&text),
        }
    }

    fn apply_changes(&self, changes: JsValue) -> Result<(), JsValue> {
        self.store.apply_encoded_changes(&changes)
    }

    fn set_initial(&self, initial: JsValue) -> Result<(), JsValue> {
        // The store's own method calls a function that makes content.
        self.store.set_content(&initial).map(drop)
    }

    fn take_changes(&self) -> Result<Option<JsValue>, JsValue> {
        match self.place {
            Place::Custom(_) => {
                let changes = self.store.get_encoded_changes()?;
                Ok((!changes.is_undefined()).then_some(changes))
            }
            // The whole text is written anyway, so which changes there are is not asked for.
            Place::Storage(_) => Ok(self.store.has_changes()?.then_some(JsValue::UNDEFINED)),
        }
    }

    fn subscribe(&self, on_finish: Rc<dyn Fn()>) -> Result<Subscription, JsValue> {
        let listener = Closure::<dyn Fn()>::new(move || on_finish());
        Ok(Subscription {
            listener_id: self.store.add_did_finish(listener.as_ref())?,
            store: self.store.clone(),
            _listener: listener,
        })
    }
}

impl Environment for JsHost {
    fn ignore_error(&self, error: JsValue) -> Result<(), JsValue> {
        match &self.on_ignored_error {
            Some(handler) => handler.call1(&JsValue::UNDEFINED, &error).map(drop),
            None => Ok(()),
        }
    }

    fn call_status_listener(&self, listener: &Function, status: Status) -> Result<(), JsValue> {
        listener
            .call1(&JsValue::UNDEFINED, &JsValue::from(status as u8))
            .map(drop)
    }

    fn error(&self, error: PersisterError) -> JsValue {
        of_persister(error)
    }

    fn spawn(&self, task: LocalFuture<()>) {
        spawn(task);
    }

    fn timer(&self, milliseconds: u32) -> LocalFuture<()> {
        timer(milliseconds)
    }
}
