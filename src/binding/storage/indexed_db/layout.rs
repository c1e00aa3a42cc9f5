//! What stands where in the database. The texts are those of `persister::records`.
//!
//! | object store | key | record |
//! |---|---|---|
//! | `rows` | a number below 256 | the text of a page |
//! | `rows` | a greater number | the text of a supplement |
//! | `rows` | `[table id, row id]` | the text of a row, or that it is gone |
//! | `values` | value id | the text of a value |
//! | `meta` | the revision | the one record of `Meta` |
//! | `setAside` | a number | `{from, key, record, at}`: what could not be read |
//!
//! Whoever loads reads everything. Whoever wants to know of some rows only, because somebody else has
//! saved, looks for records of their own, and then reads the supplements and the pages that they are on.
//!
//! A revision is a random number that names a state of the database; each save makes a new one. A save
//! that relies on a state deletes the record of that revision and adds that of its own. If the state
//! is another one meanwhile, nothing is deleted, and because of the unique index there cannot be a
//! second record: then the whole transaction is aborted. So nothing needs to be read before.

use js_sys::{Array, JSON, Math, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbIndexParameters, IdbObjectStore, IdbObjectStoreParameters};

use super::fault::Fault;
use crate::persister::records::{Book, History, Writes};

/// The version of the database; far from TinyBase's, which are 1 to 3 so far.
pub(super) const VERSION: u32 = 100;

/// The version of what is in the records. Of version 1 there are no pages: each row has a record of its own.
const FORMAT: f64 = 2.0;

pub(super) const ROWS: &str = "rows";
pub(super) const VALUES: &str = "values";
pub(super) const META: &str = "meta";
pub(super) const SET_ASIDE: &str = "setAside";

/// Make the object stores.
pub(super) fn create(db: &IdbDatabase) -> Result<(), JsValue> {
    for name in [ROWS, VALUES] {
        db.create_object_store(name)?;
    }
    let unique = IdbIndexParameters::new();
    unique.set_unique(true);
    let meta = db.create_object_store(META)?;
    meta.create_index_with_str_and_optional_parameters("only", "only", &unique)?;
    let numbered = IdbObjectStoreParameters::new();
    numbered.set_auto_increment(true);
    db.create_object_store_with_optional_parameters(SET_ASIDE, &numbered)?;
    Ok(())
}

/// Whether all object stores are there.
pub(super) fn is_ours(db: &IdbDatabase) -> bool {
    let names = db.object_store_names();
    [ROWS, VALUES, META, SET_ASIDE]
        .into_iter()
        .all(|name| names.contains(name))
}

/// A number that names a state of the database.
pub(super) fn new_revision() -> u64 {
    // Any whole number that a double holds exactly.
    (Math::random() * 9_007_199_254_740_992.0) as u64
}

/// The state that another one takes the place of; that it is still there makes a condition.
#[derive(Clone, Copy)]
pub(super) enum Replaces {
    /// Whatever it is.
    Any,
    /// None: nobody has saved yet.
    Nothing,
    /// The one of that revision.
    State(u64),
}

/// What is to be known of the pages.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pages {
    /// How many there are.
    pub(super) count: u64,
    /// The revision of the save that wrote them all.
    pub(super) written_by: u64,
}

/// The state of the database.
pub(super) struct Meta {
    pub(super) revision: u64,
    /// The order number of what comes next.
    pub(super) next: u64,
    pub(super) pages: Pages,
    /// The version of the app's content, if it was saved with one.
    pub(super) version: Option<u64>,
    pub(super) history: History,
}

impl Meta {
    /// What is in `records`, which are those of the object store.
    pub(super) fn read(records: &JsValue) -> Result<Option<Self>, Fault> {
        let record = records.unchecked_ref::<Array>().get(0);
        if record.is_undefined() {
            return Ok(None);
        }
        let number = |name: &str| Reflect::get(&record, &name.into()).ok()?.as_f64();
        if number("format").is_none_or(|format| format > FORMAT) {
            return Err(Fault::foreign("it has a later format", &JsValue::UNDEFINED));
        }
        let history = Reflect::get(&record, &"history".into())?;
        let history = history.as_string().map(|text| History::read(&text));
        let version = number("version").map(|version| version as u64);
        let number = |name: &str| number(name).unwrap_or_default() as u64;
        Ok(Some(Self {
            revision: number("revision"),
            next: number("next"),
            pages: Pages {
                count: number("pages"),
                written_by: number("pagesWrittenBy"),
            },
            version,
            // Without one, everything is read again.
            history: history.and_then(Result::ok).unwrap_or_default(),
        }))
    }

    /// The state that comes of a save of everything.
    pub(super) fn of_all(writes: &Writes, book: &Book, version: Option<u64>) -> Self {
        let revision = new_revision();
        Self {
            revision,
            next: book.next(),
            pages: Pages {
                count: writes.page_count.unwrap_or_default(),
                written_by: revision,
            },
            version,
            history: History::default(),
        }
    }

    /// Make this the state.
    pub(super) fn write(&self, meta: &IdbObjectStore, replaces: Replaces) -> Result<(), Fault> {
        let record: Object = JSON::parse(&format!(
            r#"{{"only":1,"format":{FORMAT},"revision":{},"next":{},"pages":{},"pagesWrittenBy":{}}}"#,
            self.revision, self.next, self.pages.count, self.pages.written_by
        ))?
        .unchecked_into();
        Reflect::set(
            &record,
            &"history".into(),
            &self.history.text().as_str().into(),
        )?;
        if let Some(version) = self.version {
            let version = JsValue::from_f64(version as f64);
            Reflect::set(&record, &"version".into(), &version)?;
        }
        match replaces {
            Replaces::Any => drop(meta.clear()?),
            Replaces::Nothing => {}
            Replaces::State(old) => drop(meta.delete(&JsValue::from_f64(old as f64))?),
        }
        meta.add_with_key(&record, &JsValue::from_f64(self.revision as f64))?;
        Ok(())
    }
}
