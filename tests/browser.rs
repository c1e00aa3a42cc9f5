//! Persisters in a browser, at the level of the binding: written as JavaScript callbacks, and the
//! built-in ones, over the real local and session storage.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use cellarium::binding::persister::JsPersister;
use cellarium::binding::persister_functions::{Callbacks, Settings};
use js_sys::{Array, Function, JSON, JsString, Promise, Reflect};
use support::{
    TestStore, create_callbacks, create_failing_callbacks, create_reentering_callbacks, settle,
    write_elsewhere,
};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Storage;

wasm_bindgen_test_configure!(run_in_browser);

const PETS: &str = r#"[{"pets":{"fido":{"species":"dog","tags":"\ufffd[1]"}}},{"open":true}]"#;
const PETS_STORED: &str =
    "[{\"pets\":{\"fido\":{\"species\":\"dog\",\"tags\":\"\u{FFFD}[1]\"}}},{\"open\":true}]";

fn storages() -> [(&'static str, Storage); 2] {
    let window = web_sys::window().unwrap();
    [
        ("localStorage", window.local_storage().unwrap().unwrap()),
        ("sessionStorage", window.session_storage().unwrap().unwrap()),
    ]
}

async fn settled(promise: Promise) {
    JsFuture::from(promise).await.unwrap();
}

fn errors() -> (Array, Option<Function>) {
    let errors = Array::new();
    let seen = errors.clone();
    let handler = Closure::<dyn Fn(JsValue)>::new(move |error| {
        seen.push(&error);
    });
    (errors, Some(handler.into_js_value().unchecked_into()))
}

/// No options.
fn settings() -> Settings {
    JSON::parse(r#"{"debounce":0}"#).unwrap().unchecked_into()
}

fn custom(store: &TestStore, callbacks: Callbacks) -> JsPersister {
    JsPersister::custom(store.functions(), callbacks, None, &settings())
}

fn built_in(area: &str, store: &TestStore, name: &str, handler: Option<Function>) -> JsPersister {
    let name = JsString::from(name);
    match area {
        "localStorage" => JsPersister::local(store.functions(), name, handler, &settings()),
        _ => JsPersister::session(store.functions(), name, handler, &settings()),
    }
}

#[wasm_bindgen_test]
async fn callbacks_save_and_load_through_both_storages() {
    for (area, storage) in storages() {
        for is_asynchronous in [false, true] {
            let name = format!("callbacks {area} {is_asynchronous}");
            let store = TestStore::new();
            store.set_json(PETS).unwrap();
            let persister = custom(&store, create_callbacks(&storage, &name, is_asynchronous));
            settled(persister.save()).await;
            assert_eq!(
                storage.get_item(&name).unwrap().as_deref(),
                Some(PETS_STORED)
            );

            let other = TestStore::new();
            let persister = custom(&other, create_callbacks(&storage, &name, is_asynchronous));
            settled(persister.load(JsValue::UNDEFINED)).await;
            assert_eq!(other.json(), PETS_STORED);
            let stats = JSON::stringify(&persister.stats()).unwrap();
            assert_eq!(String::from(stats), r#"{"loads":1,"saves":0}"#);
            assert_eq!(persister.status(), 0);
        }
    }
}

#[wasm_bindgen_test]
async fn what_a_transaction_changed_is_stored_when_its_task_is_over() {
    for (area, storage) in storages() {
        let name = format!("at once {area}");
        let store = TestStore::new();
        let callbacks = create_callbacks(&storage, &name, true);
        for persister in [
            custom(&store, callbacks),
            built_in(area, &store, &name, None),
        ] {
            settled(persister.start_auto_persisting(JsValue::UNDEFINED, true)).await;
            store.set_json(r#"[{"a":{"r":{"c":1}}},{}]"#).unwrap();
            settled(Promise::resolve(&JsValue::UNDEFINED)).await;
            assert_eq!(
                storage.get_item(&name).unwrap().as_deref(),
                Some(r#"[{"a":{"r":{"c":1}}},{}]"#)
            );
            assert_eq!(persister.status(), 2);
            settled(persister.destroy()).await;
            store.set_json("[{},{}]").unwrap();
            assert_ne!(storage.get_item(&name).unwrap().as_deref(), Some("[{},{}]"));
        }
    }
}

#[wasm_bindgen_test]
async fn saving_calls_the_back_end_before_it_returns() {
    let [(_, storage), _] = storages();
    let store = TestStore::new();
    let callbacks = create_callbacks(&storage, "before it returns", true);
    let persister = custom(&store, callbacks);
    let saving = persister.save();
    assert_eq!(
        storage.get_item("before it returns").unwrap().as_deref(),
        Some("[{},{}]")
    );
    settled(saving).await;
}

#[wasm_bindgen_test]
async fn the_built_in_persisters_keep_the_same_text_and_read_it() {
    for (area, storage) in storages() {
        let name = format!("built in {area}");
        let store = TestStore::new();
        store.set_json(PETS).unwrap();
        let (errors, handler) = errors();
        settled(built_in(area, &store, &name, handler.clone()).save()).await;
        assert_eq!(
            storage.get_item(&name).unwrap().as_deref(),
            Some(PETS_STORED)
        );
        let other = TestStore::new();
        settled(built_in(area, &other, &name, handler).load(JsValue::UNDEFINED)).await;
        assert_eq!(other.json(), PETS_STORED);
        assert_eq!(errors.length(), 0);
    }
}

#[wasm_bindgen_test]
async fn a_text_that_is_missing_or_malformed_is_reported() {
    for (area, storage) in storages() {
        let name = format!("missing {area}");
        storage.remove_item(&name).unwrap();
        let store = TestStore::new();
        let (errors, handler) = errors();
        let persister = built_in(area, &store, &name, handler);
        settled(persister.load(JsValue::UNDEFINED)).await;
        for text in ["", "[{},", "{\"t\":"] {
            storage.set_item(&name, text).unwrap();
            settled(persister.load(JsValue::UNDEFINED)).await;
        }
        let names: Vec<String> = errors
            .iter()
            .map(|error| js_sys::Error::from(error).name().into())
            .collect();
        assert_eq!(
            names,
            ["Error", "SyntaxError", "SyntaxError", "SyntaxError"]
        );
        let code = Reflect::get(&errors.get(0), &"code".into()).unwrap();
        assert_eq!(code, "invalid-content");
    }
}

#[wasm_bindgen_test]
async fn what_another_document_stores_is_heard_until_auto_load_is_stopped() {
    for (area, storage) in storages() {
        let name = format!("event {area}");
        let store = TestStore::new();
        let callbacks = create_callbacks(&storage, &name, false);
        for persister in [
            custom(&store, callbacks),
            built_in(area, &store, &name, None),
        ] {
            store.set_json("[{},{}]").unwrap();
            settled(persister.start_auto_load(JsValue::UNDEFINED)).await;
            settled(write_elsewhere(area, &format!("not {name}"), Some(PETS))).await;
            assert_eq!(store.json(), "[{},{}]");
            settled(write_elsewhere(area, &name, Some(PETS))).await;
            assert_eq!(store.json(), PETS_STORED);
            settled(persister.stop_auto_load()).await;
            settled(write_elsewhere(
                area,
                &name,
                Some("[{\"late\":{\"r\":{\"c\":1}}},{}]"),
            ))
            .await;
            assert_eq!(store.json(), PETS_STORED);
            settled(persister.destroy()).await;
            storage.remove_item(&name).unwrap();
        }
    }
}

#[wasm_bindgen_test]
async fn a_text_that_another_document_removes_leaves_the_store_alone() {
    let [(area, storage), _] = storages();
    storage.set_item("removed", PETS).unwrap();
    let store = TestStore::new();
    let (errors, handler) = errors();
    let persister = built_in(area, &store, "removed", handler);
    settled(persister.start_auto_load(JsValue::UNDEFINED)).await;
    settled(write_elsewhere(area, "removed", None)).await;
    assert_eq!(store.json(), PETS_STORED);
    assert_eq!(errors.length(), 1);
    settled(write_elsewhere(area, "removed", Some("[{\"half\":"))).await;
    assert_eq!(store.json(), PETS_STORED);
    assert_eq!(errors.length(), 2);
    settled(persister.destroy()).await;
}

#[wasm_bindgen_test]
async fn what_callbacks_throw_reaches_the_handler_as_the_same_object() {
    for is_asynchronous in [false, true] {
        let thrown: JsValue = js_sys::Object::new().into();
        let store = TestStore::new();
        let (errors, handler) = errors();
        let callbacks = create_failing_callbacks(&thrown, is_asynchronous);
        let persister = JsPersister::custom(store.functions(), callbacks, handler, &settings());
        settled(persister.save()).await;
        settled(persister.load(JsValue::UNDEFINED)).await;
        settled(persister.start_auto_load(JsValue::UNDEFINED)).await;
        assert_eq!(errors.length(), 4);
        assert!(errors.iter().all(|error| error == thrown));
        settled(persister.destroy()).await;
    }
}

#[wasm_bindgen_test]
async fn callbacks_may_call_back_into_the_persister_in_every_way() {
    let calls = Array::new();
    let callbacks = create_reentering_callbacks(&calls);
    let store = TestStore::new();
    let persister = JsPersister::custom(
        store.functions(),
        callbacks.clone().unchecked_into(),
        None,
        &settings(),
    );
    let object = JsValue::from(persister);
    let call = |name: &str, argument: &JsValue| {
        Reflect::get(&object, &name.into())
            .and_then(|method| method.unchecked_into::<Function>().call1(&object, argument))
            .unwrap()
    };
    let set_persister = Reflect::get(&callbacks, &"setPersister".into()).unwrap();
    set_persister
        .unchecked_into::<Function>()
        .call1(&JsValue::UNDEFINED, &object)
        .unwrap();
    settled(call("startAutoLoad", &JsValue::UNDEFINED).unchecked_into()).await;
    settled(call("startAutoSave", &JsValue::UNDEFINED).unchecked_into()).await;
    settled(settle()).await;
    store.set_json(PETS).unwrap();
    settled(call("destroy", &JsValue::UNDEFINED).unchecked_into()).await;
    for name in [
        "getPersisted",
        "setPersisted",
        "addPersisterListener",
        "delPersisterListener",
        "action",
    ] {
        assert!(calls.includes(&name.into(), 0), "{name} was called");
    }
    assert_eq!(call("getStatus", &JsValue::UNDEFINED), 0);
}
