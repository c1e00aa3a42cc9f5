//! Who tells that others have stored something: this library in another tab, by a channel, and the
//! browser itself, where it can.

use std::rc::Rc;

use js_sys::{Function, Promise, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::FileStorage;
use super::files::Files;
use crate::binding::futures::spawn;
use crate::binding::persister_error::storage_unavailable;
use crate::binding::persister_host::JsHost;
use crate::persister::Listener;

#[wasm_bindgen]
extern "C" {
    type FileSystemObserver;
    #[wasm_bindgen(constructor, catch)]
    fn new(listener: &JsValue) -> Result<FileSystemObserver, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn observe(this: &FileSystemObserver, handle: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    fn disconnect(this: &FileSystemObserver);
}

/// Looks whenever someone tells that others have stored something, until it is dropped.
pub struct Watch {
    storage: Rc<FileStorage>,
    pub listener: Listener<JsHost>,
    _observer: Option<Observer>,
    _on_news: Closure<dyn Fn(JsValue)>,
    has_channel: bool,
    files: Rc<Files>,
}

impl Watch {
    /// Begin to watch.
    ///
    /// # Errors
    /// If the browser has no way to tell.
    pub async fn start(
        storage: Rc<FileStorage>,
        files: &Rc<Files>,
        listener: Listener<JsHost>,
    ) -> Result<Rc<Self>, JsValue> {
        let looker = Rc::clone(&storage);
        let told = listener.clone();
        let on_news = Closure::<dyn Fn(JsValue)>::new(move |_news| look_soon(&looker, &told));
        let function: &Function = on_news.as_ref().unchecked_ref();
        let channel = storage.channel(files);
        if let Some(channel) = channel {
            channel.hear(Some(function));
        }
        let has_channel = channel.is_some();
        let observer = observe(files, function).await;
        let observer = match observer {
            Ok(observer) => Some(observer),
            // Without it others of this library are heard all the same.
            Err(_) if has_channel => None,
            Err(error) => return Err(storage_unavailable("FileSystemObserver", &error)),
        };
        Ok(Rc::new(Self {
            listener,
            _observer: observer,
            _on_news: on_news,
            has_channel,
            files: Rc::clone(files),
            storage,
        }))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.has_channel
            && let Some(channel) = self.storage.channel(&self.files)
        {
            channel.hear(None);
        }
    }
}

/// Tells whenever someone writes the file, until it is dropped.
enum Observer {
    Browser(FileSystemObserver),
    /// What ends the watching of a file of Node's.
    Node(Function),
}

impl Drop for Observer {
    fn drop(&mut self) {
        match self {
            Self::Browser(observer) => observer.disconnect(),
            // It throws nothing.
            Self::Node(end) => drop(end.call0(&JsValue::UNDEFINED)),
        }
    }
}

async fn observe(files: &Files, function: &Function) -> Result<Observer, JsValue> {
    if files.handle().is_of_node() {
        return files.handle().watch(function).await.map(Observer::Node);
    }
    let class = Reflect::get(&global(), &"FileSystemObserver".into())?;
    if !class.is_function() {
        return Err(JsValue::UNDEFINED);
    }
    let observer = FileSystemObserver::new(function)?;
    JsFuture::from(observer.observe(files.handle())?).await?;
    Ok(Observer::Browser(observer))
}

/// Look soon, unless someone is about to.
pub fn look_soon(storage: &Rc<FileStorage>, listener: &Listener<JsHost>) {
    if storage.will_look.replace(true) {
        return;
    }
    let (storage, listener) = (Rc::clone(storage), listener.clone());
    spawn(Box::pin(async move {
        if let Err(error) = storage.look().await {
            storage.will_look.set(false);
            listener.announce(Err(error));
        }
    }));
}
