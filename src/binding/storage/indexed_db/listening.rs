//! Hearing of what others save: by a channel to other tabs and workers, and where there is none, or if
//! it is asked for, by looking now and then.
//!
//! A message says no more than that there may be news. The database is asked which, so that messages
//! may be lost, late, or ahead of what they announce.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use js_sys::{Function, JSON, JsString, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use super::IndexedDb;
use super::fault::Fault;
use super::reading::{News, read_news};
use crate::binding::futures::{spawn, timer};
use crate::binding::persister_host::JsHost;
use crate::binding::storage::text::without_marks;
use crate::persister::{Listener, Update};

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

/// A channel to all who use a database.
pub(super) struct Channel(BroadcastChannel);

impl Channel {
    /// The channel for the database of that name; none where there are no channels.
    pub(super) fn open(name: &JsString) -> Option<Self> {
        let class = Reflect::get(&global(), &"BroadcastChannel".into()).ok()?;
        if !class.is_function() {
            return None;
        }
        let prefix = JsString::from("cellarium:indexed-db:");
        let channel = BroadcastChannel::new(&prefix.concat(name));
        channel.ok().map(Self)
    }

    /// Tell all others that there may be news.
    pub(super) fn tell(&self) {
        // If it cannot be sent, the others hear of it by the next one.
        drop(self.0.post_message(&JsValue::TRUE));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.0.set_onmessage(None);
        self.0.close();
    }
}

/// Listening to others, until it is dropped.
pub(super) struct Listening {
    place: Rc<IndexedDb>,
    is_over: Rc<Cell<bool>>,
    _callback: Closure<dyn Fn()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.is_over.set(true);
        if let Some(channel) = self.place.channel() {
            channel.0.set_onmessage(None);
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
    let looking = Rc::clone(&listener);
    let callback = Closure::<dyn Fn()>::new(move || looking.look());
    let channel = place.channel();
    if let Some(channel) = &channel {
        let function = callback.as_ref().unchecked_ref();
        channel.0.set_onmessage(Some(function));
    }
    if let Some(interval) = place.interval(channel.is_some()) {
        spawn(Box::pin(look_every(
            interval,
            listener,
            Rc::clone(&is_over),
        )));
    }
    Listening {
        place,
        is_over,
        _callback: callback,
    }
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
