//! Persisters over a back end that keeps one JSON text in memory.

use super::*;
use crate::persister::{First, LocalFuture};
use std::any::Any;
use std::cell::Cell as StdCell;
use std::collections::VecDeque;
use std::error::Error as StdError;
use std::task::{Context, Waker};

#[derive(Default)]
struct World {
    json: RefCell<Option<String>>,
    trace: Trace,
    tasks: RefCell<VecDeque<LocalFuture<()>>>,
    listener: RefCell<Option<PersisterListener<Memory>>>,
    is_failing: StdCell<bool>,
}

#[derive(Clone, Default)]
struct Memory(Rc<World>);

impl Memory {
    fn run(&self) {
        loop {
            let next = self.0.tasks.borrow_mut().pop_front();
            let Some(mut task) = next else { return };
            let mut context = Context::from_waker(Waker::noop());
            if task.as_mut().poll(&mut context).is_pending() {
                self.0.tasks.borrow_mut().push_back(task);
            }
        }
    }

    fn json(&self) -> String {
        self.0.json.borrow().clone().unwrap_or_default()
    }

    fn notify(&self, persisted: Option<Persisted>) {
        let listener = self.0.listener.borrow().clone().unwrap();
        listener.notify(persisted);
        self.run();
    }
}

/// Lets its world go of the listener.
struct Handle(Memory);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.0.listener.take();
    }
}

impl CustomBackend for Memory {
    async fn get_persisted(&self) -> Result<Option<Persisted>, Box<dyn StdError>> {
        match self.0.is_failing.get() {
            true => Err("out of order".into()),
            false => Ok(self.0.json.borrow().clone().map(Persisted::Json)),
        }
    }

    async fn set_persisted(
        &self,
        store: &Store,
        changes: Option<Changes>,
    ) -> Result<(), Box<dyn StdError>> {
        if self.0.is_failing.get() {
            return Err(Error::TooDeep.into());
        }
        *self.0.json.borrow_mut() = Some(store.get_json());
        let changed = changes.map(|changes| changes.values.keys().collect::<Vec<_>>().join(" "));
        self.0.trace.note(format!("saved {changed:?}"));
        Ok(())
    }

    async fn add_persister_listener(
        &self,
        listener: PersisterListener<Self>,
    ) -> Result<Option<Box<dyn Any>>, Box<dyn StdError>> {
        *self.0.listener.borrow_mut() = Some(listener);
        Ok(Some(Box::new(Handle(self.clone()))))
    }

    fn on_ignored_error(&self, error: SharedError) {
        self.0.trace.note(error.to_string());
    }

    fn spawn(&self, task: LocalFuture<()>) {
        self.0.tasks.borrow_mut().push_back(task);
    }

    fn timer(&self, _: u32) -> LocalFuture<()> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_save_and_an_automatic_save_are_done_when_the_call_returns() {
    let (store, memory) = (Store::new(), Memory::default());
    let persister = store.create_custom_persister(memory.clone());
    drop(persister.save());
    assert_eq!(memory.json(), "[{},{}]");
    drop(persister.start_auto_save());
    memory.run();
    store.transaction(|store| store.set_value("a", 1).set_value("b", 2));
    assert_eq!(memory.json(), r#"[{},{"a":1,"b":2}]"#);
    store.transaction_with_rollback(|store| store.set_value("a", 2), |_| true);
    drop(persister.stop_auto_save());
    store.set_value("a", 3);
    assert_eq!(
        memory.0.trace.take(),
        ["saved None", "saved None", r#"saved Some("a b")"#]
    );
}

#[test]
fn what_is_kept_is_loaded_and_what_others_write_follows() {
    let (store, memory) = (Store::new(), Memory::default());
    let persister = store.create_custom_persister(memory.clone());
    let initial = (Tables::new(), Values::from([("v", 1)]));
    drop(persister.start_auto_persisting(Some(initial), First::Load));
    memory.run();
    assert_eq!(memory.json(), r#"[{},{"v":1}]"#);

    memory.notify(Some(Persisted::Changes(Changes {
        values: [("w", Some(Cell::from(2)))].into(),
        ..Changes::default()
    })));
    assert_eq!(store.get_value_ids(), ["v", "w"]);
    memory.notify(Some(Persisted::Content((Tables::new(), [("x", 3)].into()))));
    assert_eq!(store.get_value_ids(), ["x"]);
    *memory.0.json.borrow_mut() = Some(r#"[{"t":{"r":{"c":1}}},{}]"#.to_owned());
    memory.notify(None);
    assert_eq!(store.get_json(), r#"[{"t":{"r":{"c":1}}},{}]"#);
    assert_eq!(memory.0.trace.take(), ["saved None"]);
}

#[test]
fn errors_reach_the_handler_and_stop_nothing() {
    let (store, memory) = (Store::new(), Memory::default());
    let persister = store.create_custom_persister(memory.clone());
    let initial = || Some((Tables::new(), Values::from([("v", 1)])));
    memory.0.is_failing.set(true);
    drop(persister.load(initial()));
    memory.run();
    drop(persister.save());
    memory.run();
    assert_eq!(
        memory.0.trace.take(),
        ["out of order", "JSON that is nested too deeply"]
    );
    assert_eq!(store.get_value("v"), Some(1.into()));

    memory.0.is_failing.set(false);
    *memory.0.json.borrow_mut() = Some("[{".to_owned());
    drop(persister.load(None));
    memory.run();
    assert_eq!(memory.0.trace.take(), ["malformed JSON at byte 2"]);
    assert!(store.has_values());
}

#[test]
fn destroying_lets_go_of_the_store_and_of_the_listener() {
    let (store, memory) = (Store::new(), Memory::default());
    let persister = store.create_custom_persister(memory.clone());
    drop(persister.start_auto_persisting(None, First::Load));
    memory.run();
    assert!(memory.0.listener.borrow().is_some());
    drop(persister.destroy());
    memory.run();
    assert!(memory.0.listener.borrow().is_none());
    assert_eq!(Rc::strong_count(&store.0), 1);
    memory.0.trace.take();
    store.set_value("v", 1);
    drop(persister.save());
    drop(persister.start_auto_load(None));
    memory.run();
    assert!(memory.0.trace.take().is_empty());
    drop(persister);
    assert_eq!(Rc::strong_count(&memory.0), 1);
}
