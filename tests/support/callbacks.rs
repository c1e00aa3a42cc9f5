//! The callbacks of `callbacks.js`.

use cellarium::binding::persister_functions::Callbacks;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/tests/support/callbacks.js")]
extern "C" {
    #[wasm_bindgen(js_name = createCallbacks)]
    pub fn create_callbacks(
        storage: &web_sys::Storage,
        name: &str,
        is_asynchronous: bool,
    ) -> Callbacks;
    #[wasm_bindgen(js_name = createFailingCallbacks)]
    pub fn create_failing_callbacks(error: &JsValue, is_asynchronous: bool) -> Callbacks;
    #[wasm_bindgen(js_name = createReenteringCallbacks)]
    pub fn create_reentering_callbacks(calls: &Array) -> JsValue;
    #[wasm_bindgen(js_name = writeElsewhere)]
    pub fn write_elsewhere(area: &str, name: &str, text: Option<&str>) -> Promise;
    pub fn settle() -> Promise;
}
