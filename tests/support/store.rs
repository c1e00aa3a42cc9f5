//! The real store of the core, with just enough around it for a persister to hold it as a
//! JavaScript object of functions.

use std::cell::RefCell;
use std::rc::Rc;

use cellarium::binding::persister_functions::StoreFunctions;
use cellarium::store::json::{Half, Whole, read};
use cellarium::store::{
    Advance, Cell, CellKind, Kind, ListenerId, Start, Step, Store, TextId, TrackerId,
};
use js_sys::{Array, Function, JSON, JsString, Object, Reflect, SyntaxError};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue};

/// A store and those who listen to the end of its transactions.
#[derive(Clone)]
pub struct TestStore {
    store: Rc<RefCell<Store>>,
    listeners: Rc<RefCell<Vec<(ListenerId, Function)>>>,
}

impl TestStore {
    pub fn new() -> Self {
        Self {
            store: Rc::default(),
            listeners: Rc::default(),
        }
    }

    /// The JSON text of the content.
    pub fn json(&self) -> String {
        let mut text = Vec::new();
        self.store.borrow_mut().write_json(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Replace the content by that of a JSON text.
    pub fn set_json(&self, text: &str) -> Result<(), JsValue> {
        let content = read(
            &mut self.store.borrow_mut(),
            Whole::Content,
            text.as_bytes(),
        )
        .map_err(|error| SyntaxError::new(&error.to_string()))?;
        self.transaction(|store| {
            match content.tables {
                Half::Missing => {}
                Half::Empty => store.del_tables(),
                Half::Staged => store.set_tables(content.staged.tables),
            }
            match content.values {
                Half::Missing => {}
                Half::Empty => store.del_values(),
                Half::Staged => store.set_values(&content.staged.values, false),
            }
        })
    }

    /// The functions that a persister needs.
    pub fn functions(&self) -> StoreFunctions {
        let functions = Object::new();
        let set = |name: &str, function: JsValue| {
            // Setting a property of an object made just now cannot fail.
            drop(Reflect::set(&functions, &name.into(), &function));
        };
        let this = self.clone();
        set("getEncodedJson", function0(move || Ok(this.json().into())));
        let this = self.clone();
        set(
            "getEncodedContent",
            function0(move || JSON::parse(&this.json())),
        );
        let this = self.clone();
        set(
            "hasChanges",
            function0(move || Ok((!this.changes()?.is_undefined()).into())),
        );
        let this = self.clone();
        set("getEncodedChanges", function0(move || this.changes()));
        self.add_edits(&set);
        let this = self.clone();
        set(
            "addDidFinishTransactionListener",
            function1(move |listener| Ok(this.listen(listener.unchecked_into()))),
        );
        let this = self.clone();
        set(
            "delListener",
            function1(move |id| {
                this.forget(&id);
                Ok(JsValue::UNDEFINED)
            }),
        );
        functions.unchecked_into()
    }

    /// The functions that note what is not saved; what is brought ends all edits.
    fn add_edits(&self, set: &impl Fn(&str, JsValue)) {
        let tracker = self.store.borrow_mut().track();
        let this = self.clone();
        set(
            "bring",
            function2(move |what, thing| {
                let is_text = what.as_f64() == Some(2.0);
                let text = if is_text {
                    thing.unchecked_into::<JsString>()
                } else {
                    JSON::stringify(&thing)?
                };
                this.set_json(&String::from(text))?;
                this.store.borrow_mut().forget_edits(tracker);
                Ok(JsValue::UNDEFINED)
            }),
        );
        let with = |act: fn(&mut Store, TrackerId) -> JsValue| {
            let this = self.clone();
            function0(move || Ok(act(&mut this.store.borrow_mut(), tracker)))
        };
        set("editsText", with(edits_text));
        set("getEditsAsChanges", with(|_, _| JsValue::UNDEFINED));
        set(
            "forgetEdits",
            with(|store, id| undefined(store.forget_edits(id))),
        );
        set(
            "setInStep",
            with(|store, id| undefined(store.set_in_step(id))),
        );
        set(
            "beginKeeping",
            with(|store, id| store.begin_keeping(id).into()),
        );
        set("hasEdits", with(|store, id| store.has_edits(id).into()));
        set("isKept", with(|store, id| store.is_kept(id).into()));
        set("isInStep", with(|store, id| (!store.needs_all(id)).into()));
        set("untrack", with(|store, id| undefined(store.untrack(id))));
        let this = self.clone();
        set(
            "endKeeping",
            function1(move |is_kept| {
                let mut store = this.store.borrow_mut();
                Ok(undefined(store.end_keeping(tracker, is_kept.is_truthy())))
            }),
        );
    }

    fn transaction(&self, actions: impl FnOnce(&mut Store)) -> Result<(), JsValue> {
        if self.store.borrow_mut().start() == Start::Locked {
            return Ok(());
        }
        actions(&mut self.store.borrow_mut());
        let is_last = self.store.borrow_mut().finish(false);
        if !is_last {
            return Ok(());
        }
        let mut result = Ok(());
        while let Advance::Call(call) = self.next() {
            if let Some(listener) = self.find(call.listener) {
                result = result.and(listener.call0(&JsValue::UNDEFINED).map(drop));
            }
        }
        result
    }

    fn next(&self) -> Advance {
        self.store.borrow_mut().step()
    }

    fn find(&self, id: ListenerId) -> Option<Function> {
        let listeners = self.listeners.borrow();
        let (_, listener) = listeners.iter().find(|(known, _)| *known == id)?;
        Some(listener.clone())
    }

    fn listen(&self, listener: Function) -> JsValue {
        let mut store = self.store.borrow_mut();
        let id = store.add_listener(Kind::DidFinishTransaction, false, [Step::Any; 3]);
        self.listeners.borrow_mut().push((id, listener));
        id.0.into()
    }

    fn forget(&self, id: &JsValue) {
        self.listeners.borrow_mut().retain(|(known, _)| {
            let is_kept = id.as_f64() != Some(f64::from(known.0));
            if !is_kept {
                self.store.borrow_mut().remove_listener(*known);
            }
            is_kept
        });
    }

    /// The net changes of the running transaction, `[tables, values, 1]`, or undefined.
    fn changes(&self) -> Result<JsValue, JsValue> {
        let mut store = self.store.borrow_mut();
        let changed = store.changed();
        if changed.is_empty() {
            return Ok(JsValue::UNDEFINED);
        }
        let (tables, values) = (Object::new(), Object::new());
        for (table, row, cell) in changed.each_cell() {
            let row_object = inner(&inner(&tables, &store, table)?, &store, row)?;
            Reflect::set(
                &row_object,
                &text(&store, cell.id),
                &value(&store, cell.new),
            )?;
        }
        for cell in &changed.values {
            Reflect::set(&values, &text(&store, cell.id), &value(&store, cell.new))?;
        }
        Ok(Array::of3(&tables, &values, &JsValue::from(1)).into())
    }
}

fn text(store: &Store, id: TextId) -> JsValue {
    String::from_utf8_lossy(store.text(id)).as_ref().into()
}

fn value(store: &Store, cell: Cell) -> JsValue {
    match cell.kind() {
        CellKind::Absent | CellKind::Rejected => JsValue::UNDEFINED,
        CellKind::Null => JsValue::NULL,
        CellKind::Boolean(boolean) => boolean.into(),
        CellKind::Number(number) => number.into(),
        CellKind::Text(id) => text(store, id),
        CellKind::Json(id) => JsString::from("\u{FFFD}").concat(&text(store, id)).into(),
    }
}

/// The object under `id` in `outer`, made if there is none.
fn inner(outer: &Object, store: &Store, id: TextId) -> Result<Object, JsValue> {
    let key = text(store, id);
    if let Ok(found) = Reflect::get(outer, &key)?.dyn_into() {
        return Ok(found);
    }
    let made = Object::new();
    Reflect::set(outer, &key, &made)?;
    Ok(made)
}

fn edits_text(store: &mut Store, tracker: TrackerId) -> JsValue {
    let mut text = Vec::new();
    store.write_edits(tracker, &mut text);
    String::from_utf8_lossy(&text).as_ref().into()
}

fn undefined(_nothing: ()) -> JsValue {
    JsValue::UNDEFINED
}

fn function0(function: impl Fn() -> Result<JsValue, JsValue> + 'static) -> JsValue {
    Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(function).into_js_value()
}

fn function1(function: impl Fn(JsValue) -> Result<JsValue, JsValue> + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue) -> Result<JsValue, JsValue>>::new(function).into_js_value()
}

fn function2(function: impl Fn(JsValue, JsValue) -> Result<JsValue, JsValue> + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue, JsValue) -> Result<JsValue, JsValue>>::new(function).into_js_value()
}
