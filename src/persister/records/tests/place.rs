//! A place of records for the tests.

use super::super::*;
use crate::store::json::Scanner;
use std::collections::{BTreeMap, BTreeSet};

/// A place of records, as simple as can be; keys are as they are written.
#[derive(Default)]
pub(super) struct Place {
    pub(super) pages: BTreeMap<u64, String>,
    pub(super) page_count: u64,
    pub(super) rows: BTreeMap<String, String>,
    values: BTreeMap<String, String>,
    next: u64,
}

pub(super) fn key_of(id: RowId<'_>) -> String {
    let text = |id: Piece<'_>| String::from_utf8(id.to_vec()).unwrap();
    format!("[{},{}]", text(id.0), text(id.1))
}

fn take(batch: Batch, records: &mut BTreeMap<String, String>) {
    let (puts, deletes) = batch.into_texts();
    let each = |text: String, take: &mut dyn FnMut(&mut Scanner<'_>)| {
        let mut scanner = Scanner::new(text.as_bytes());
        text::elements(&mut scanner, |scanner| {
            take(scanner);
            Ok(())
        })
        .unwrap();
    };
    let key = |scanner: &mut Scanner<'_>| {
        String::from_utf8(text::any(scanner).unwrap().to_vec()).unwrap()
    };
    for text in deletes {
        each(text, &mut |scanner| drop(records.remove(&key(scanner))));
    }
    for text in puts {
        each(text, &mut |scanner| {
            scanner.expect(b'[').unwrap();
            let key = key(scanner);
            scanner.expect(b',').unwrap();
            scanner.peek();
            let record = String::from_utf8(scanner.string().unwrap().to_vec()).unwrap();
            scanner.expect(b']').unwrap();
            records.insert(key, record);
        });
    }
}

fn join<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
    texts.join("\n")
}

impl Place {
    pub(super) fn take(&mut self, writes: Writes, book: &Book) {
        if let Some(count) = writes.page_count {
            self.page_count = count;
            self.pages.clear();
            self.rows.clear();
        }
        self.pages.extend(writes.pages);
        take(writes.rows, &mut self.rows);
        take(writes.values, &mut self.values);
        self.next = book.next();
    }

    pub(super) fn texts(&self) -> Texts {
        Texts {
            pages: join(self.pages.range(..MOST_PAGES).map(|(_, page)| page)),
            supplements: self.supplements(),
            rows: join(self.rows.values()),
            values: join(self.values.values()),
        }
    }

    fn supplements(&self) -> String {
        join(self.pages.range(MOST_PAGES..).map(|(_, page)| page))
    }

    pub(super) fn load(&self) -> Loaded {
        load(&self.texts()).unwrap()
    }

    /// What a place reads to know of some rows.
    pub(super) fn texts_of(&self, ids: &[RowId<'_>]) -> Texts {
        let pages: BTreeSet<u64> = ids.iter().map(|id| page_of(*id, self.page_count)).collect();
        Texts {
            pages: join(pages.iter().filter_map(|number| self.pages.get(number))),
            supplements: self.supplements(),
            rows: join(ids.iter().filter_map(|id| self.rows.get(&key_of(*id)))),
            values: String::new(),
        }
    }

    pub(super) fn edit(&mut self, edits: &str, whole: &str, book: &mut Book) {
        let writes = write_edited(&Edits::read(edits).unwrap(), &split(whole).unwrap(), book);
        self.take(writes, book);
    }

    pub(super) fn merge(&mut self, edits: &str) {
        let edits = Edits::read(edits).unwrap();
        let values = edits.set.values.iter();
        let values = values.filter_map(|value| self.values.get(str::from_utf8(value.id).unwrap()));
        let values = join(values);
        let mut stored = Stored {
            texts: Texts {
                values: values.clone(),
                ..self.texts_of(&edits.rows())
            },
            is_all: false,
            next: self.next,
        };
        let merged = merge(&edits, &stored).unwrap().unwrap_or_else(|| {
            stored.texts = Texts {
                values,
                ..self.texts()
            };
            stored.is_all = true;
            merge(&edits, &stored).unwrap().unwrap()
        });
        self.take(merged.0, &merged.1);
    }

    pub(super) fn gather(&mut self) {
        let book = self.load().book;
        self.take(gather(&self.texts()).unwrap(), &book);
    }
}
