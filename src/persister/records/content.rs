//! A content taken apart into rows and values, and put together from them.

use super::edits::RowId;
use super::text::{Piece, any, into_text, members, number, object, string};
use crate::store::Error;
use crate::store::json::Scanner;

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The table's id.
    pub table: Piece<'a>,
    /// The row's id.
    pub row: Piece<'a>,
    /// The object of its cells.
    pub cells: Piece<'a>,
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// The value's id.
    pub id: Piece<'a>,
    /// What it is.
    pub content: Piece<'a>,
}

/// The rows and values of a store, in their order.
#[derive(Default)]
pub struct Content<'a> {
    /// The rows, those of one table together.
    pub rows: Vec<Row<'a>>,
    /// The values.
    pub values: Vec<Value<'a>>,
}

/// The record of a row with its order numbers, the table's and its own.
pub(super) struct RowRecord<'a> {
    pub(super) order: (u64, u64),
    pub(super) row: Row<'a>,
}

/// Take the JSON text `[tables, values]` apart.
///
/// # Errors
/// If it is none.
pub fn split(text: &str) -> Result<Content<'_>, Error> {
    let mut scanner = Scanner::new(text.as_bytes());
    scanner.expect(b'[')?;
    let content = content(&mut scanner)?;
    scanner.expect(b']')?;
    scanner.end()?;
    Ok(content)
}

/// The two halves of a content, with the comma in between.
pub(super) fn content<'a>(scanner: &mut Scanner<'a>) -> Result<Content<'a>, Error> {
    let mut content = Content::default();
    members(scanner, |table, scanner| {
        members(scanner, |row, scanner| {
            let cells = object(scanner)?;
            content.rows.push(Row { table, row, cells });
            Ok(())
        })
    })?;
    scanner.expect(b',')?;
    members(scanner, |id, scanner| {
        let value = any(scanner)?;
        content.values.push(Value { id, content: value });
        Ok(())
    })?;
    Ok(content)
}

/// The JSON text `[tables, values]` of a content.
pub(super) fn join(content: &Content<'_>) -> String {
    let size = |row: &Row<'_>| row.row.len() + row.cells.len() + 2;
    let mut out = Vec::with_capacity(content.rows.iter().map(size).sum::<usize>() + 64);
    out.extend(b"[{");
    let mut latest = None;
    for Row { table, row, cells } in &content.rows {
        if latest == Some(*table) {
            out.push(b',');
        } else {
            if latest.is_some() {
                out.extend(b"},");
            }
            latest = Some(*table);
            out.extend_from_slice(table);
            out.extend(b":{");
        }
        out.extend_from_slice(row);
        out.push(b':');
        out.extend_from_slice(cells);
    }
    if latest.is_some() {
        out.push(b'}');
    }
    out.extend(b"},{");
    for (index, Value { id, content }) in content.values.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(id);
        out.push(b':');
        out.extend_from_slice(content);
    }
    out.extend(b"}]");
    into_text(out)
}

/// The latest word about a row, in a line of its own.
pub(super) struct Line<'a> {
    pub(super) id: RowId<'a>,
    /// Its record; `None` if it is gone.
    pub(super) record: Option<RowRecord<'a>>,
}

pub(super) fn line(text: Piece<'_>) -> Result<Line<'_>, Error> {
    if !text.starts_with(b"[\"") {
        let record = row_record(text)?;
        let id = (record.row.table, record.row.row);
        let record = Some(record);
        return Ok(Line { id, record });
    }
    let mut scanner = Scanner::new(text);
    scanner.expect(b'[')?;
    let table = string(&mut scanner)?;
    scanner.expect(b',')?;
    let row = string(&mut scanner)?;
    scanner.expect(b']')?;
    scanner.end()?;
    Ok(Line {
        id: (table, row),
        record: None,
    })
}

pub(super) fn row_record(text: Piece<'_>) -> Result<RowRecord<'_>, Error> {
    let mut scanner = Scanner::new(text);
    scanner.expect(b'[')?;
    let table_order = number(&mut scanner)?;
    scanner.expect(b',')?;
    let order = number(&mut scanner)?;
    scanner.expect(b',')?;
    let table = string(&mut scanner)?;
    scanner.expect(b',')?;
    let row = string(&mut scanner)?;
    scanner.expect(b',')?;
    let cells = object(&mut scanner)?;
    scanner.expect(b']')?;
    scanner.end()?;
    Ok(RowRecord {
        order: (table_order, order),
        row: Row { table, row, cells },
    })
}

pub(super) fn value_record(text: Piece<'_>) -> Result<(u64, Value<'_>), Error> {
    let mut scanner = Scanner::new(text);
    scanner.expect(b'[')?;
    let order = number(&mut scanner)?;
    scanner.expect(b',')?;
    let id = string(&mut scanner)?;
    scanner.expect(b',')?;
    let content = any(&mut scanner)?;
    scanner.expect(b']')?;
    scanner.end()?;
    Ok((order, Value { id, content }))
}

pub(super) fn write_row_record(out: &mut Vec<u8>, order: (u64, u64), row: &Row<'_>) {
    out.extend(format!("[{},{},", order.0, order.1).as_bytes());
    out.extend_from_slice(row.table);
    out.push(b',');
    out.extend_from_slice(row.row);
    out.push(b',');
    out.extend_from_slice(row.cells);
    out.push(b']');
}

pub(super) fn write_value_record(out: &mut Vec<u8>, order: u64, value: &Value<'_>) {
    out.extend(format!("[{order},").as_bytes());
    out.extend_from_slice(value.id);
    out.push(b',');
    out.extend_from_slice(value.content);
    out.push(b']');
}
