//! Bringing a database to our layout, in the one transaction that upgrades it: if anything goes wrong,
//! it stays as it was.

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbTransaction};

use super::aside::set_aside_record;
use super::fault::Fault;
use super::layout::{self, Meta, Replaces, SET_ASIDE};
use super::requests::{Transaction, results_of, write};
use crate::persister::records::{split, write_all};

// TinyBase's object stores have records `{k, v}`: a table's id and all its rows, a value's id and the
// value, and, since its version 10, the stamps of a mergeable store.
const TABLES: &str = "t";
const VALUES: &str = "v";
const MERGEABLE: &str = "m";

/// Make the object stores, and records in them of what TinyBase has stored. Tells whether something was
/// set aside.
pub(super) async fn upgrade(request: &IdbOpenDbRequest) -> Result<bool, Fault> {
    let transaction = request.transaction().ok_or_else(Fault::closed)?;
    let db: IdbDatabase = request.result()?.unchecked_into();
    let upgraded = upgrade_within(&db, &transaction).await;
    if upgraded.is_err() {
        // It may have been aborted already.
        drop(transaction.abort());
    }
    upgraded
}

async fn upgrade_within(db: &IdbDatabase, transaction: &IdbTransaction) -> Result<bool, Fault> {
    let names = db.object_store_names();
    let names: Vec<String> = (0..names.length())
        .filter_map(|index| names.item(index))
        .collect();
    let has = |name: &str| names.iter().any(|has| has == name);
    // TinyBase leaves a database without any when it loads before it has ever saved.
    if names.is_empty() {
        layout::create(db)?;
        return Ok(false);
    }
    let is_theirs = |name: &String| [TABLES, VALUES, MERGEABLE].contains(&name.as_str());
    if !has(TABLES) || !has(VALUES) || !names.iter().all(is_theirs) {
        return Err(Fault::foreign("it is another app's", &JsValue::UNDEFINED));
    }
    let old = results_of(
        names
            .iter()
            .map(|name| transaction.object_store(name)?.get_all())
            .collect::<Result<_, _>>()?,
    )
    .await?;
    let (mut tables, mut values) = (Members::default(), Members::default());
    for (name, records) in names.iter().zip(old) {
        let records = records.unchecked_into::<Array>();
        match name.as_str() {
            TABLES => tables.take(&records, |member| format!("[{{{member}}},{{}}]"))?,
            VALUES => values.take(&records, |member| format!("[{{}},{{{member}}}]"))?,
            _ if records.length() > 0 => {
                let why = "it is that of a mergeable store";
                return Err(Fault::foreign(why, &JsValue::UNDEFINED));
            }
            _ => {}
        }
    }
    layout::create(db)?;
    let set_aside = transaction.object_store(SET_ASIDE)?;
    for (from, member) in [(TABLES, &tables), (VALUES, &values)] {
        for record in &member.unreadable {
            set_aside.add(&set_aside_record(from, &JsValue::UNDEFINED, record)?)?;
        }
    }
    let text = format!("[{{{}}},{{{}}}]", tables.text, values.text);
    let content = split(&text).map_err(|_| Fault::closed())?;
    let (writes, book) = write_all(&content);
    let stores = Transaction::of(transaction)?;
    Meta::of_all(&writes, &book, None).write(&stores.meta, Replaces::Nothing)?;
    write(&stores, writes)?;
    for name in &names {
        db.delete_object_store(name)?;
    }
    Ok(!tables.unreadable.is_empty() || !values.unreadable.is_empty())
}

/// The members of an object's JSON text, and the records that were none.
#[derive(Default)]
struct Members {
    text: String,
    unreadable: Vec<JsValue>,
}

impl Members {
    /// Take records `{k, v}` as members; `content` makes a content of one.
    fn take(&mut self, records: &Array, content: impl Fn(&str) -> String) -> Result<(), Fault> {
        for record in records.iter() {
            let key = Reflect::get(&record, &"k".into())?;
            let value = Reflect::get(&record, &"v".into())?;
            let member = match (key.is_string(), JSON::stringify(&value)) {
                (true, Ok(value)) if value.is_string() => {
                    format!(
                        "{}:{}",
                        String::from(JSON::stringify(&key)?),
                        String::from(value)
                    )
                }
                _ => String::new(),
            };
            if member.is_empty() || split(&content(&member)).is_err() {
                self.unreadable.push(record);
                continue;
            }
            if !self.text.is_empty() {
                self.text.push(',');
            }
            self.text.push_str(&member);
        }
        Ok(())
    }
}
