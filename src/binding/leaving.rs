//! When a page is being left, or may be without further notice: `pagehide`, and being hidden.

use std::rc::Rc;

use js_sys::{Function, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// A listener to both; dropping it ends the listening.
pub(super) struct Leaving {
    /// Where it listens, and to which event.
    places: Vec<(EventTarget, &'static str)>,
    listener: Closure<dyn Fn(Event)>,
}

impl Leaving {
    /// Have `on_leave` called. Where there is no page, as in workers, there is nothing to listen to.
    ///
    /// # Errors
    /// What the browser throws.
    pub(super) fn listen(on_leave: Rc<dyn Fn()>) -> Result<Option<Self>, JsValue> {
        let global: JsValue = global().into();
        let document = Reflect::get(&global, &"document".into())?;
        let (Ok(window), Ok(page)) = (
            global.dyn_into::<EventTarget>(),
            document.clone().dyn_into::<EventTarget>(),
        ) else {
            return Ok(None);
        };
        let places = vec![(window, "pagehide"), (page, "visibilitychange")];
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let state = Reflect::get(&document, &"visibilityState".into());
            if event.type_() == "pagehide" || state.is_ok_and(|state| state == "hidden") {
                on_leave();
            }
        });
        for (target, event) in &places {
            target.add_event_listener_with_callback(event, function(&listener))?;
        }
        Ok(Some(Leaving { places, listener }))
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        for (target, event) in &self.places {
            // The listener was added, so removing it cannot fail.
            drop(target.remove_event_listener_with_callback(event, function(&self.listener)));
        }
    }
}

fn function(listener: &Closure<dyn Fn(Event)>) -> &Function {
    listener.as_ref().unchecked_ref()
}
