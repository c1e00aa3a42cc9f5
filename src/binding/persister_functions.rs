//! What the facade and the app give to a persister: objects of functions.

use js_sys::{Function, JsString};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

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
    pub(super) fn set_content(this: &StoreFunctions, content: &JsValue)
    -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = addDidFinishTransactionListener)]
    pub(super) fn add_did_finish(
        this: &StoreFunctions,
        listener: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = delListener)]
    pub(super) fn del_listener(
        this: &StoreFunctions,
        listener_id: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = getEncodedContent)]
    pub(super) fn get_encoded_content(this: &StoreFunctions) -> JsValue;
    #[wasm_bindgen(method, catch, js_name = setEncodedContent)]
    pub(super) fn set_encoded_content(
        this: &StoreFunctions,
        content: &JsValue,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = applyEncodedChanges)]
    pub(super) fn apply_encoded_changes(
        this: &StoreFunctions,
        changes: &JsValue,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getEncodedChanges)]
    pub(super) fn get_encoded_changes(this: &StoreFunctions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = hasChanges)]
    pub(super) fn has_changes(this: &StoreFunctions) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getEncodedJson)]
    pub(super) fn get_encoded_json(this: &StoreFunctions) -> Result<JsString, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setEncodedJson)]
    pub(super) fn set_encoded_json(this: &StoreFunctions, text: &JsString) -> Result<(), JsValue>;

    /// What an app gives to make a persister of its own.
    #[wasm_bindgen(typescript_type = "PersisterCallbacks")]
    #[derive(Clone)]
    pub type Callbacks;

    #[wasm_bindgen(method, catch, js_name = getPersisted)]
    pub(super) fn get_persisted(this: &Callbacks) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setPersisted)]
    pub(super) fn set_persisted(
        this: &Callbacks,
        get_content: &JsValue,
        changes: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = addPersisterListener)]
    pub(super) fn add_persister_listener(
        this: &Callbacks,
        listener: &Function,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = delPersisterListener)]
    pub(super) fn del_persister_listener(
        this: &Callbacks,
        handle: &JsValue,
    ) -> Result<JsValue, JsValue>;
}
