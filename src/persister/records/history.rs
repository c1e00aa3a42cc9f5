//! The last saves: from which state each led on, and what it touched. Who knows a state that is among
//! them need read no more than that again.

use super::edits::{Edits, RowId, path, write_paths};
use super::text::{Piece, any, elements, into_text, number, write_array};
use crate::store::Error;
use crate::store::json::Scanner;
use rustc_hash::FxHashSet;

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
    /// The JSON text of the paths: `[table,row]` for each row that was written or deleted, `[value]` for
    /// each value.
    paths: String,
}

impl Step {
    /// The step of a save that has touched nothing.
    #[must_use]
    pub fn of_nothing(from: u64) -> Self {
        Step {
            from,
            count: 0,
            paths: "[]".to_owned(),
        }
    }

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

/// What saves have touched, written or deleted, each once.
#[derive(Default)]
pub struct Touched<'a> {
    /// Rows.
    pub rows: Vec<RowId<'a>>,
    /// Values.
    pub values: Vec<Piece<'a>>,
    seen: FxHashSet<Vec<Piece<'a>>>,
}

impl<'a> Touched<'a> {
    fn add(&mut self, paths: &'a str) -> Result<(), Error> {
        let mut scanner = Scanner::new(paths.as_bytes());
        elements(&mut scanner, |scanner| {
            let path = path(scanner)?;
            match *path.as_slice() {
                [value] if self.seen.insert(vec![value]) => self.values.push(value),
                [table, row] if self.seen.insert(vec![table, row]) => self.rows.push((table, row)),
                [_] | [_, _] => {}
                _ => return scanner.error(),
            }
            Ok(())
        })?;
        scanner.end()
    }

    /// The JSON text of the list of the rows' ids.
    #[must_use]
    pub fn row_ids(&self) -> String {
        let mut out = vec![b'['];
        for (index, (table, row)) in self.rows.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_array(&mut out, [*table, *row]);
        }
        out.push(b']');
        into_text(out)
    }
}
