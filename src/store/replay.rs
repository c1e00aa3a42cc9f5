//! Stored content and the edits made since, put together in a store that is nobody's.

use super::json::scan::{Scanner, Token};
use super::json::{Half, Whole, read};
use super::{Error, MergeableForm, Store, TextId, read_mergeable};

/// Lays edits over content, in their order, and gives the content that results. All of them are
/// JSON texts: content is `[tables, values]`, an edit `[tables, values, gone]`, where `gone` lists
/// the paths of what is gone before the rest is set: `[table, row]`, `[table, row, cell]` or
/// `[value]`.
///
/// # Errors
/// If a text is no JSON, or the first is no content.
pub fn replay<'a>(
    content: &[u8],
    edits: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<u8>, Error> {
    let mut store = load(content)?;
    for edit in edits {
        apply(&mut store, edit)?;
    }
    let mut out = Vec::with_capacity(content.len());
    store.write_json(&mut out);
    if let Some(rest) = third(content)? {
        out.pop();
        out.push(b',');
        out.extend_from_slice(rest);
        out.push(b']');
    }
    Ok(out)
}

/// What stands after tables and values, which is not the store's: the JSON text of it, if there is any.
///
/// # Errors
/// If the text is no JSON.
pub fn third(content: &[u8]) -> Result<Option<&[u8]>, Error> {
    let mut scanner = Scanner::new(content);
    scanner.expect(b'[')?;
    for index in 0..2 {
        if !scanner.has_member(index == 0, b']')? {
            return Ok(None);
        }
        scanner.skip()?;
    }
    if !scanner.has_member(false, b']')? {
        return Ok(None);
    }
    scanner.peek();
    let from = scanner.position();
    scanner.skip()?;
    Ok(Some(scanner.since(from)))
}

/// Whether a text is content: an array of which at least one half is tables or values, or an empty
/// one; or a mergeable content.
///
/// # Errors
/// If it is not.
pub fn check(content: &[u8]) -> Result<(), Error> {
    let plain = load(content).map(drop);
    plain.or_else(
        |error| match read_mergeable(&mut trusting(), MergeableForm::Content, content) {
            Ok(_) => Ok(()),
            Err(_) => Err(error),
        },
    )
}

/// The JSON text of two mergeable contents, merged.
///
/// # Errors
/// If one of them is no such content.
pub fn merge_texts(texts: [&[u8]; 2]) -> Result<Vec<u8>, Error> {
    let mut store = trusting();
    for text in texts {
        let incoming = read_mergeable(&mut store, MergeableForm::Content, text)?;
        store.start();
        store.merge(incoming);
        // Nobody listens, so it is over at once.
        let _ = store.finish(false);
    }
    let mut out = Vec::new();
    store.write_mergeable(true, &mut out);
    Ok(out)
}

/// A mergeable store to which no time is too late: what has been stored is not refused because the clock
/// was wrong once.
fn trusting() -> Store {
    let mut store = Store::new_mergeable(0);
    store.set_now(u64::MAX);
    store
}

/// A store with that content, in a transaction that never ends.
fn load(text: &[u8]) -> Result<Store, Error> {
    let mut store = Store::new();
    let mut scanner = Scanner::new(text);
    scanner.expect(b'[')?;
    let is_empty = !scanner.has_member(true, b']')?;
    let content = read(&mut store, Whole::Content, text)?;
    if !is_empty && content.tables == Half::Missing && content.values == Half::Missing {
        return Err(Error::MalformedJson { offset: 0 });
    }
    store.start();
    store.set_content(content);
    Ok(store)
}

fn apply(store: &mut Store, edit: &[u8]) -> Result<(), Error> {
    let content = read(store, Whole::Content, edit)?;
    delete(store, edit)?;
    for (table, rows) in content.staged.tables {
        store.merge_table(table, rows);
    }
    store.merge_values(&content.staged.values);
    Ok(())
}

/// Deletes what the third element of an edit lists.
fn delete(store: &mut Store, edit: &[u8]) -> Result<(), Error> {
    let mut scanner = Scanner::new(edit);
    scanner.expect(b'[')?;
    for index in 0..2 {
        if !scanner.has_member(index == 0, b']')? {
            return Ok(());
        }
        scanner.skip()?;
    }
    if !scanner.has_member(false, b']')? {
        return Ok(());
    }
    scanner.expect(b'[')?;
    let mut is_first = true;
    while scanner.has_member(is_first, b']')? {
        is_first = false;
        match *read_path(store, &mut scanner)? {
            [value] => store.del_value(value),
            [table, row] => store.del_row(table, row),
            [table, row, cell] => store.del_cell(table, row, cell, true),
            _ => return scanner.error(),
        }
    }
    Ok(())
}

fn read_path(store: &mut Store, scanner: &mut Scanner<'_>) -> Result<Vec<TextId>, Error> {
    let mut path = Vec::with_capacity(3);
    scanner.expect(b'[')?;
    while scanner.has_member(path.is_empty(), b']')? {
        let Token::String = scanner.token()? else {
            return scanner.error();
        };
        path.push(store.intern(scanner.string()?));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replayed(content: &str, edits: &[&str]) -> Option<String> {
        let edits = edits.iter().map(|edit| edit.as_bytes());
        let content = replay(content.as_bytes(), edits).ok()?;
        Some(String::from_utf8(content).unwrap())
    }

    #[test]
    fn edits_set_and_delete_cells_rows_and_values_in_their_order() {
        let content = r#"[{"t":{"a":{"c":1,"d":2},"b":{"c":1}},"u":{"r":{"c":1}}},{"v":1,"w":2}]"#;
        for (edits, expected) in [
            (&[][..], content),
            (
                &[r#"[{"t":{"a":{"c":3},"n":{"c":"new"}}},{"x":null},[]]"#],
                r#"[{"t":{"a":{"c":3,"d":2},"b":{"c":1},"n":{"c":"new"}},"u":{"r":{"c":1}}},{"v":1,"w":2,"x":null}]"#,
            ),
            (
                &[r#"[{},{},[["t","b"],["t","a","d"],["u","r","c"],["v"],["none"],["t","none"]]]"#],
                r#"[{"t":{"a":{"c":1}}},{"w":2}]"#,
            ),
            (
                // A row that is gone and there again has only the cells that were set since.
                &[r#"[{"t":{"a":{"e":5}}},{"v":7},[["t","a"],["v"]]]"#],
                r#"[{"t":{"b":{"c":1},"a":{"e":5}},"u":{"r":{"c":1}}},{"w":2,"v":7}]"#,
            ),
            (
                &[
                    r#"[{"t":{"a":{"c":2}}},{},[]]"#,
                    r#"[{"t":{"a":{"c":"\ufffd[1]"}}},{},[["t","a","d"]]]"#,
                    r#"[{},{},[["t","b"]]]"#,
                ],
                "[{\"t\":{\"a\":{\"c\":\"\u{FFFD}[1]\"}},\"u\":{\"r\":{\"c\":1}}},{\"v\":1,\"w\":2}]",
            ),
            (
                &[r#"[{},{},[["t","a"],["t","b"],["u","r"],["v"],["w"]]]"#],
                "[{},{}]",
            ),
        ] {
            assert_eq!(
                replayed(content, edits).as_deref(),
                Some(expected),
                "{edits:?}"
            );
        }
    }

    #[test]
    fn what_stands_after_tables_and_values_stays() {
        let edits = &[r#"[{},{"w":2},[["v"]]]"#];
        assert_eq!(
            replayed(r#"[{},{"v":1}, {"version":3} ]"#, edits).as_deref(),
            Some(r#"[{},{"w":2},{"version":3}]"#)
        );
        assert_eq!(third(br#"[{},{"version":3}]"#), Ok(None));
        assert_eq!(third(b"[]"), Ok(None));
    }

    #[test]
    fn what_is_no_edit_is_refused() {
        for edit in [
            "",
            "[",
            "[{},{},[[\"t\",\"r\"]",
            "[{},{},{}]",
            "[{},{},[[]]]",
            "[{},{},[[1]]]",
            "[{},{},[[\"a\",\"b\",\"c\",\"d\"]]]",
        ] {
            assert_eq!(replayed("[{},{}]", &[edit]), None, "{edit}");
        }
    }

    #[test]
    fn content_has_tables_or_values_or_their_stamps_or_nothing_at_all() {
        for text in [
            "[]",
            " [ ] ",
            "[{}]",
            "[{},{}]",
            "[null,{}]",
            "[{\"t\":5},{}]",
            "[[{},\"\",1],[{},\"\",1]]",
        ] {
            assert_eq!(check(text.as_bytes()), Ok(()), "{text}");
        }
        for text in [
            "",
            "{}",
            "null",
            "\"x\"",
            "[1,2]",
            "[[{\"t\":1},\"\",1],[{},\"\",1]]",
            "[[{},\"\",1]]",
            "[{},{}",
        ] {
            assert!(check(text.as_bytes()).is_err(), "{text}");
        }
    }
}
