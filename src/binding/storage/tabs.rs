//! Tabs that share one text in local storage: each tells the others its edits.
//!
//! Local storage has no transactions, and what one tab has written another may see late, so that the
//! last text written can lack what others wrote just before. The text is therefore not what tabs
//! learn from. Each save tells its edits over a channel, with a stamp; whoever hears them lays them
//! over its own store, under those with a later stamp, and writes its own text again if the one that
//! is stored is another. Whichever text is written last, its writer has heard all edits by then.
//!
//! A text that is written while all this goes on ends in a space, which no reader of JSON minds. By
//! that the `storage` event tells the text of such a tab from one that somebody else has written.

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Date, Function, JsString, Math, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue};

use super::channel::Channel;
use super::edits::changes_of;
use crate::binding::persister_host::JsHost;
use crate::persister::{Listener, Update};

/// How long edits are remembered, so that older ones which arrive later do not win.
const REMEMBERED_MS: f64 = 10_000.0;

/// Edits of one tab, with their stamp: a time, and what stands for the tab.
#[derive(Clone)]
struct Told {
    at: f64,
    by: f64,
    edits: JsString,
}

impl Told {
    fn is_before(&self, other: &Told) -> bool {
        (self.at, self.by) < (other.at, other.by)
    }
}

/// This tab's end of the channel.
pub(super) struct Tabs {
    channel: Channel,
    /// A random number: this tab.
    me: f64,
    /// The latest edits of all tabs, by stamp.
    recent: Cell<VecDeque<Told>>,
    /// Whether the stored text may lack what others have told.
    may_lack: Cell<bool>,
}

impl Tabs {
    /// Connect to all who use the text of that name; none where there are no channels.
    pub(super) fn connect(name: &JsString) -> Option<Self> {
        Some(Tabs {
            channel: Channel::open("local", name)?,
            me: Math::random(),
            recent: Cell::default(),
            may_lack: Cell::default(),
        })
    }

    /// Whether the stored text may lack what others have told, which the caller is going to mend.
    pub(super) fn take_lack(&self) -> bool {
        self.may_lack.take()
    }

    /// Tell the others what was saved: edits, or `None` for everything.
    pub(super) fn tell(&self, edits: Option<&JsString>) {
        let Some(edits) = edits else {
            self.channel.post(&JsValue::NULL);
            return;
        };
        let told = Told {
            at: self.later_than_all(),
            by: self.me,
            edits: edits.clone(),
        };
        let message = Array::of3(&told.at.into(), &told.by.into(), &told.edits);
        self.channel.post(&message);
        self.remember(told);
    }

    /// A time that is later than all that this tab knows of, whatever its clock says.
    fn later_than_all(&self) -> f64 {
        let recent = self.recent.take();
        let latest = recent.back().map_or(0.0, |told| told.at);
        self.recent.set(recent);
        Date::now().max(latest + 0.001)
    }

    /// Put edits in their place, and give those that are later.
    fn remember(&self, told: Told) -> Vec<Told> {
        let mut recent = self.recent.take();
        let at = recent.partition_point(|known| known.is_before(&told));
        let later = recent.iter().skip(at).cloned().collect();
        recent.insert(at, told);
        let latest = recent.back().map_or(0.0, |told| told.at);
        while recent
            .front()
            .is_some_and(|told| told.at < latest - REMEMBERED_MS)
        {
            recent.pop_front();
        }
        self.recent.set(recent);
        later
    }

    /// Bring to `listener` what others tell, until what this gives is dropped.
    pub(super) fn listen(self: &Rc<Self>, listener: Listener<JsHost>) -> Hearing {
        let tabs = Rc::clone(self);
        let callback = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let message = Reflect::get(&event, &"data".into());
            tabs.hear(&listener, &message.unwrap_or(JsValue::NULL));
        });
        let function: &Function = callback.as_ref().unchecked_ref();
        self.channel.hear(Some(function));
        Hearing {
            tabs: Rc::clone(self),
            _callback: callback,
        }
    }

    fn hear(&self, listener: &Listener<JsHost>, message: &JsValue) {
        self.may_lack.set(true);
        let Some(told) = read(message) else {
            // Somebody has written everything anew.
            listener.announce(Ok(None));
            return;
        };
        let mut due = vec![told.clone()];
        due.extend(self.remember(told));
        for told in due {
            match changes_of(&String::from(&told.edits)) {
                Ok(changes) => {
                    for changes in changes {
                        listener.merge(Update::Changes(changes));
                    }
                }
                // Not of this library.
                Err(error) => listener.announce(Err(error)),
            }
        }
    }
}

fn read(message: &JsValue) -> Option<Told> {
    let part = |index| Reflect::get_u32(message, index).ok();
    Some(Told {
        at: part(0)?.as_f64()?,
        by: part(1)?.as_f64()?,
        edits: part(2)?.dyn_into().ok()?,
    })
}

/// Hearing what others tell; dropping it ends that.
pub(super) struct Hearing {
    tabs: Rc<Tabs>,
    _callback: Closure<dyn Fn(JsValue)>,
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.tabs.channel.hear(None);
    }
}
