//! The bridge between Rust's futures and JavaScript's promises, in both directions.

use std::future::ready;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::persister::LocalFuture;

/// What a JavaScript function gave or threw. What was thrown keeps its identity.
pub(super) type JsResult = Result<JsValue, JsValue>;

#[wasm_bindgen]
extern "C" {
    // Global functions that every environment of ours has; `JsValue`, because Node's timer ids
    // are objects.
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(handler: &Function, milliseconds: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = Promise, js_name = resolve)]
    fn to_promise(value: &JsValue) -> Result<Promise, JsValue>;
}

/// The future of what a JavaScript function returned: what its promise settles to, or the value
/// itself, at once, if it is no promise. What the function threw is the error.
pub(super) fn settled(returned: JsResult) -> LocalFuture<JsResult> {
    match returned {
        Ok(value) if is_thenable(&value) => match to_promise(&value) {
            Ok(promise) => Box::pin(JsFuture::from(promise)),
            Err(error) => Box::pin(ready(Err(error))),
        },
        other => Box::pin(ready(other)),
    }
}

fn is_thenable(value: &JsValue) -> bool {
    // A `then` that throws when it is read is left to `Promise.resolve`, which rejects with that.
    (value.is_object() || value.is_function())
        && Reflect::get(value, &JsValue::from_str("then")).map_or(true, |then| then.is_function())
}

/// A promise of `future`'s result. The future is polled at the next turn, not within this call.
pub(super) fn promised(future: impl Future<Output = Result<(), JsValue>> + 'static) -> Promise {
    future_to_promise(async move { future.await.map(|()| JsValue::UNDEFINED) })
}

/// Leave `task` to the microtask queue.
pub(super) fn spawn(task: LocalFuture<()>) {
    spawn_local(task);
}

/// A future that is ready after `milliseconds`. Dropping it clears the timer.
pub(super) fn timer(milliseconds: u32) -> LocalFuture<()> {
    let mut timer = Timer(JsValue::UNDEFINED);
    let promise = Promise::new(&mut |resolve, _| {
        // Without timers there is no time limit: the promise stays pending.
        timer.0 = set_timeout(&resolve, milliseconds).unwrap_or(JsValue::UNDEFINED);
    });
    Box::pin(async move {
        let _timer = timer;
        drop(JsFuture::from(promise).await);
    })
}

/// A running timer; dropping it clears the timer.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        // Clearing a timer that has gone off does nothing, and nothing can be done if it fails.
        drop(clear_timeout(&self.0));
    }
}

/// A JavaScript function that calls `function`, and that may call itself through it. It lives as
/// long as JavaScript holds it.
pub(super) fn function2(function: impl Fn(JsValue, JsValue) -> Promise + 'static) -> Function {
    Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(function)
        .into_js_value()
        .unchecked_into()
}
