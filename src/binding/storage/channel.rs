//! What connects the persisters of one place, in all tabs and workers: a BroadcastChannel.

use js_sys::{Function, JsString, Reflect, global};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    // `web_sys::BroadcastChannel`, but with a name that does not cross.
    type BroadcastChannel;
    #[wasm_bindgen(constructor, catch)]
    fn new(name: &JsString) -> Result<BroadcastChannel, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &BroadcastChannel, listener: Option<&Function>);
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &BroadcastChannel, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &BroadcastChannel);
}

/// An open channel; dropping it closes it.
pub(super) struct Channel(BroadcastChannel);

impl Channel {
    /// The channel of a kind of places, for the one of that name; none where there are no channels.
    pub(super) fn open(kind: &str, name: &JsString) -> Option<Self> {
        let class = Reflect::get(&global(), &"BroadcastChannel".into()).ok()?;
        if !class.is_function() {
            return None;
        }
        let prefix = JsString::from(format!("cellarium:{kind}:"));
        BroadcastChannel::new(&prefix.concat(name)).ok().map(Self)
    }

    /// Tell all others.
    pub(super) fn post(&self, message: &JsValue) {
        // It fails only when the page is at its end, and then for good.
        drop(self.0.post_message(message));
    }

    /// Have a function called with the event of each message from others, or none any more.
    pub(super) fn hear(&self, listener: Option<&Function>) {
        self.0.set_onmessage(listener);
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.hear(None);
        self.0.close();
    }
}
