//! A store that is kept in a file: a custom persister over `std::fs`, and the smallest executor that
//! serves it.
//!
//! `cargo run --example file_persister`

use cellarium::persister::{First, LocalFuture, Status};
use cellarium::{Changes, CustomBackend, Persisted, SharedError, Store, Tables, Values};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::error::Error;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::rc::Rc;
use std::task::{Context, Waker};
use std::{fs, future};

/// Futures that are under way. Files are read and written at once, so each is ready after a few polls
/// and no waker is needed; a program with an executor spawns them there.
#[derive(Clone, Default)]
struct Tasks(Rc<RefCell<VecDeque<LocalFuture<()>>>>);

impl Tasks {
    fn run(&self) {
        loop {
            let next = self.0.borrow_mut().pop_front();
            let Some(mut task) = next else { return };
            let mut context = Context::from_waker(Waker::noop());
            if task.as_mut().poll(&mut context).is_pending() {
                self.0.borrow_mut().push_back(task);
            }
        }
    }
}

struct File {
    path: PathBuf,
    tasks: Tasks,
}

impl CustomBackend for File {
    async fn get_persisted(&self) -> Result<Option<Persisted>, Box<dyn Error>> {
        match fs::read_to_string(&self.path) {
            Ok(json) => Ok(Some(Persisted::Json(json))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn set_persisted(
        &self,
        store: &Store,
        _changes: Option<Changes>,
    ) -> Result<(), Box<dyn Error>> {
        // Written beside it first, so that a crash leaves the old text or the new one.
        let temporary = self.path.with_extension("new");
        fs::write(&temporary, store.get_json())?;
        Ok(fs::rename(temporary, &self.path)?)
    }

    fn on_ignored_error(&self, error: SharedError) {
        eprintln!("not loaded or saved: {error}");
    }

    fn spawn(&self, task: LocalFuture<()>) {
        self.tasks.0.borrow_mut().push_back(task);
    }

    fn timer(&self, _milliseconds: u32) -> LocalFuture<()> {
        // Nothing here can fail to end, so nobody waits for it.
        Box::pin(future::pending())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("cellarium-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let path = folder.join("pets.json");
    let tasks = Tasks::default();
    let file = || File {
        path: path.clone(),
        tasks: tasks.clone(),
    };

    // Loads, or begins with these pets; then saves at the end of every transaction.
    let store = Store::new();
    let persister = store.create_custom_persister(file());
    let initial = (
        Tables::from([("pets", [("fido", [("species", "dog")])])]),
        Values::new(),
    );
    drop(persister.start_auto_persisting(Some(initial), First::Load));
    tasks.run();
    println!("{}", fs::read_to_string(&path)?);

    // It is in the file when the call returns.
    store.set_cell("pets", "fido", "color", "brown");
    println!("{}", fs::read_to_string(&path)?);

    drop(persister.destroy());
    tasks.run();

    let other = Store::new();
    let persister = other.create_custom_persister(file());
    drop(persister.load(None));
    tasks.run();
    assert_eq!(persister.status(), Status::Idle);
    println!("{:?}", other.get_row("pets", "fido"));

    fs::remove_dir_all(folder)?;
    Ok(())
}
