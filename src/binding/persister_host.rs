//! The surroundings of a persister in JavaScript: a store's functions, the app's callbacks.

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::JsValue;

use super::futures::{JsResult, function2, promised, settled, spawn, timer};
use super::leaving::Leaving;
use super::persister_content::{Content, found, update_of};
use super::persister_error::{is_malformed, of_persister};
use super::persister_functions::{
    BRINGS_CHANGES, BRINGS_CONTENT, BRINGS_INITIAL, BRINGS_TEXT, Callbacks, StoreFunctions,
};
use super::storage::{BuiltIn, Guard, Save};
use crate::persister::{
    Backend, Edits, Environment, Found, Listener, LocalFuture, Pace, PersisterError, Status,
    StoreSide, Types, Update,
};

/// Where the content is kept.
pub(super) enum Place {
    /// Wherever the app's callbacks put it.
    Custom(Callbacks),
    /// In a place that this library knows how to use.
    BuiltIn(Rc<dyn BuiltIn>),
}

/// What a back end gives for a listener.
pub enum Handle {
    /// Whatever the app's callback returned, and the callbacks, so that it can be given back even
    /// if it arrives after the end.
    Custom(Callbacks, JsValue),
    /// What ends the listening to a place of ours when it is dropped.
    BuiltIn(Guard),
}

/// A persister's surroundings in JavaScript, until it is destroyed.
pub struct JsHost(Cell<Option<Rc<Surroundings>>>);

struct Surroundings {
    store: StoreFunctions,
    place: Place,
    on_ignored_error: Option<Function>,
    /// For how many milliseconds automatic saves wait for more changes.
    debounce: u32,
}

impl JsHost {
    pub(super) fn new(
        store: StoreFunctions,
        place: Place,
        on_ignored_error: Option<Function>,
        debounce: u32,
    ) -> Self {
        Self(Cell::new(Some(Rc::new(Surroundings {
            store,
            place,
            on_ignored_error,
            debounce,
        }))))
    }

    /// Kept alive by the caller while foreign code runs, which may destroy the persister.
    fn surroundings(&self) -> Result<Rc<Surroundings>, JsValue> {
        let surroundings = self.0.take();
        self.0.set(surroundings.clone());
        surroundings.ok_or_else(|| of_persister(PersisterError::Destroyed))
    }

    fn with<T: 'static>(
        &self,
        call: impl FnOnce(&Surroundings) -> LocalFuture<Result<T, JsValue>>,
    ) -> LocalFuture<Result<T, JsValue>> {
        match self.surroundings() {
            Ok(surroundings) => call(&surroundings),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

/// A listener to the end of transactions; dropping it deletes it from the store.
pub struct Subscription {
    store: StoreFunctions,
    listener_id: JsValue,
    _listener: Closure<dyn Fn()>,
    _leaving: Option<Leaving>,
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
    type SaveStateListener = Function;
    type Subscription = Subscription;
    type Error = JsValue;
}

impl Backend for JsHost {
    fn get_persisted(&self) -> LocalFuture<Result<Found<Self>, JsValue>> {
        self.with(|this| match &this.place {
            Place::Custom(callbacks) => {
                let answer = settled(callbacks.get_persisted());
                Box::pin(async move { found(answer.await?) })
            }
            Place::BuiltIn(place) => Rc::clone(place).load(),
        })
    }

    fn set_persisted(&self, changes: Option<JsValue>) -> LocalFuture<Result<(), JsValue>> {
        let begin = |this: &Surroundings| this.store.begin_keeping();
        let is_everything = match self.surroundings().and_then(|this| begin(&this)) {
            Ok(is_everything) => is_everything,
            Err(error) => return Box::pin(ready(Err(error))),
        };
        self.with(|this| match &this.place {
            Place::Custom(callbacks) => done(callbacks.set_persisted(
                &this.store.get_encoded_content(),
                &changes.unwrap_or(JsValue::UNDEFINED),
            )),
            Place::BuiltIn(place) => {
                let edits = if is_everything {
                    None
                } else {
                    match this.store.edits_text() {
                        Ok(edits) => Some(edits),
                        Err(error) => return Box::pin(ready(Err(error))),
                    }
                };
                let store = this.store.clone();
                Rc::clone(place).save(Save { store, edits })
            }
        })
    }

    fn set_aside(&self, error: JsValue) -> LocalFuture<Result<JsValue, JsValue>> {
        self.with(|this| match &this.place {
            Place::BuiltIn(place) if is_malformed(&error) => Rc::clone(place).set_aside(error),
            _ => Box::pin(ready(Err(error))),
        })
    }

    fn add_listener(
        &self,
        listener: Listener<Self>,
    ) -> LocalFuture<Result<Option<Handle>, JsValue>> {
        self.with(|this| match &this.place {
            Place::Custom(callbacks) => {
                let function = function2(move |content, changes| {
                    let update = if changes.is_truthy() {
                        changes
                    } else {
                        content
                    };
                    match update.is_truthy().then(|| update_of(update)).transpose() {
                        Ok(update) => promised(listener.notify(update)),
                        Err(error) => Promise::reject(&error),
                    }
                });
                let answer = settled(callbacks.add_persister_listener(&function));
                let callbacks = callbacks.clone();
                Box::pin(async move {
                    let handle = answer.await?;
                    Ok((!handle.is_undefined()).then_some(Handle::Custom(callbacks, handle)))
                })
            }
            Place::BuiltIn(place) => {
                let guard = Rc::clone(place).listen(listener);
                Box::pin(async move { Ok(guard.await?.map(Handle::BuiltIn)) })
            }
        })
    }

    fn del_listener(&self, handle: Handle) -> LocalFuture<Result<(), JsValue>> {
        match handle {
            Handle::Custom(callbacks, handle) => done(callbacks.del_persister_listener(&handle)),
            Handle::BuiltIn(guard) => {
                drop(guard);
                Box::pin(ready(Ok(())))
            }
        }
    }
}

fn done(returned: JsResult) -> LocalFuture<Result<(), JsValue>> {
    let answer = settled(returned);
    Box::pin(async move { answer.await.map(drop) })
}

impl StoreSide for JsHost {
    fn bring(&self, update: Update<Self>, keeps_edits: bool) -> Result<(), JsValue> {
        let (what, thing) = match update {
            Update::Content(Content::Value(value)) => (BRINGS_CONTENT, value),
            Update::Content(Content::Text(text)) => (BRINGS_TEXT, text.into()),
            Update::Changes(changes) => (BRINGS_CHANGES, changes),
        };
        self.surroundings()?.store.bring(what, &thing, keeps_edits)
    }

    fn bring_initial(&self, initial: JsValue, keeps_edits: bool) -> Result<(), JsValue> {
        // If it is a function, the facade calls it.
        let this = self.surroundings()?;
        this.store.bring(BRINGS_INITIAL, &initial, keeps_edits)
    }

    fn take_changes(&self) -> Result<Option<JsValue>, JsValue> {
        let this = self.surroundings()?;
        match this.place {
            Place::Custom(_) => {
                let changes = this.store.get_encoded_changes()?;
                Ok((!changes.is_undefined()).then_some(changes))
            }
            // The whole text is written anyway, so which changes there are is not asked for.
            Place::BuiltIn(_) => Ok(this.store.has_changes()?.then_some(JsValue::UNDEFINED)),
        }
    }

    fn subscribe(
        &self,
        on_finish: Rc<dyn Fn()>,
        on_leave: Rc<dyn Fn()>,
    ) -> Result<Subscription, JsValue> {
        let store = self.surroundings()?.store.clone();
        let listener = Closure::<dyn Fn()>::new(move || on_finish());
        Ok(Subscription {
            listener_id: store.add_did_finish(listener.as_ref())?,
            store,
            _listener: listener,
            _leaving: Leaving::listen(on_leave)?,
        })
    }
}

impl JsHost {
    /// Asks the store, or gives `at_end` once the persister has been destroyed, or the store is broken.
    fn ask<T>(&self, at_end: T, ask: impl FnOnce(&StoreFunctions) -> Result<T, JsValue>) -> T {
        let surroundings = self.surroundings();
        let answer = surroundings.and_then(|this| ask(&this.store));
        answer.unwrap_or(at_end)
    }
}

impl Edits for JsHost {
    fn forget_edits(&self) {
        self.ask((), StoreFunctions::forget_edits);
    }

    fn set_in_step(&self) {
        self.ask((), StoreFunctions::set_in_step);
    }

    fn end_saving(&self, is_saved: bool) {
        self.ask((), |store| store.end_keeping(is_saved));
    }

    fn edits(&self) -> Option<JsValue> {
        let changes = self.ask(JsValue::UNDEFINED, StoreFunctions::get_edits_as_changes);
        (!changes.is_undefined()).then_some(changes)
    }

    fn has_edits(&self) -> bool {
        self.ask(false, StoreFunctions::has_edits)
    }

    fn is_ahead(&self) -> bool {
        self.ask(false, StoreFunctions::is_ahead)
    }

    fn is_saved(&self) -> bool {
        self.ask(true, StoreFunctions::is_kept)
    }
}

impl Environment for JsHost {
    fn ignore_error(&self, error: JsValue) -> Result<(), JsValue> {
        // Without a handler, and after the end, nobody wants to know.
        let Ok(this) = self.surroundings() else {
            return Ok(());
        };
        match &this.on_ignored_error {
            Some(handler) => handler.call1(&JsValue::UNDEFINED, &error).map(drop),
            None => Ok(()),
        }
    }

    fn call_status_listener(&self, listener: &Function, status: Status) -> Result<(), JsValue> {
        listener
            .call1(&JsValue::UNDEFINED, &JsValue::from(status as u8))
            .map(drop)
    }

    fn call_save_state_listener(&self, listener: &Function) -> Result<(), JsValue> {
        listener.call0(&JsValue::UNDEFINED).map(drop)
    }

    fn pace(&self) -> Pace {
        match self.surroundings().as_deref() {
            Ok(this) if this.debounce > 0 => Pace::AfterPause(this.debounce),
            Ok(Surroundings {
                place: Place::BuiltIn(_),
                ..
            }) => Pace::EachTask,
            _ => Pace::EachTransaction,
        }
    }

    fn retries(&self) -> bool {
        let surroundings = self.surroundings();
        surroundings.is_ok_and(|this| matches!(this.place, Place::BuiltIn(_)))
    }

    fn now(&self) -> f64 {
        js_sys::Date::now()
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

    fn release(&self) {
        self.ask((), StoreFunctions::untrack);
        drop(self.0.take());
    }
}
