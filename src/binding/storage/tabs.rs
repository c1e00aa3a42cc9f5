//! Tabs that share one text in local storage: each tells the others its edits.
//!
//! Local storage has no transactions, and what one tab has written another may see late, so that the
//! last text written can lack what others wrote just before. The text is therefore not what tabs
//! learn from. Each save tells its edits over a channel, with a stamp; whoever hears them lays them
//! over its own store, under those with a later stamp, and writes its own text again if the one that
//! is stored is another. Whichever text is written last, its writer has heard all edits by then.
//!
//! With the edits goes a fingerprint of the text, by which the `storage` event that follows is known
//! for one that brings nothing new. A text that nobody tells of is somebody else's.

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

/// How long a text waits for whoever wrote it to tell so.
pub(super) const WAIT_MS: u32 = 200;

/// At how many places a text is looked at for its fingerprint.
const PLACES: u32 = 64;

/// What tells texts apart that are written within a short time: a length, and a mixture of letters.
pub(super) fn fingerprint(text: &JsString) -> f64 {
    let length = text.length();
    let mut mixture: u32 = length;
    let mut mix = |index| {
        let letter = text.char_code_at(index) as u32;
        mixture = mixture
            .rotate_left(5)
            .wrapping_add(letter)
            .wrapping_mul(0x9E37_79B1);
    };
    (0..PLACES).for_each(|place| mix(length / PLACES * place));
    (length.saturating_sub(PLACES)..length).for_each(mix);
    f64::from(mixture)
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
    /// The fingerprints of texts that others have told of, and when.
    expected: Cell<Vec<(f64, f64)>>,
}

impl Tabs {
    /// Connect to all who use the text of that name; none where there are no channels.
    pub(super) fn connect(name: &JsString) -> Option<Self> {
        Some(Tabs {
            channel: Channel::open("local", name)?,
            me: Math::random(),
            recent: Cell::default(),
            may_lack: Cell::default(),
            expected: Cell::default(),
        })
    }

    /// Whether the stored text may lack what others have told, which the caller is going to mend.
    pub(super) fn take_lack(&self) -> bool {
        self.may_lack.take()
    }

    /// Tell the others which text is going to be written, and what is new in it.
    pub(super) fn tell(&self, text: &JsString, news: News<'_>) {
        let fingerprint = JsValue::from(fingerprint(text));
        let message = match news {
            News::Nothing => Array::of1(&fingerprint),
            News::Everything => Array::of2(&fingerprint, &JsValue::NULL),
            News::Edits(edits) => {
                let told = Told {
                    at: self.later_than_all(),
                    by: self.me,
                    edits: edits.clone(),
                };
                let (at, by) = (told.at.into(), told.by.into());
                self.remember(told);
                Array::of4(&fingerprint, edits, &at, &by)
            }
        };
        self.channel.post(&message);
    }

    /// Whether another tab has told of a text, which counts once.
    pub(super) fn expects(&self, fingerprint: f64) -> bool {
        let mut expected = self.expected.take();
        let found = expected.iter().position(|(known, _)| *known == fingerprint);
        if let Some(index) = found {
            expected.remove(index);
        }
        self.expected.set(expected);
        found.is_some()
    }

    fn expect(&self, fingerprint: f64) {
        let mut expected = self.expected.take();
        let now = Date::now();
        // An event that has not come by now does not come.
        expected.retain(|(_, since)| *since > now - REMEMBERED_MS);
        expected.push((fingerprint, now));
        self.expected.set(expected);
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
        // Whatever is no message of this library has none of what is looked for here.
        let Ok(message) = message.clone().dyn_into::<Array>() else {
            return;
        };
        if let Some(fingerprint) = message.get(0).as_f64() {
            self.expect(fingerprint);
        }
        if message.length() > 1 && message.get(1).is_null() {
            listener.announce(Ok(None));
        }
        let Some(told) = read(&message) else {
            return;
        };
        self.may_lack.set(true);
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

/// What is new in a text that is written.
#[derive(Clone, Copy)]
pub(super) enum News<'a> {
    /// Nothing: the text is written again.
    Nothing,
    /// Edits.
    Edits(&'a JsString),
    /// Possibly everything.
    Everything,
}

fn read(message: &Array) -> Option<Told> {
    Some(Told {
        edits: message.get(1).dyn_into().ok()?,
        at: message.get(2).as_f64()?,
        by: message.get(3).as_f64()?,
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
