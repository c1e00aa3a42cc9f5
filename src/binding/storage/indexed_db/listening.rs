//! Hearing of what others save: by a channel to other tabs and workers, and where there is none, or if
//! it is asked for, by looking now and then.
//!
//! A message says no more than that there may be news. The database is asked which, so that messages
//! may be lost, late, or ahead of what they announce.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use js_sys::JSON;

use super::IndexedDb;
use super::fault::Fault;
use super::reading::{News, read_news, read_revision};
use crate::binding::futures::{spawn, timer};
use crate::binding::persister_host::JsHost;
use crate::binding::storage::text::without_marks;
use crate::persister::{Find, Listener, Update};

/// Listening to others, until it is dropped.
pub(super) struct Listening {
    place: Rc<IndexedDb>,
    is_over: Rc<Cell<bool>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.is_over.set(true);
        self.place.set_look(None);
    }
}

/// Tell `listener` of what others save.
pub(super) fn listen(place: Rc<IndexedDb>, listener: Listener<JsHost>) -> Listening {
    let listener = Rc::new(Looking {
        place: Rc::downgrade(&place),
        listener,
        is_looking: Cell::default(),
        is_due: Cell::default(),
    });
    let is_over = Rc::new(Cell::new(false));
    let looking = Rc::clone(&listener);
    place.set_look(Some(Rc::new(move || looking.look())));
    if let Some(interval) = place.interval() {
        spawn(Box::pin(look_every(
            interval,
            listener,
            Rc::clone(&is_over),
        )));
    }
    Listening { place, is_over }
}

async fn look_every(milliseconds: u32, looking: Rc<Looking>, is_over: Rc<Cell<bool>>) {
    loop {
        timer(milliseconds).await;
        if is_over.get() {
            return;
        }
        looking.look();
    }
}

/// Looking for news, one time after another.
struct Looking {
    place: Weak<IndexedDb>,
    listener: Listener<JsHost>,
    is_looking: Cell<bool>,
    /// Whether to look once more, since what has come meanwhile may not have been seen.
    is_due: Cell<bool>,
}

impl Looking {
    fn look(self: &Rc<Self>) {
        self.is_due.set(true);
        if self.is_looking.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn(Box::pin(async move {
            while this.is_due.take() {
                let Some(place) = this.place.upgrade() else {
                    break;
                };
                if let Err(fault) = this.bring_news(&place).await {
                    this.listener.announce(Err(fault.into_error()));
                }
            }
            this.is_looking.set(false);
        }));
    }

    async fn bring_news(&self, place: &Rc<IndexedDb>) -> Result<(), Fault> {
        let connection = place.connect().await?;
        let stored = read_revision(&connection).await?;
        if stored.is_none() || [place.revision(), place.own.get()].contains(&stored) {
            return Ok(());
        }
        let (finding, is_much) = (Rc::clone(place), Rc::new(Cell::new(false)));
        let much = Rc::clone(&is_much);
        let find: Find<JsHost> = Box::new(move || {
            Box::pin(async move {
                let found = find(&finding, &much).await;
                found.map_err(Fault::into_error)
            })
        });
        let brought = self.listener.bring(find).await;
        brought.map_err(Fault::Other)?;
        if is_much.get() {
            self.listener.announce(Ok(None));
        }
        Ok(())
    }
}

/// What others have saved since the state that the store is in step with. `is_much` becomes true if everything has
/// to be loaded.
async fn find(
    place: &Rc<IndexedDb>,
    is_much: &Cell<bool>,
) -> Result<Option<Update<JsHost>>, Fault> {
    let connection = place.connect().await?;
    if place.is_migrated() {
        // What others save is not of the version that the store has.
        is_much.set(true);
        return Ok(None);
    }
    match read_news(&connection, place.revision()).await {
        Ok(News::None) => Ok(None),
        Ok(News::Some(newer)) => match newer.changes(|ids| place.rows_of(ids)) {
            Ok(text) => {
                let changes = without_marks(JSON::parse(&text)?);
                // The store gets it at once.
                place.catch_up(*newer);
                Ok(Some(Update::Changes(changes)))
            }
            Err(Fault::Unreadable) => {
                is_much.set(true);
                Ok(None)
            }
            Err(fault) => Err(fault),
        },
        // What cannot be read, a load sets aside.
        Ok(News::Much) | Err(Fault::Unreadable) => {
            is_much.set(true);
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}
