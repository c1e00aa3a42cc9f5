//! The other tabs and workers that use a database: that there may be news from them, and whether there are any.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{JsString, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue};

use crate::binding::futures::{spawn, timer};
use crate::binding::storage::channel::Channel;

const WHO_IS_THERE: &str = "who is there";
const ME: &str = "me";
const NEWS: &str = "news";

/// How long others have to say that they are there, in milliseconds.
const TIME_TO_ANSWER: u32 = 200;

/// The others, as one persister knows them.
pub(super) struct Others {
    channel: Rc<Channel>,
    heard: Rc<Heard>,
    _callback: Closure<dyn Fn(JsValue)>,
}

#[derive(Default)]
struct Heard {
    has_heard: Cell<bool>,
    is_alone: Cell<bool>,
    listener: RefCell<Option<Rc<dyn Fn()>>>,
}

impl Others {
    /// Those who use the database of that name; none where they cannot be reached.
    pub(super) fn reach(name: &JsString) -> Option<Self> {
        let channel = Rc::new(Channel::open("indexed-db", name)?);
        let heard = Rc::new(Heard::default());
        let (hearing, answering) = (Rc::clone(&heard), Rc::downgrade(&channel));
        let callback = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            if let (Ok(data), Some(channel)) =
                (Reflect::get(&event, &"data".into()), answering.upgrade())
            {
                hearing.hear(&data, &channel);
            }
        });
        channel.hear(Some(callback.as_ref().unchecked_ref()));
        channel.post(&WHO_IS_THERE.into());
        let waiting = Rc::clone(&heard);
        spawn(Box::pin(async move {
            timer(TIME_TO_ANSWER).await;
            waiting.is_alone.set(!waiting.has_heard.get());
        }));
        Some(Self {
            channel,
            heard,
            _callback: callback,
        })
    }

    /// Tell all others that there may be news.
    pub(super) fn tell(&self) {
        self.channel.post(&NEWS.into());
    }

    /// Have `listener` called whenever there may be news, or nobody.
    pub(super) fn set_listener(&self, listener: Option<Rc<dyn Fn()>>) {
        self.heard.listener.replace(listener);
    }

    /// Whether nobody else is there, as far as is known.
    pub(super) fn is_alone(&self) -> bool {
        self.heard.is_alone.get()
    }
}

impl Heard {
    fn hear(&self, message: &JsValue, channel: &Channel) {
        self.has_heard.set(true);
        self.is_alone.set(false);
        if *message == WHO_IS_THERE {
            channel.post(&ME.into());
        } else if *message == NEWS {
            let listener = self.listener.borrow().clone();
            if let Some(listener) = listener {
                listener();
            }
        }
    }
}
