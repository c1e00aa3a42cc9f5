//! The store and the naive store side by side, and what is known of the transaction under way.

use super::table::operate;
use crate::harness::{DoRollback, Driver, Outcome};
use crate::input::Input;
use crate::model::Model;
use crate::program::{Write, apply, compare};
use crate::store::{Call, Kind, ListenerId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How many operations there may be, those of listeners included.
const BUDGET: u32 = 160;

/// How many calls of listeners and levels of transactions may be within each other.
const MAX_LEVELS: u32 = 6;

/// From so many unused texts on the store frees them.
const SWEPT: usize = 4_200;

/// Where in a transaction's life code of the user runs.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    /// In actions.
    #[default]
    Open,
    Starting,
    Mutating,
    /// In `doRollback`.
    Deciding,
    WillFinish,
    Announcing,
    DidFinish,
}

impl Phase {
    fn of(kind: Kind, mutator: bool) -> Phase {
        match kind {
            Kind::StartTransaction => Phase::Starting,
            Kind::WillFinishTransaction => Phase::WillFinish,
            Kind::DidFinishTransaction => Phase::DidFinish,
            _ if mutator => Phase::Mutating,
            _ => Phase::Announcing,
        }
    }
}

/// What has gone wrong in the transaction under way.
#[derive(Clone, Copy, Default)]
struct Failures {
    /// Actions threw: at its end it will be rolled back, and nobody told.
    actions: bool,
    /// It was rolled back on the spot, and nobody told.
    ended: bool,
    /// A will-finish listener threw: it will be rolled back, and the listeners told of nothing.
    will_finish: bool,
    /// A listener threw that was told of a change: those after it are not.
    announcing: bool,
}

/// All but the driver, shared with the listeners.
pub struct World {
    model: RefCell<Model>,
    /// Those that were added and not removed, but for the ones that only watch.
    listeners: RefCell<Vec<ListenerId>>,
    is_watched: bool,
    budget: Cell<u32>,
    levels: Cell<u32>,
    pins: Cell<u32>,
    phase: Cell<Phase>,
    failures: Cell<Failures>,
}

/// An operation gets everything, and bytes to choose by; it may throw.
pub type Operation = fn(&mut Driver, &Rc<World>, &mut Input) -> Outcome;

impl World {
    pub fn new(is_watched: bool) -> (Driver, Rc<World>) {
        let mut driver = Driver::new();
        if is_watched {
            driver.watch_all();
        }
        let world = World {
            model: RefCell::default(),
            listeners: RefCell::default(),
            is_watched,
            budget: Cell::new(BUDGET),
            levels: Cell::default(),
            pins: Cell::default(),
            phase: Cell::default(),
            failures: Cell::default(),
        };
        (driver, Rc::new(world))
    }

    /// Takes steps off the budget; false if it is used up.
    pub fn spend(&self, steps: u32) -> bool {
        let left = self.budget.get().checked_sub(steps);
        self.budget.set(left.unwrap_or(0));
        left.is_some()
    }

    fn fail(&self, set: impl Fn(&mut Failures)) {
        let mut failures = self.failures.get();
        set(&mut failures);
        self.failures.set(failures);
    }

    fn roll_back(&self) {
        self.model.borrow_mut().roll_back();
    }

    /// Does one operation after another, as many as the bytes hold, until one throws.
    pub fn run(self: &Rc<World>, driver: &mut Driver, bytes: &[u8]) -> Outcome {
        let mut input = Input::new(bytes);
        let level = self.levels.get();
        let mut outcome = Ok(());
        if level < MAX_LEVELS {
            self.levels.set(level + 1);
            while !input.is_empty() && outcome.is_ok() && self.spend(1) {
                outcome = operate(driver, self, &mut input);
            }
            self.levels.set(level);
        }
        outcome
    }

    /// The same in a phase of the transaction.
    fn run_in(self: &Rc<World>, phase: Phase, driver: &mut Driver, bytes: &[u8]) -> Outcome {
        let before = self.phase.replace(phase);
        let outcome = self.run(driver, bytes);
        self.phase.set(before);
        outcome
    }

    pub fn write(self: &Rc<World>, driver: &mut Driver, write: &Write) -> Outcome {
        self.transaction(driver, None, |driver| {
            apply(write, driver, &mut self.model.borrow_mut());
            Ok(())
        })
    }

    /// Runs actions in a transaction. `do_rollback` has operations of its own, and then says yes or no.
    pub fn transaction(
        self: &Rc<World>,
        driver: &mut Driver,
        do_rollback: Option<(&[u8], bool)>,
        actions: impl FnOnce(&mut Driver) -> Outcome,
    ) -> Outcome {
        let is_outermost = !driver.store.is_active();
        let actions = |driver: &mut Driver| {
            let outcome = actions(driver);
            let counts = matches!(self.phase.get(), Phase::Open | Phase::Starting);
            self.fail(|failures| failures.actions |= counts && outcome.is_err());
            outcome
        };
        let decide = do_rollback.map(|(bytes, yes)| {
            move |driver: &mut Driver| {
                let outcome = self.run_in(Phase::Deciding, driver, bytes);
                if yes || outcome.is_err() {
                    self.roll_back();
                }
                self.fail(|failures| failures.ended |= outcome.is_err());
                outcome.map(|()| yes)
            }
        });
        let decide = decide.as_ref().map(|decide| decide as DoRollback<'_>);
        let outcome = driver.transaction_unless(actions, decide);
        if is_outermost {
            self.settle(driver);
        }
        outcome.map(drop)
    }

    /// After a transaction: both must have the same content, and the right listeners must have been called.
    fn settle(&self, driver: &mut Driver) {
        assert!(!driver.store.is_active());
        let failures = self.failures.take();
        if failures.actions || failures.will_finish {
            self.roll_back();
        }
        let mut expected = self.model.borrow_mut().finish();
        if failures.actions || failures.ended {
            expected.clear();
        }
        if failures.will_finish {
            expected.retain(|call| !call.starts_with("invalid"));
        }
        let mut calls = driver.take_trace();
        calls.retain(|call| call != REACTION && call != "start");
        if failures.announcing {
            // How far the announcement came depends on the order of the listeners.
            expected.truncate(calls.len().saturating_sub(1));
            expected.push("didFinish".to_owned());
        }
        if self.is_watched {
            assert_eq!(calls, expected);
        }
        compare(driver, &self.model.borrow());
    }

    /// Compares in the middle of a transaction.
    pub fn compare(&self, driver: &mut Driver) {
        if !(self.failures.get().will_finish && driver.store.is_locked()) {
            compare(driver, &self.model.borrow());
        }
    }

    /// Adds a listener that runs operations.
    pub fn add_listener(
        self: &Rc<World>,
        driver: &mut Driver,
        kind: Kind,
        mutator: bool,
        path: &[&str],
        script: Vec<u8>,
    ) {
        let world = Rc::clone(self);
        let phase = Phase::of(kind, mutator);
        let reaction = move |driver: &mut Driver, _: &Call| {
            let outcome = world.run_in(phase, driver, &script);
            if outcome.is_err() {
                world.note_thrown(phase);
            }
            outcome
        };
        let id = match mutator {
            true => driver.mutate(REACTION, kind, path, reaction),
            false => driver.react(REACTION, kind, path, reaction),
        };
        self.listeners.borrow_mut().push(id);
    }

    fn note_thrown(&self, phase: Phase) {
        match phase {
            Phase::Starting | Phase::Mutating => {
                self.roll_back();
                self.fail(|failures| failures.ended = true);
            }
            Phase::WillFinish => self.fail(|failures| failures.will_finish = true),
            Phase::Announcing => self.fail(|failures| failures.announcing = true),
            Phase::Open | Phase::Deciding | Phase::DidFinish => {}
        }
    }

    /// Removes one of the listeners that were added.
    pub fn remove_listener(&self, driver: &mut Driver, number: usize) {
        let mut listeners = self.listeners.borrow_mut();
        if !listeners.is_empty() {
            let index = number % listeners.len();
            driver.remove(listeners.remove(index));
        }
    }

    pub fn pin(&self, driver: &mut Driver) {
        self.pins.set(self.pins.get() + 1);
        driver.store.pin();
    }

    pub fn unpin(&self, driver: &mut Driver) {
        if let Some(pins) = self.pins.get().checked_sub(1) {
            self.pins.set(pins);
            driver.store.unpin();
        }
    }

    /// Makes so many unused texts that all are freed as soon as nobody needs handles.
    pub fn make_texts(&self, driver: &mut Driver) {
        for number in 0..SWEPT {
            driver.id(&format!("unused {number}"));
        }
    }

    /// Takes everything out; then no text may be left, if that is looked at.
    pub fn end(self: &Rc<World>, driver: &mut Driver, looks_at_texts: bool) {
        while !self.listeners.borrow().is_empty() {
            self.remove_listener(driver, 0);
        }
        while self.pins.get() > 0 {
            self.unpin(driver);
        }
        for write in [
            Write::DelTablesSchema,
            Write::DelValuesSchema,
            Write::DelTables,
            Write::DelValues,
        ] {
            assert_eq!(self.write(driver, &write), Ok(()));
        }
        if looks_at_texts {
            self.make_texts(driver);
            self.pin(driver);
            self.unpin(driver);
            assert_eq!(driver.store.text_count(), 0, "a text is still counted");
        }
    }
}

/// What a listener that reacts writes into the trace.
const REACTION: &str = "reaction";
