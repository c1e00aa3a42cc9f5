//! The last saves: from which state each led on, and what it touched. Who knows a state that is among
//! them need read no more than that again.

use super::edits::{Edits, RowId, write_paths};
use super::text::{Piece, any, elements, into_text, number, string};
use crate::store::Error;
use crate::store::json::Scanner;
use rustc_hash::{FxHashMap, FxHashSet};

/// So many saves are kept,
const STEPS: usize = 32;
/// and so many paths of all of them together: beyond that, loading is no worse.
const PATHS: usize = 256;

/// One save.
#[derive(Clone, Debug)]
pub struct Step {
    /// The revision that it led on from.
    pub from: u64,
    /// How many paths there are.
    count: usize,
    /// The JSON text of the paths: `[table,row]` for a row to be read again, `[table,row,cell]` for a cell
    /// and `[table,row,0]` for a row that was gone, at first at least, `[value]` for a value.
    paths: String,
}

impl Step {
    /// The step of a save of `edits`.
    #[must_use]
    pub fn new(from: u64, edits: &Edits<'_>) -> Self {
        let (count, paths) = write_paths(edits);
        Step {
            from,
            count,
            paths: into_text(paths),
        }
    }
}

/// The last saves, the latest at the end.
#[derive(Clone, Debug, Default)]
pub struct History(Vec<Step>);

impl History {
    /// Read a history back from its text.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text.as_bytes());
        let mut steps = Vec::new();
        elements(&mut scanner, |scanner| {
            scanner.expect(b'[')?;
            let from = number(scanner)?;
            scanner.expect(b',')?;
            let count = number(scanner)? as usize;
            scanner.expect(b',')?;
            let paths = into_text(any(scanner)?.to_vec());
            scanner.expect(b']')?;
            steps.push(Step { from, count, paths });
            Ok(())
        })?;
        scanner.end()?;
        Ok(History(steps))
    }

    /// The text of the history.
    #[must_use]
    pub fn text(&self) -> String {
        let step = |step: &Step| format!("[{},{},{}]", step.from, step.count, step.paths);
        let steps: Vec<String> = self.0.iter().map(step).collect();
        format!("[{}]", steps.join(","))
    }

    /// The history with one more step, and without those that are one too many.
    #[must_use]
    pub fn and(mut self, step: Step) -> Self {
        self.0.push(step);
        let mut paths = 0usize;
        let within = |step: &&Step| {
            paths = paths.saturating_add(step.count);
            paths <= PATHS
        };
        let kept = self.0.iter().rev().take(STEPS).take_while(within).count();
        drop(self.0.drain(..self.0.len() - kept));
        self
    }

    /// What was touched since `revision`; `None` if that is no longer known.
    #[must_use]
    pub fn since(&self, revision: u64) -> Option<Touched<'_>> {
        let first = self.0.iter().position(|step| step.from == revision)?;
        let mut touched = Touched::default();
        for step in self.0.iter().skip(first) {
            touched.add(&step.paths).ok()?;
        }
        Some(touched)
    }
}

/// What saves have touched.
#[derive(Default)]
pub struct Touched<'a> {
    /// Rows whose cells are new or gone, or that are gone, each once.
    pub rows: Vec<RowId<'a>>,
    /// Values that are new or gone.
    pub values: Vec<Piece<'a>>,
    pub(super) gone_rows: FxHashSet<RowId<'a>>,
    pub(super) gone_cells: FxHashMap<RowId<'a>, Vec<Piece<'a>>>,
    seen: FxHashSet<RowId<'a>>,
}

impl<'a> Touched<'a> {
    fn add(&mut self, paths: &'a str) -> Result<(), Error> {
        let mut scanner = Scanner::new(paths.as_bytes());
        elements(&mut scanner, |scanner| {
            let mut path: Vec<Piece<'a>> = Vec::with_capacity(3);
            elements(scanner, |scanner| {
                path.push(any(scanner)?);
                Ok(())
            })?;
            let row = match *path.as_slice() {
                [value] => {
                    if !self.values.contains(&value) {
                        self.values.push(value);
                    }
                    return Ok(());
                }
                [table, row] => (table, row),
                [table, row, b"0"] => {
                    self.gone_rows.insert((table, row));
                    (table, row)
                }
                [table, row, cell] => {
                    self.gone_cells.entry((table, row)).or_default().push(cell);
                    (table, row)
                }
                _ => return scanner.error(),
            };
            for id in [row.0, row.1] {
                string(&mut Scanner::new(id))?;
            }
            if self.seen.insert(row) {
                self.rows.push(row);
            }
            Ok(())
        })?;
        scanner.end()
    }
}
