//! The surroundings of a persister in JavaScript: a store's functions, the app's callbacks.

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::JsValue;

use super::futures::{JsResult, function2, promised, settled, spawn, timer};
use super::persister_content::{Content, found, update_of};
use super::persister_error::of_persister;
use super::persister_functions::{Callbacks, StoreFunctions};
use super::storage::{BuiltIn, Guard, Save};
use crate::persister::{
    Backend, Environment, Found, Listener, LocalFuture, PersisterError, Status, StoreSide, Types,
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
}

impl JsHost {
    pub(super) fn new(
        store: StoreFunctions,
        place: Place,
        on_ignored_error: Option<Function>,
    ) -> Self {
        Self(Cell::new(Some(Rc::new(Surroundings {
            store,
            place,
            on_ignored_error,
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
        self.with(|this| match &this.place {
            Place::Custom(callbacks) => done(callbacks.set_persisted(
                &this.store.get_encoded_content(),
                &changes.unwrap_or(JsValue::UNDEFINED),
            )),
            Place::BuiltIn(place) => Rc::clone(place).save(Save {
                store: this.store.clone(),
                edits: None,
            }),
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
    fn set_content(&self, content: Content) -> Result<(), JsValue> {
        let this = self.surroundings()?;
        match content {
            Content::Value(value) => this.store.set_encoded_content(&value),
            Content::Text(text) => this.store.set_encoded_json(&text),
        }
    }

    fn apply_changes(&self, changes: JsValue) -> Result<(), JsValue> {
        self.surroundings()?.store.apply_encoded_changes(&changes)
    }

    fn set_initial(&self, initial: JsValue) -> Result<(), JsValue> {
        // The store's own method calls a function that makes content.
        self.surroundings()?.store.set_content(&initial).map(drop)
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

    fn subscribe(&self, on_finish: Rc<dyn Fn()>) -> Result<Subscription, JsValue> {
        let store = self.surroundings()?.store.clone();
        let listener = Closure::<dyn Fn()>::new(move || on_finish());
        Ok(Subscription {
            listener_id: store.add_did_finish(listener.as_ref())?,
            store,
            _listener: listener,
        })
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
        drop(self.0.take());
    }
}
