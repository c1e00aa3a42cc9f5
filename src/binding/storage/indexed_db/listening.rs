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
use super::reading::{News, read_news};
use crate::binding::futures::{spawn, timer};
use crate::binding::persister_host::JsHost;
use crate::binding::storage::text::without_marks;
use crate::persister::{Listener, Update};

/// Listening to others, until it is dropped.
pub(super) struct Listening {
    place: Rc<IndexedDb>,
    is_over: Rc<Cell<bool>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.is_over.set(true);
        if let Some(others) = self.place.others() {
            others.set_listener(None);
        }
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
    if let Some(others) = place.others() {
        let looking = Rc::clone(&listener);
        others.set_listener(Some(Rc::new(move || looking.look())));
    }
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
        let revision = place.revision();
        match read_news(&connection, revision).await? {
            News::None => Ok(()),
            News::Much => {
                self.listener.announce(Ok(None));
                Ok(())
            }
            News::Some(newer) => {
                let changes = match newer.changes(|ids| place.rows_of(ids)) {
                    Ok(text) => without_marks(JSON::parse(&text)?),
                    Err(Fault::Unreadable) => {
                        // A load sets it aside.
                        self.listener.announce(Ok(None));
                        return Ok(());
                    }
                    Err(fault) => return Err(fault),
                };
                let update = Some(Update::Changes(changes));
                let brought = self.listener.notify(update).await;
                brought.map_err(Fault::Other)?;
                // Only now is the store in step with that state.
                place.catch_up(*newer);
                Ok(())
            }
        }
    }
}
