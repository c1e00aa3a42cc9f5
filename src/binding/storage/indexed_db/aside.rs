//! Setting aside what cannot be read.

use js_sys::{Array, Date, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};

use super::connection::Connection;
use super::fault::Fault;
use super::layout::{ROWS, VALUES};
use super::requests::results_of;
use crate::persister::records::{MOST_PAGES, Texts, is_line, is_value};

/// Copy each record of which a line cannot be read to where nothing is written over it, and leave no more of it
/// than the other lines; gives the texts of what is left.
pub(super) async fn set_aside(connection: &Connection) -> Result<Texts, Fault> {
    let (transaction, aside) = connection.setting_aside()?;
    let (rows, values) = (&transaction.rows, &transaction.values);
    let requests = vec![
        rows.get_all_keys()?,
        rows.get_all()?,
        values.get_all_keys()?,
        values.get_all()?,
    ];
    let results = results_of(requests).await?.into_iter();
    let mut lists = results.map(|list| list.unchecked_into::<Array>());
    let (mut pages, mut supplements, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    let mut good_values = Vec::new();
    for (from, store, is_line) in [
        (ROWS, rows, is_line as fn(&str) -> bool),
        (VALUES, values, is_value),
    ] {
        let (keys, records) = (lists.next().unwrap_or_default(), lists.next());
        for (key, record) in keys.iter().zip(records.unwrap_or_default().iter()) {
            let text = record.as_string().unwrap_or_default();
            let good: Vec<&str> = text.split('\n').filter(|line| is_line(line)).collect();
            let good = good.join("\n");
            if good.is_empty() || good != text {
                aside.add(&set_aside_record(from, &key, &record)?)?;
                if good.is_empty() {
                    store.delete(&key)?;
                } else {
                    store.put_with_key(&good.as_str().into(), &key)?;
                }
            }
            match key.as_f64() {
                _ if from == VALUES => good_values.push(good),
                Some(number) if number < MOST_PAGES as f64 => pages.push(good),
                Some(_) => supplements.push(good),
                None => alone.push(good),
            }
        }
    }
    transaction.commit(false).await?;
    Ok(Texts {
        pages: pages.join("\n"),
        supplements: supplements.join("\n"),
        rows: alone.join("\n"),
        values: good_values.join("\n"),
    })
}

/// What is put aside of a record that cannot be read.
pub(super) fn set_aside_record(
    from: &str,
    key: &JsValue,
    record: &JsValue,
) -> Result<JsValue, JsValue> {
    let aside = Object::new();
    for (name, value) in [
        ("from", &from.into()),
        ("key", key),
        ("record", record),
        ("at", &JsValue::from_f64(Date::now())),
    ] {
        Reflect::set(&aside, &name.into(), value)?;
    }
    Ok(aside.into())
}
