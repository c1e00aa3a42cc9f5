//! The persister as the facade sees it: a class whose methods give promises of nothing.

use std::rc::Rc;

use js_sys::{Array, Function, JsString, Promise, TypeError};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use super::futures::{promised, settled};
use super::persister_functions::{Callbacks, Settings, StoreFunctions};
use super::persister_host::{JsHost, Place};
use super::storage::{Area, FileHandle, FileStorage, FileWriter, IndexedDb, Remote, WebStorage};
use crate::persister::{Action, First, Outcome, Persister};

/// A persister of a store that was made in JavaScript.
#[wasm_bindgen(js_name = Persister)]
pub struct JsPersister(Persister<JsHost>);

fn promise(outcome: Outcome<JsHost>) -> Promise {
    promised(outcome)
}

/// Initial content, if it is given at all: anything falsy means none.
fn initial(value: JsValue) -> Option<JsValue> {
    value.is_truthy().then_some(value)
}

fn first(save_first: bool) -> First {
    if save_first { First::Save } else { First::Load }
}

/// An action that calls `function` and waits for what it returns.
fn action(function: JsValue) -> Action<JsValue> {
    Box::new(move || {
        let answer = settled(match function.dyn_ref::<Function>() {
            Some(function) => function.call0(&JsValue::UNDEFINED),
            None => Err(TypeError::new("action is not a function").into()),
        });
        Box::pin(async move { answer.await.map(drop) })
    })
}

fn new_persister(
    store: StoreFunctions,
    place: Place,
    on_ignored_error: Option<Function>,
    settings: &Settings,
) -> JsPersister {
    let host = JsHost::new(store, place, on_ignored_error, settings.debounce());
    JsPersister(Persister::new(host))
}

#[wasm_bindgen(js_class = Persister)]
impl JsPersister {
    /// A persister whose content is kept by the app's callbacks.
    #[wasm_bindgen(js_name = custom)]
    #[must_use]
    pub fn custom(
        store: StoreFunctions,
        callbacks: Callbacks,
        on_ignored_error: Option<Function>,
        settings: &Settings,
    ) -> JsPersister {
        new_persister(store, Place::Custom(callbacks), on_ignored_error, settings)
    }

    /// A persister whose content is kept in the browser's local storage under `name`.
    #[wasm_bindgen(js_name = local)]
    #[must_use]
    pub fn local(
        store: StoreFunctions,
        name: JsString,
        on_ignored_error: Option<Function>,
        settings: &Settings,
    ) -> JsPersister {
        let storage = WebStorage::new(Area::Local, name, settings.codec());
        new_persister(
            store,
            Place::BuiltIn(Rc::new(storage)),
            on_ignored_error,
            settings,
        )
    }

    /// A persister whose content is kept in the browser's session storage under `name`.
    #[wasm_bindgen(js_name = session)]
    #[must_use]
    pub fn session(
        store: StoreFunctions,
        name: JsString,
        on_ignored_error: Option<Function>,
        settings: &Settings,
    ) -> JsPersister {
        let storage = WebStorage::new(Area::Session, name, settings.codec());
        new_persister(
            store,
            Place::BuiltIn(Rc::new(storage)),
            on_ignored_error,
            settings,
        )
    }

    /// A persister whose content is kept by a server, which is asked for changes every so often.
    #[wasm_bindgen(js_name = remote)]
    #[must_use]
    pub fn remote(
        store: StoreFunctions,
        load_url: JsString,
        save_url: JsString,
        interval_milliseconds: u32,
        on_ignored_error: Option<Function>,
        settings: &Settings,
    ) -> JsPersister {
        let remote = Remote::new(load_url, save_url, interval_milliseconds, settings.codec());
        new_persister(
            store,
            Place::BuiltIn(Rc::new(remote)),
            on_ignored_error,
            settings,
        )
    }

    /// A persister whose content is kept in the IndexedDB database `name`. What others save is looked
    /// for every `interval_seconds`, if they are given.
    #[wasm_bindgen(js_name = indexedDb)]
    #[must_use]
    pub fn indexed_db(
        store: StoreFunctions,
        name: JsString,
        interval_seconds: Option<f64>,
        on_ignored_error: Option<Function>,
        settings: &Settings,
    ) -> JsPersister {
        let version = settings.version().map(|version| version as u64);
        let place = IndexedDb::new(store.clone(), name, interval_seconds, version);
        let place = Place::BuiltIn(Rc::new(place));
        new_persister(store, place, on_ignored_error, settings)
    }

    /// A persister whose content is kept in the file of `handle`, in the origin private file system
    /// or elsewhere, and by what a window can write it in place.
    #[wasm_bindgen(js_name = file)]
    #[must_use]
    pub fn file(
        store: StoreFunctions,
        handle: FileHandle,
        writer: Option<FileWriter>,
        on_ignored_error: Option<Function>,
        settings: &Settings,
    ) -> JsPersister {
        let version = settings.version().map(|version| version as u64);
        let takes_stamps = store.merged_json().is_some();
        let place = FileStorage::new(handle, writer, version, takes_stamps);
        let place = Place::BuiltIn(Rc::new(place));
        new_persister(store, place, on_ignored_error, settings)
    }

    /// As [`Persister::load`]; a falsy `initial_content` means none.
    pub fn load(&self, initial_content: JsValue) -> Promise {
        promise(self.0.load(initial(initial_content)))
    }

    /// As [`Persister::save`].
    pub fn save(&self) -> Promise {
        promise(self.0.save())
    }

    /// As [`Persister::start_auto_load`].
    #[wasm_bindgen(js_name = startAutoLoad)]
    pub fn start_auto_load(&self, initial_content: JsValue) -> Promise {
        promise(self.0.start_auto_load(initial(initial_content)))
    }

    /// As [`Persister::stop_auto_load`].
    #[wasm_bindgen(js_name = stopAutoLoad)]
    pub fn stop_auto_load(&self) -> Promise {
        promise(self.0.stop_auto_load())
    }

    /// As [`Persister::is_auto_loading`].
    #[wasm_bindgen(js_name = isAutoLoading)]
    #[must_use]
    pub fn is_auto_loading(&self) -> bool {
        self.0.is_auto_loading()
    }

    /// As [`Persister::start_auto_save`].
    #[wasm_bindgen(js_name = startAutoSave)]
    pub fn start_auto_save(&self) -> Promise {
        promise(self.0.start_auto_save())
    }

    /// As [`Persister::stop_auto_save`].
    #[wasm_bindgen(js_name = stopAutoSave)]
    pub fn stop_auto_save(&self) -> Promise {
        promise(self.0.stop_auto_save())
    }

    /// As [`Persister::is_auto_saving`].
    #[wasm_bindgen(js_name = isAutoSaving)]
    #[must_use]
    pub fn is_auto_saving(&self) -> bool {
        self.0.is_auto_saving()
    }

    /// As [`Persister::start_auto_persisting`].
    #[wasm_bindgen(js_name = startAutoPersisting)]
    pub fn start_auto_persisting(&self, initial_content: JsValue, save_first: bool) -> Promise {
        promise(
            self.0
                .start_auto_persisting(initial(initial_content), first(save_first)),
        )
    }

    /// As [`Persister::stop_auto_persisting`].
    #[wasm_bindgen(js_name = stopAutoPersisting)]
    pub fn stop_auto_persisting(&self, save_first: bool) -> Promise {
        promise(self.0.stop_auto_persisting(first(save_first)))
    }

    /// The number of what the persister is doing: 0 idle, 1 loading, 2 saving.
    #[wasm_bindgen(js_name = getStatus)]
    #[must_use]
    pub fn status(&self) -> u8 {
        self.0.status() as u8
    }

    /// As [`Persister::add_status_listener`]; the listener gets the number of the status.
    #[wasm_bindgen(js_name = addStatusListener)]
    #[must_use]
    pub fn add_status_listener(&self, listener: Function) -> u32 {
        self.0.add_status_listener(listener)
    }

    /// As [`Persister::del_status_listener`].
    #[wasm_bindgen(js_name = delStatusListener)]
    pub fn del_status_listener(&self, id: u32) {
        self.0.del_status_listener(id);
    }

    /// As [`Persister::flush`].
    pub fn flush(&self) -> Promise {
        promise(self.0.flush())
    }

    /// Whether the store holds anything that is not saved; see [`Persister::save_state`].
    #[wasm_bindgen(js_name = isUnsaved)]
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.0.save_state().is_unsaved
    }

    /// When a save last succeeded, in milliseconds since 1970.
    #[wasm_bindgen(js_name = lastSaved)]
    #[must_use]
    pub fn last_saved(&self) -> Option<f64> {
        self.0.save_state().last_saved
    }

    /// What went wrong with the last load or save.
    #[wasm_bindgen(js_name = lastError)]
    #[must_use]
    pub fn last_error(&self) -> JsValue {
        let last_error = self.0.save_state().last_error;
        last_error.unwrap_or(JsValue::UNDEFINED)
    }

    /// As [`Persister::add_save_state_listener`].
    #[wasm_bindgen(js_name = addSaveStateListener)]
    #[must_use]
    pub fn add_save_state_listener(&self, listener: Function) -> u32 {
        self.0.add_save_state_listener(listener)
    }

    /// As [`Persister::schedule`]; `actions` are functions, which may return promises.
    pub fn schedule(&self, actions: &Array) -> Promise {
        promise(self.0.schedule(actions.iter().map(action).collect()))
    }

    /// As [`Persister::stats`]: `{loads, saves}`.
    #[wasm_bindgen(js_name = getStats)]
    #[must_use]
    pub fn stats(&self) -> JsValue {
        serde_wasm_bindgen::to_value(&self.0.stats()).unwrap_or(JsValue::UNDEFINED)
    }

    /// As [`Persister::destroy`].
    pub fn destroy(&self) -> Promise {
        promise(self.0.destroy())
    }
}
