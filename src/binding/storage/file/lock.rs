//! Web Locks: one tab at a time reads and writes a file.

use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

/// How long another tab may hold a lock before it is an error, in milliseconds.
const TIME_LIMIT_MS: u32 = 10_000;

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        callback: &JsValue,
    ) -> Result<Request, JsValue>;

    /// The promise of a lock, which takes a function of JavaScript as it is.
    type Request;
    #[wasm_bindgen(method, js_name = catch)]
    fn if_failed(this: &Request, handler: &Function) -> JsValue;

    #[wasm_bindgen(catch, js_namespace = AbortSignal, js_name = timeout)]
    fn signal_after(milliseconds: u32) -> Result<JsValue, JsValue>;
}

/// A lock that is held; dropping it lets go of it.
pub struct Lock(Option<Function>);

impl Lock {
    /// The lock of what need not be locked.
    pub fn none() -> Self {
        Lock(None)
    }

    /// A lock that calling the function ends.
    pub fn ended_by(end: Function) -> Self {
        Lock(Some(end))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(end) = &self.0 {
            // Neither a promise's function nor an asynchronous one throws.
            drop(end.call0(&JsValue::UNDEFINED));
        }
    }
}

/// A promise and what settles it.
struct Deferred {
    promise: Promise,
    ends: Option<(Function, Function)>,
}

impl Deferred {
    fn new() -> Self {
        let mut ends = None;
        let promise = Promise::new(&mut |resolve, reject| ends = Some((resolve, reject)));
        Self { promise, ends }
    }

    fn resolve(&self) {
        if let Some((resolve, _)) = &self.ends {
            // It throws nothing.
            drop(resolve.call0(&JsValue::UNDEFINED));
        }
    }
}

fn lock_manager() -> Option<LockManager> {
    let navigator = Reflect::get(&global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// Get the lock of that name, when whoever holds it has let go of it. Without Web Locks, which every
/// browser with such files has, nothing is locked.
///
/// # Errors
/// If it is held for too long.
pub async fn lock(name: &str) -> Result<Lock, JsValue> {
    let Some(locks) = lock_manager() else {
        return Ok(Lock::none());
    };
    let (acquired, held) = (Rc::new(Deferred::new()), Deferred::new());
    let (acquire, until) = (Rc::clone(&acquired), held.promise.clone());
    let callback = Closure::<dyn Fn(JsValue) -> Promise>::new(move |_lock| {
        acquire.resolve();
        until.clone()
    });
    let options = Object::new();
    if let Ok(signal) = signal_after(TIME_LIMIT_MS) {
        Reflect::set(&options, &"signal".into(), &signal)?;
    }
    let request = locks.request(name, &options, callback.as_ref())?;
    if let Some((_, reject)) = &acquired.ends {
        // What the browser says later, if it takes the lock away, is nobody's to hear.
        drop(request.if_failed(reject));
    }
    JsFuture::from(acquired.promise.clone()).await?;
    Ok(Lock(held.ends.map(|(release, _)| release)))
}
