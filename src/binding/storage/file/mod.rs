//! A file: of the origin private file system, with a log of edits beside it; elsewhere in a browser; or
//! of Node's, which the facade gives the form of a browser's (`src/facade/node-file.ts`).
//!
//! The file is a snapshot in TinyBase's format, the JSON of `[tables, values]`. What has changed
//! since is appended to a log (`crate::persister::log`), until that is large in comparison; then the
//! snapshot is written anew, and the log after it. Both are replaced as a whole when a stream is
//! closed, so that a page which ends at any moment leaves the old bytes or the new ones.
//!
//! Whoever reads or writes has a lock. Before anything is written, what others have written is read and
//! passed on to the store, so that nobody's edits are lost.

mod files;
mod lock;
mod news;
mod save;
mod watch;
mod web_files;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::JsString;
use wasm_bindgen::prelude::JsValue;

use self::files::{Files, Stamp};
use self::watch::{Watch, look_soon};
pub use self::web_files::{FileHandle, FileWriter};
use super::channel::Channel;
use super::text::{Stored as StoredText, read as read_text};
use super::{BuiltIn, Guard, Save};
use crate::binding::persister_content::{Content, found};
use crate::binding::persister_error::unreadable_content;
use crate::binding::persister_host::JsHost;
use crate::persister::log::{End, Problem, Snapshot, read_stored, version_of};
use crate::persister::{Found, Listener, LocalFuture, Update};

/// What kind of place this is, in the names of channels and locks.
const KIND: &str = "opfs";

/// What this persister has read or written last.
#[derive(Clone, Copy)]
struct Seen {
    snapshot: Snapshot,
    stamp: Option<Stamp>,
    /// `None` if the snapshot has no log.
    log: Option<End>,
    /// The version of the app's content, if it is asked for.
    version: u64,
}

/// What the files hold.
enum Stored {
    Content(Vec<u8>),
    Nothing,
    /// What was there cannot be read and has been set aside, just now or earlier.
    Unreadable(JsValue, SetAside),
}

#[derive(Clone, Copy, PartialEq)]
enum SetAside {
    Now,
    Earlier,
}

impl Stored {
    /// What the app has not been told of yet.
    fn news(self) -> Option<JsValue> {
        match self {
            Stored::Unreadable(error, SetAside::Now) => Some(error),
            _ => None,
        }
    }
}

/// The place of one store's content.
pub(crate) struct FileStorage {
    handle: FileHandle,
    /// Whether what a mergeable store has stored can be read.
    takes_stamps: bool,
    writer: RefCell<Option<FileWriter>>,
    /// The version that the app's content has, if it says so.
    version: Option<u64>,
    files: RefCell<Option<Rc<Files>>>,
    seen: Cell<Option<Seen>>,
    /// Whether others have stored something since the last load that the store may not hold.
    is_behind: Cell<bool>,
    /// What has been set aside, and the error that says so.
    unreadable: RefCell<Option<(Snapshot, JsValue)>>,
    channel: OnceCell<Option<Channel>>,
    /// Those who are to be told what others store.
    watch: RefCell<Weak<Watch>>,
    /// Whether someone is about to look at what others have stored.
    will_look: Cell<bool>,
    /// Whether this persister is loading or saving.
    is_busy: Cell<bool>,
    /// Whether someone would have looked meanwhile.
    is_look_put_off: Cell<bool>,
}

impl FileStorage {
    /// The file of `handle`, and what writes it in place for a window. Nothing is touched yet.
    pub(crate) fn new(
        handle: FileHandle,
        writer: Option<FileWriter>,
        version: Option<u64>,
        takes_stamps: bool,
    ) -> Self {
        Self {
            handle,
            takes_stamps,
            writer: RefCell::new(writer),
            version,
            files: RefCell::default(),
            seen: Cell::default(),
            is_behind: Cell::default(),
            unreadable: RefCell::default(),
            channel: OnceCell::new(),
            watch: RefCell::default(),
            will_look: Cell::default(),
            is_busy: Cell::default(),
            is_look_put_off: Cell::default(),
        }
    }

    async fn files(&self) -> Result<Rc<Files>, JsValue> {
        let known = self.files.borrow().clone();
        if let Some(files) = known {
            return Ok(files);
        }
        let writer = self.writer.borrow_mut().take();
        let files = Rc::new(Files::find(&self.handle, writer).await?);
        self.files.replace(Some(Rc::clone(&files)));
        Ok(files)
    }

    /// The version of a snapshot's content; 0 if nobody asks.
    fn version_of(&self, snapshot: &[u8]) -> u64 {
        self.version.map_or(0, |_| version_of(snapshot))
    }

    /// Whether what is stored is of another version than the app's.
    fn has_other_version(&self, seen: Seen) -> bool {
        self.version.is_some_and(|own| own != seen.version)
    }

    /// Read all there is. What cannot be read is set aside.
    async fn read(&self, files: &Files) -> Result<Stored, JsValue> {
        self.seen.set(None);
        let (snapshot, stamp) = files.read_snapshot().await?;
        let (log, _) = files.read_log(0).await?;
        let found = match read_stored(&snapshot, &log) {
            Ok(Some(_)) if !self.takes_stamps && has_stamps(&snapshot) => {
                Err((Problem::Snapshot, None))
            }
            found => found,
        };
        match found {
            Ok(None) => Ok(Stored::Nothing),
            Ok(Some(stored)) => {
                self.seen.set(Some(Seen {
                    snapshot: stored.snapshot,
                    stamp,
                    log: stored.log,
                    version: self.version_of(&snapshot),
                }));
                Ok(Stored::Content(stored.content.unwrap_or(snapshot)))
            }
            Err((Problem::Snapshot, _)) => {
                let name = Snapshot::of(&snapshot);
                let known = self.unreadable.borrow().clone();
                if let Some((_, error)) = known.filter(|(known, _)| *known == name) {
                    return Ok(Stored::Unreadable(error, SetAside::Earlier));
                }
                let copy = files.set_aside(&snapshot).await?;
                let error = unreadable_content(files.path(), "it holds no content", &copy);
                self.unreadable.replace(Some((name, error.clone())));
                Ok(Stored::Unreadable(error, SetAside::Now))
            }
            Err((Problem::Emptied, _)) => {
                let copy = files.set_aside(&log).await?;
                files.append_to_log(0, &[]).await?;
                let why = "it is empty, but edits of it are left";
                let error = unreadable_content(files.path(), why, &copy);
                Ok(Stored::Unreadable(error, SetAside::Now))
            }
            Err((Problem::Log, stored)) => {
                let copy = files.set_aside(&log).await?;
                // What is left of it is good: the next to read finds that.
                let good = stored.and_then(|stored| stored.log);
                let length = good.map_or(0, |end| end.length);
                files.append_to_log(length, &[]).await?;
                Err(unreadable_content(
                    files.path(),
                    "its log is damaged",
                    &copy,
                ))
            }
        }
    }

    async fn load_now(&self) -> Result<Found<JsHost>, JsValue> {
        let files = self.files().await?;
        let lock = files.lock(false).await?;
        let stored = self.read(&files).await?;
        self.is_behind.set(false);
        drop(lock);
        let text = match stored {
            Stored::Nothing => return Ok(Found::Nothing(None)),
            Stored::Unreadable(error, _) => return Ok(Found::Nothing(Some(error))),
            // It is UTF-8: either this library has written it, or it has been checked.
            Stored::Content(bytes) => JsString::from(String::from_utf8_lossy(&bytes).as_ref()),
        };
        match read_text(text)? {
            StoredText::Content(text) => Ok(Found::Update(Update::Content(Content::Text(text)))),
            StoredText::Other(value) => found(value),
        }
    }

    /// Await an action of this persister's own; nobody looks meanwhile.
    async fn busy<T>(self: Rc<Self>, action: impl Future<Output = T>) -> T {
        self.is_busy.set(true);
        let result = action.await;
        self.is_busy.set(false);
        let watch = self.watch.borrow().upgrade();
        if self.is_look_put_off.take()
            && let Some(watch) = watch
        {
            look_soon(&self, &watch.listener);
        }
        result
    }

    fn channel(&self, files: &Files) -> Option<&Channel> {
        let open = || match files.have_siblings() {
            true => Channel::open(KIND, &files.path().into()),
            false => None,
        };
        self.channel.get_or_init(open).as_ref()
    }
}

/// Whether a content is one of a mergeable store: an array of arrays.
fn has_stamps(content: &[u8]) -> bool {
    let content = content.trim_ascii_start().strip_prefix(b"[");
    content.is_some_and(|content| content.trim_ascii_start().starts_with(b"["))
}

impl BuiltIn for FileStorage {
    fn load(self: Rc<Self>) -> LocalFuture<Result<Found<JsHost>, JsValue>> {
        Box::pin(async move { Rc::clone(&self).busy(self.load_now()).await })
    }

    fn save(self: Rc<Self>, save: Save) -> LocalFuture<Result<(), JsValue>> {
        Box::pin(async move { Rc::clone(&self).busy(self.save_now(save)).await })
    }

    fn listen(
        self: Rc<Self>,
        listener: Listener<JsHost>,
    ) -> LocalFuture<Result<Option<Guard>, JsValue>> {
        Box::pin(async move {
            let files = self.files().await?;
            let watch = Watch::start(Rc::clone(&self), &files, listener).await?;
            self.watch.replace(Rc::downgrade(&watch));
            Ok(Some(Box::new(watch) as Guard))
        })
    }
}
