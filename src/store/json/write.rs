//! Writing the texts of a store.

use super::ENCODED;
use crate::store::cell::{Cell, Kind};
use crate::store::order::{rank, sort_as_object};
use crate::store::shape::{Column, ShapeId};
use crate::store::table::Table;
use crate::store::text::{TextId, Texts};
use crate::store::{Store, wtf8};
use std::sync::Arc;

/// Writes a string as JavaScript does: well-formed, so lone surrogates are escaped.
pub fn write_string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    write_escaped(out, text);
    out.push(b'"');
}

fn write_escaped(out: &mut Vec<u8>, text: &[u8]) {
    let needs_escape = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\' || *byte == 0xED;
    let mut rest = text;
    while let Some(at) = rest.iter().position(needs_escape) {
        let (plain, special) = rest.split_at(at);
        out.extend(plain);
        let length = match special {
            // A lone surrogate; see `wtf8::has_lone_surrogate`.
            [0xED, 0xA0..=0xBF, _, ..] => {
                let unit = wtf8::code_points(special).next().unwrap_or(0xFFFD);
                out.extend(format!("\\u{unit:04x}").as_bytes());
                3
            }
            [0xED, ..] => {
                out.push(0xED);
                1
            }
            [byte, ..] => {
                match byte {
                    b'"' => out.extend(b"\\\""),
                    b'\\' => out.extend(b"\\\\"),
                    b'\n' => out.extend(b"\\n"),
                    b'\r' => out.extend(b"\\r"),
                    b'\t' => out.extend(b"\\t"),
                    0x08 => out.extend(b"\\b"),
                    0x0C => out.extend(b"\\f"),
                    byte => out.extend(format!("\\u{byte:04x}").as_bytes()),
                }
                1
            }
            [] => 0,
        };
        rest = special.get(length..).unwrap_or_default();
    }
    out.extend(rest);
}

/// Writes a finite number as JavaScript does.
pub fn write_number(out: &mut Vec<u8>, number: f64) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    const CENTS: f64 = 1e13;
    if number < 0.0 {
        out.push(b'-');
    }
    let size = number.abs();
    // Rounded; saturating if it is too large, which is looked at first.
    let cents = (size * 100.0 + 0.5) as u64;
    if size.fract() == 0.0 && size < EXACT {
        write_integer(out, size as u64);
    } else if size < CENTS && cents > 0 && cents as f64 / 100.0 == size {
        // The general case costs several times as much, and most fractions are like prices. Decimals
        // of up to 15 digits are different doubles, so this one is the only short one.
        write_integer(out, cents / 100);
        out.extend([b'.', b'0' + (cents / 10 % 10) as u8]);
        if !cents.is_multiple_of(10) {
            out.push(b'0' + (cents % 10) as u8);
        }
    } else {
        out.extend_from_slice(ryu_js::Buffer::new().format_finite(size).as_bytes());
    }
}

fn write_integer(out: &mut Vec<u8>, integer: u64) {
    let mut digits = [0u8; 20];
    let (mut rest, mut from) = (integer, digits.len());
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        from -= 1;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(from..).unwrap_or_default());
}

/// Writes a cell or value; an absent one as `null`.
pub fn write_cell(out: &mut Vec<u8>, texts: &Texts, cell: Cell) {
    match cell.kind() {
        Kind::Absent | Kind::Rejected | Kind::Null => out.extend(b"null"),
        Kind::Boolean(true) => out.extend(b"true"),
        Kind::Boolean(false) => out.extend(b"false"),
        Kind::Number(number) => write_number(out, number),
        Kind::Text(text) => write_string(out, texts.bytes(text)),
        Kind::Json(json) => {
            out.push(b'"');
            out.extend(ENCODED);
            write_escaped(out, texts.bytes(json));
            out.push(b'"');
        }
    }
}

/// Ids in the order of an object's keys.
fn in_object_order<T>(texts: &Texts, mut entries: Vec<T>, id: impl Fn(&T) -> TextId) -> Vec<T> {
    sort_as_object(&mut entries, |entry| rank(texts.bytes(id(entry))));
    entries
}

/// Writes the rows of one table, with what they have in common computed once.
struct RowWriter<'a> {
    texts: &'a Texts,
    /// `"column":`, by column.
    keys: Vec<Box<[u8]>>,
    /// The shape of the latest row, and its columns in the order of an object's keys.
    latest: (ShapeId, Arc<[Column]>),
}

impl<'a> RowWriter<'a> {
    fn new(texts: &'a Texts, table: &Table) -> Self {
        let key = |id| {
            let mut key = Vec::new();
            write_string(&mut key, texts.bytes(id));
            key.push(b':');
            key.into()
        };
        RowWriter {
            texts,
            keys: table.column_ids().map(key).collect(),
            latest: (ShapeId::EMPTY, Arc::new([])),
        }
    }

    /// Writes a row as a member of its table, `"id":{…}`; `cell` gives the cell of a column.
    fn write(
        &mut self,
        out: &mut Vec<u8>,
        table: &Table,
        id: TextId,
        shape: ShapeId,
        cell: impl Fn(Column) -> Cell,
    ) {
        if shape != self.latest.0 {
            let named = |column: &Column| Some((table.column_id(*column)?, *column));
            let columns = table.shape_columns(shape);
            let columns = columns.iter().filter_map(named).collect();
            let columns = in_object_order(self.texts, columns, |(id, _)| *id);
            let columns = columns.into_iter().map(|(_, column)| column);
            self.latest = (shape, columns.collect());
        }
        write_string(out, self.texts.bytes(id));
        out.extend(b":{");
        for (index, column) in self.latest.1.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            if let Some(key) = self.keys.get(column.0 as usize) {
                out.extend_from_slice(key);
            }
            write_cell(out, self.texts, cell(*column));
        }
        out.push(b'}');
    }

    /// Writes the rows of a chunk, with commas between them.
    fn write_chunk(&mut self, out: &mut Vec<u8>, table: &Table, number: usize) {
        let Some(chunk) = table.chunk(number) else {
            return;
        };
        let blocks: Vec<_> = table.blocks(number).collect();
        let mut comma = false;
        for (offset, (id, shape)) in chunk.ids.iter().zip(&chunk.shapes).enumerate() {
            if *shape != ShapeId::DEAD {
                if std::mem::replace(&mut comma, true) {
                    out.push(b',');
                }
                self.write(out, table, *id, *shape, |column| {
                    let block = blocks.get(column.0 as usize).copied().flatten();
                    let cell = block.and_then(|block| block.get(offset));
                    cell.copied().unwrap_or(Cell::ABSENT)
                });
            }
        }
    }
}

fn write_table(out: &mut Vec<u8>, texts: &Texts, table: &mut Table) {
    let mut rows = RowWriter::new(texts, table);
    let mut comma = false;
    out.push(b'{');
    if table.order.is_object_order() {
        for number in 0..table.chunk_count() {
            let start = out.len() + usize::from(comma);
            if comma {
                out.push(b',');
            }
            match table.chunk(number).map(|chunk| &chunk.json) {
                Some(Some(json)) => out.extend_from_slice(json),
                _ => {
                    rows.write_chunk(out, table, number);
                    let json = out.get(start..).unwrap_or_default();
                    if let Some(chunk) = table.chunk_mut(number) {
                        chunk.json = Some(json.into());
                    }
                }
            }
            if out.len() == start {
                // No rows here: take the comma back.
                out.truncate(start - usize::from(comma));
            } else {
                comma = true;
            }
        }
    } else {
        for (id, slot) in in_object_order(texts, table.rows().collect(), |(id, _)| *id) {
            if std::mem::replace(&mut comma, true) {
                out.push(b',');
            }
            rows.write(out, table, id, table.shape(slot), |column| {
                table.cell(slot, column)
            });
        }
    }
    out.push(b'}');
}

impl Store {
    /// Writes the tables as JSON, objects and arrays in cells as encoded strings.
    pub fn write_tables_json(&mut self, out: &mut Vec<u8>) {
        let ids = in_object_order(&self.texts, self.tables.ids().collect(), |id| *id);
        out.push(b'{');
        for (index, id) in ids.into_iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_string(out, self.texts.bytes(id));
            out.push(b':');
            if let Some(table) = self.tables.get_mut(id) {
                write_table(out, &self.texts, table);
            }
        }
        out.push(b'}');
    }

    /// Writes the values as JSON, objects and arrays as encoded strings.
    pub fn write_values_json(&self, out: &mut Vec<u8>) {
        let values = in_object_order(&self.texts, self.values().collect(), |(id, _)| *id);
        out.push(b'{');
        for (index, (id, value)) in values.into_iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_string(out, self.texts.bytes(id));
            out.push(b':');
            write_cell(out, &self.texts, value);
        }
        out.push(b'}');
    }

    /// Writes the whole content as JSON: `[tables, values]`.
    pub fn write_json(&mut self, out: &mut Vec<u8>) {
        out.push(b'[');
        self.write_tables_json(out);
        out.push(b',');
        self.write_values_json(out);
        out.push(b']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_in_javascript() {
        for (number, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-7.0, "-7"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1e+21"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (-1e-7, "-1e-7"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
        ] {
            let mut out = Vec::new();
            write_number(&mut out, number);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn the_short_way_prints_the_same_as_the_general_one() {
        let numbers = (0..100_000).flat_map(|n| {
            let n = f64::from(n);
            [
                n / 100.0,
                -n / 10.0,
                n * 1e9 + 0.07,
                n / 3.0,
                n * 0.01,
                (n + 0.1) * 1e-3,
            ]
        });
        for number in numbers {
            let mut out = Vec::new();
            write_number(&mut out, number);
            let expected = ryu_js::Buffer::new().format_finite(number).to_owned();
            let expected = if number == 0.0 {
                "0".to_owned()
            } else {
                expected
            };
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn strings_are_escaped_as_in_javascript() {
        let mut text = "a\"\\\n\r\t\u{8}\u{c}\u{1}\u{7f}é漢🐕\u{d7ff}"
            .as_bytes()
            .to_vec();
        wtf8::push_code_point(&mut text, 0xD800);
        wtf8::push_code_point(&mut text, 0xDFFF);
        let mut out = Vec::new();
        write_string(&mut out, &text);
        let expected = "\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\u{7f}é漢🐕\u{d7ff}\\ud800\\udfff\"";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
