//! A small driver over [`Store`]: does what the facade does, with text ids and a notation for content.
//!
//! Content is written `table.row.cell=value`, parted by spaces and in order, such as
//! `t.r1.a=1 t.r1.b=x t.r2.a=null`; the parts that are clear from the context are left out. A value
//! is a number, `true`, `false`, `null`, JSON that begins with a bracket, or else text; `rejected` is
//! something that cannot be one, `undefined` none. In whole tables a table without rows is `t=none`, a
//! row without cells `t.r=none`, what is no row `t.r=bad`. `*` in the path of a listener is any id, `?`
//! no id.

mod mergeable;
mod reads;
mod schemas;
mod writes;

use crate::store::{
    Advance, Call, ChangedCell, Detail, KINDS, Kind, ListenerId, SortedArgs, Start, Step, Store,
};
use std::collections::HashMap;
use std::rc::Rc;

/// What user code threw.
pub type Thrown = &'static str;

/// What user code did: went well, or threw.
pub type Outcome<T = ()> = Result<T, Thrown>;

/// Whether a transaction is to be rolled back.
pub type DoRollback<'a> = &'a dyn Fn(&mut Driver) -> Outcome<bool>;

type Reaction = Rc<dyn Fn(&mut Driver, &Call) -> Outcome>;

struct Listener {
    label: String,
    reaction: Option<Reaction>,
}

/// A store with listeners that write down their calls.
#[derive(Default)]
pub struct Driver {
    pub store: Store,
    listeners: HashMap<u32, Listener>,
    trace: Vec<String>,
    /// How often one has come or gone.
    listener_changes: usize,
    /// How many calls may be given out at once.
    pub run_limit: usize,
    /// How many were.
    pub runs: Vec<usize>,
}

impl Driver {
    /// An empty store.
    pub fn new() -> Driver {
        Driver {
            run_limit: 3,
            ..Driver::default()
        }
    }

    /// A store with these tables.
    pub fn with(tables: &str) -> Driver {
        let mut driver = Driver::new();
        driver.set_tables(tables);
        driver
    }

    // What happened.

    /// Writes a line into the trace.
    pub fn note(&mut self, line: impl Into<String>) {
        self.trace.push(line.into());
    }

    /// The trace so far, which starts anew.
    pub fn take_trace(&mut self) -> Vec<String> {
        std::mem::take(&mut self.trace)
    }

    /// The trace must be this; it starts anew.
    #[track_caller]
    pub fn expect(&mut self, lines: &[&str]) {
        assert_eq!(self.take_trace(), lines);
    }

    // Listeners.

    fn add(
        &mut self,
        kind: Kind,
        mutator: bool,
        path: &[&str],
        label: &str,
        reaction: Option<Reaction>,
    ) -> ListenerId {
        assert_eq!(path.len(), kind.arity());
        let mut steps = [Step::Any; 3];
        for (step, id) in steps.iter_mut().zip(path) {
            *step = match *id {
                "*" => Step::Any,
                "?" => Step::Undefined,
                id => Step::Id(self.id(id)),
            };
        }
        self.listener_changes += 1;
        let id = self.store.add_listener(kind, mutator, steps);
        let label = label.to_owned();
        self.listeners.insert(id.0, Listener { label, reaction });
        id
    }

    /// Adds a listener that writes down what it is told.
    pub fn watch(&mut self, kind: Kind, path: &[&str]) -> ListenerId {
        self.add(kind, false, path, "", None)
    }

    /// Adds a listener of each kind, to everything.
    pub fn watch_all(&mut self) {
        for kind in KINDS {
            self.watch(kind, &["*"; 3][..kind.arity()]);
        }
    }

    /// Adds a listener of each kind but those that tell no more than the others: whether something is
    /// there, how many there are, which cell ids a table has, and what was invalid.
    pub fn watch_changes(&mut self) {
        for kind in KINDS.into_iter().take(Kind::Value as usize + 1) {
            self.watch(kind, &["*"; 3][..kind.arity()]);
        }
    }

    /// Adds a listener to sorted row ids that writes down its name and, if it is not for the caller
    /// to sort, the page; and then does something.
    pub fn watch_page(
        &mut self,
        label: &str,
        mutator: bool,
        args: SortedArgs,
        reaction: impl Fn(&mut Driver, &Call) -> Outcome + 'static,
    ) -> ListenerId {
        let cell = args.by.cell.map_or(Step::Never, Step::Id);
        let path = [Step::Id(args.by.table), cell, Step::Any];
        self.listener_changes += 1;
        let id = self.store.add_sorted_listener(mutator, path, args);
        let reaction: Option<Reaction> = Some(Rc::new(reaction));
        let label = label.to_owned();
        self.listeners.insert(id.0, Listener { label, reaction });
        id
    }

    /// Adds a listener that writes down its name.
    pub fn name(&mut self, label: &str, kind: Kind, path: &[&str]) -> ListenerId {
        self.add(kind, false, path, label, None)
    }

    /// Adds a listener that writes down its name and then does something.
    pub fn react(
        &mut self,
        label: &str,
        kind: Kind,
        path: &[&str],
        reaction: impl Fn(&mut Driver, &Call) -> Outcome + 'static,
    ) -> ListenerId {
        self.add(kind, false, path, label, Some(Rc::new(reaction)))
    }

    /// Adds a mutator listener that writes down its name, or without one what it is told, and then
    /// does something.
    pub fn mutate(
        &mut self,
        label: &str,
        kind: Kind,
        path: &[&str],
        reaction: impl Fn(&mut Driver, &Call) -> Outcome + 'static,
    ) -> ListenerId {
        self.add(kind, true, path, label, Some(Rc::new(reaction)))
    }

    /// Takes a listener out.
    pub fn remove(&mut self, id: ListenerId) {
        assert!(self.try_remove(id));
    }

    /// Takes a listener out if there is one.
    pub fn try_remove(&mut self, id: ListenerId) -> bool {
        self.listener_changes += 1;
        self.listeners.remove(&id.0);
        self.store.remove_listener(id)
    }

    fn call(&mut self, call: &Call) -> Outcome {
        let listener = &self.listeners[&call.listener.0];
        let reaction = listener.reaction.clone();
        let line = match &*listener.label {
            "" => self.describe(call),
            label => match self.store.page(call.listener) {
                Some(page) => format!("{label}: {}", self.texts(page)),
                None => label.to_owned(),
            },
        };
        self.note(line);
        reaction.map_or(Ok(()), |reaction| reaction(self, call))
    }

    fn describe(&self, call: &Call) -> String {
        let kind = match call.kind {
            Kind::StartTransaction => "start",
            Kind::WillFinishTransaction => "willFinish",
            Kind::DidFinishTransaction => "didFinish",
            Kind::Tables => "tables",
            Kind::TableIds => "tableIds",
            Kind::Table => "table",
            Kind::RowIds => "rowIds",
            Kind::Row => "row",
            Kind::CellIds => "cellIds",
            Kind::Cell => "cell",
            Kind::Values => "values",
            Kind::ValueIds => "valueIds",
            Kind::Value => "value",
            Kind::HasTables => "hasTables",
            Kind::HasTable => "hasTable",
            Kind::TableCellIds => "tableCellIds",
            Kind::HasTableCell => "hasTableCell",
            Kind::RowCount => "rowCount",
            Kind::HasRow => "hasRow",
            Kind::HasCell => "hasCell",
            Kind::HasValues => "hasValues",
            Kind::HasValue => "hasValue",
            Kind::InvalidCell => "invalidCell",
            Kind::InvalidValue => "invalidValue",
            Kind::SortedRowIds => "sortedRowIds",
        };
        let mut parts = vec![kind.to_owned()];
        let ids = call.path.iter().take(call.kind.arity());
        let path: Vec<_> = ids
            .map(|id| id.map_or_else(|| "?".into(), |id| self.text(id)))
            .collect();
        assert!(
            call.path
                .iter()
                .skip(call.kind.arity())
                .all(Option::is_none)
        );
        if !path.is_empty() {
            parts.push(path.join("."));
        }
        match call.detail {
            Detail::None => {}
            Detail::Change { new, old } => {
                parts.push(format!("{}->{}", self.show(old), self.show(new)));
            }
            Detail::Has(has) => parts.push(has.to_string()),
            Detail::Count(count) => parts.push(count.to_string()),
        }
        for cell in self.store.offered() {
            parts.push(self.show(cell));
        }
        for (id, change) in self.store.id_set() {
            let sign = if *change > 0 { '+' } else { '-' };
            parts.push(format!("{sign}{}", self.text(*id)));
        }
        joined(parts)
    }

    // Transactions, as in `src/facade/transactions.ts`.

    fn pump(&mut self, do_rollback: Option<DoRollback<'_>>) -> Outcome {
        let mut first = Ok(());
        loop {
            if let Some(outcome) = self.run() {
                if outcome.is_err() {
                    self.store.fail_call();
                    first = first.and(outcome);
                }
                continue;
            }
            let outcome = match self.store.step() {
                Advance::Done => return first,
                Advance::Call(call) => self.call(&call),
                Advance::AskRollback => do_rollback.unwrap()(self).map(|yes| {
                    if yes {
                        self.store.roll_back();
                    }
                }),
            };
            if outcome.is_err() {
                self.store.fail_call();
                first = first.and(outcome);
            }
        }
    }

    /// Makes several calls of one listener, as in `src/facade/listening.ts`, if there are any.
    fn run(&mut self) -> Option<Outcome> {
        let mut changes = Vec::new();
        let listener = self
            .store
            .next_run(self.run_limit, |changed| changes.push(changed))?;
        self.runs.push(changes.len());
        let version = self.listener_changes;
        for (index, ChangedCell { path, new, old }) in changes.into_iter().enumerate() {
            let outcome = self.call(&Call {
                listener,
                kind: Kind::Cell,
                path: path.map(Some),
                detail: Detail::Change { new, old },
            });
            if outcome.is_err() {
                return Some(outcome);
            }
            if self.listener_changes != version {
                self.store.end_run(index + 1);
                break;
            }
        }
        Some(Ok(()))
    }

    /// Opens a transaction or one more level; false if the store is locked.
    pub fn start(&mut self) -> Outcome<bool> {
        match self.store.start() {
            Start::Locked => Ok(false),
            Start::Open => Ok(true),
            Start::Waiting => self.pump(None).map(|()| true),
        }
    }

    /// Closes a level.
    pub fn finish(&mut self) -> Outcome {
        match self.store.finish(false) {
            true => self.pump(None),
            false => Ok(()),
        }
    }

    /// Runs actions in a transaction, which `do_rollback` may have rolled back; nothing if the store
    /// is locked.
    pub fn transaction_unless<T>(
        &mut self,
        actions: impl FnOnce(&mut Driver) -> Outcome<T>,
        do_rollback: Option<DoRollback<'_>>,
    ) -> Outcome<Option<T>> {
        if !self.start()? {
            return Ok(None);
        }
        match actions(self) {
            Ok(result) => {
                if self.store.finish(do_rollback.is_some()) {
                    self.pump(do_rollback)?;
                }
                Ok(Some(result))
            }
            Err(thrown) => {
                self.store.fail_actions();
                self.finish()?;
                Err(thrown)
            }
        }
    }

    /// Runs actions in a transaction; nothing if the store is locked.
    pub fn transaction<T>(
        &mut self,
        actions: impl FnOnce(&mut Driver) -> Outcome<T>,
    ) -> Outcome<Option<T>> {
        self.transaction_unless(actions, None)
    }

    /// Runs actions that do not throw in one transaction; writes down what a listener throws.
    pub fn together(&mut self, actions: impl FnOnce(&mut Driver)) {
        let outcome = self.transaction(|driver| {
            actions(driver);
            Ok(())
        });
        if let Err(thrown) = outcome {
            self.note(format!("threw {thrown}"));
        }
    }

    /// Runs actions in one transaction whose `doRollback` says yes.
    pub fn rolled_back(&mut self, actions: impl FnOnce(&mut Driver)) {
        let actions = |driver: &mut Driver| {
            actions(driver);
            Ok(())
        };
        let outcome = self.transaction_unless(actions, Some(&|_| Ok(true)));
        assert_eq!(outcome, Ok(Some(())));
    }
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(" ")
}
