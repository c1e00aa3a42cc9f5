//! What the facade and the app give to a persister: objects of functions.

use js_sys::{Function, JsString};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r"
/** What a persister needs of a store. @internal */
export interface PersistedStoreFunctions {
  bring(what: number, thing: unknown, keepsEdits: boolean): void;
  editsText(): string;
  getEditsAsChanges(): unknown;
  forgetEdits(): void;
  setInStep(): void;
  beginKeeping(): boolean;
  endKeeping(isKept: boolean): void;
  hasEdits(): boolean;
  isKept(): boolean;
  isInStep(): boolean;
  untrack(): void;
  addDidFinishTransactionListener(listener: () => void): string;
  delListener(listenerId: string): unknown;
  getEncodedContent(): unknown;
  getEncodedChanges(): unknown;
  hasChanges(): boolean;
  getEncodedJson(): string;
  getEncodedRows(ids: string): string;
  editedRowsText(): string;
  /** Whether the store holds more than what was brought last; only of one whose stamps are kept. */
  isAhead?(): boolean;
  /** The content's JSON text, merged with a stored one; only of one whose stamps are kept. */
  mergedJson?(stored: string): string;
}

/** How a persister is to work. @internal */
export interface PersisterSettings {
  /** For how many milliseconds automatic saves wait for more changes. */
  readonly debounce: number;
  /** What a text goes through on its way to where it is kept, and back; may give promises. */
  readonly codec: {encode(text: string): unknown; decode(text: string): unknown} | undefined;
  /** The version of the app's content, with which it comes from the store and goes there. */
  readonly version: number | undefined;
}

/** What an app gives to make a persister of its own. @internal */
export interface PersisterCallbacks {
  getPersisted(): unknown;
  setPersisted(getContent: () => unknown, changes: unknown): unknown;
  addPersisterListener(listener: (content?: unknown, changes?: unknown) => Promise<void>): unknown;
  delPersisterListener(handle: unknown): unknown;
}
";

// What a persister can bring to a store, by the numbers that `src/facade/edits.ts` has for them.
pub(super) const BRINGS_INITIAL: u32 = 0;
pub(super) const BRINGS_CONTENT: u32 = 1;
pub(super) const BRINGS_TEXT: u32 = 2;
pub(super) const BRINGS_CHANGES: u32 = 3;

#[wasm_bindgen]
extern "C" {
    /// What a persister needs of a store.
    #[wasm_bindgen(typescript_type = "PersistedStoreFunctions")]
    #[derive(Clone)]
    pub type StoreFunctions;

    #[wasm_bindgen(method, catch)]
    pub(super) fn bring(
        this: &StoreFunctions,
        what: u32,
        thing: &JsValue,
        keeps_edits: bool,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = editsText)]
    pub(super) fn edits_text(this: &StoreFunctions) -> Result<JsString, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getEditsAsChanges)]
    pub(super) fn get_edits_as_changes(this: &StoreFunctions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = forgetEdits)]
    pub(super) fn forget_edits(this: &StoreFunctions) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setInStep)]
    pub(super) fn set_in_step(this: &StoreFunctions) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = beginKeeping)]
    pub(super) fn begin_keeping(this: &StoreFunctions) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = endKeeping)]
    pub(super) fn end_keeping(this: &StoreFunctions, is_kept: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = hasEdits)]
    pub(super) fn has_edits(this: &StoreFunctions) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = isKept)]
    pub(super) fn is_kept(this: &StoreFunctions) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn untrack(this: &StoreFunctions) -> Result<(), JsValue>;
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
    #[wasm_bindgen(method, catch, js_name = getEncodedChanges)]
    pub(super) fn get_encoded_changes(this: &StoreFunctions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = hasChanges)]
    pub(super) fn has_changes(this: &StoreFunctions) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getEncodedJson)]
    pub(super) fn get_encoded_json(this: &StoreFunctions) -> Result<JsString, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getEncodedRows)]
    pub(super) fn get_encoded_rows(
        this: &StoreFunctions,
        ids: &JsString,
    ) -> Result<JsString, JsValue>;
    #[wasm_bindgen(method, catch, js_name = editedRowsText)]
    pub(super) fn edited_rows_text(this: &StoreFunctions) -> Result<JsString, JsValue>;

    #[wasm_bindgen(method, getter, js_name = isAhead)]
    fn is_ahead_function(this: &StoreFunctions) -> Option<Function>;
    #[wasm_bindgen(method, getter, js_name = mergedJson)]
    pub(super) fn merged_json(this: &StoreFunctions) -> Option<Function>;

    /// How a persister is to work.
    #[wasm_bindgen(typescript_type = "PersisterSettings")]
    pub type Settings;

    #[wasm_bindgen(method, getter)]
    pub(super) fn debounce(this: &Settings) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(super) fn codec(this: &Settings) -> Option<Codec>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn version(this: &Settings) -> Option<f64>;

    /// What a text goes through on its way to where it is kept, and back.
    #[derive(Clone)]
    pub type Codec;

    #[wasm_bindgen(method, catch)]
    pub(super) fn encode(this: &Codec, text: &JsString) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn decode(this: &Codec, text: &JsString) -> Result<JsValue, JsValue>;

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

impl StoreFunctions {
    /// Whether the store holds more than what was brought last.
    pub(super) fn is_ahead(&self) -> Result<bool, JsValue> {
        match self.is_ahead_function() {
            Some(function) => Ok(function.call0(self)?.is_truthy()),
            None => Ok(false),
        }
    }

    /// The content's JSON text. Where stamps are kept, it is merged with what is stored, if `stored` gives
    /// anything.
    pub(super) async fn json_over(
        &self,
        stored: impl AsyncFnOnce() -> Result<Option<JsString>, JsValue>,
    ) -> Result<JsString, JsValue> {
        if let Some(merge) = self.merged_json()
            && let Some(stored) = stored().await?
        {
            return Ok(merge.call1(self, &stored)?.unchecked_into());
        }
        self.get_encoded_json()
    }
}
