//! Everything around the persister under test: a store of one text, a scripted back end, an
//! executor, timers, and a trace of what was called.

use std::cell::{Cell, RefCell};
use std::future::ready;
use std::rc::Rc;

use super::super::completion::Completion;
use super::super::{
    Backend, Edits, Environment, Found, Listener, LocalFuture, Outcome, Pace, Persister,
    PersisterError, Status, StoreSide, Types, Update,
};
use super::executor::Executor;

pub(super) type Error = String;
pub(super) type TestPersister = Persister<TestHost>;
pub(super) type Gate<T> = Completion<Result<T, Error>>;
type Loaded = Result<Found<TestHost>, Error>;
type OnFinish = Rc<dyn Fn()>;
type Script<Input, Output> = RefCell<Rc<dyn Fn(Input) -> LocalFuture<Output>>>;

#[derive(Clone)]
pub(super) struct TestHost(pub(super) Rc<World>);

pub(super) struct World {
    executor: Executor,
    trace: RefCell<Vec<String>>,
    pub(super) content: RefCell<String>,
    /// What was edited and is not saved.
    edits: RefCell<Vec<String>>,
    /// How many of these are being saved.
    under_way: Cell<usize>,
    in_step: Cell<bool>,
    pub(super) pace: Cell<Pace>,
    pub(super) retries: Cell<bool>,
    changes: RefCell<Option<String>>,
    subscriptions: RefCell<Vec<(usize, OnFinish)>>,
    next_subscription: Cell<usize>,
    pub(super) on_leave: RefCell<Option<OnFinish>>,
    pub(super) listeners: RefCell<Vec<Listener<TestHost>>>,
    /// What goes off, and after how many milliseconds.
    pub(super) timers: RefCell<Vec<(Completion<()>, u32)>>,
    pub(super) on_get: Script<(), Loaded>,
    pub(super) on_set: Script<Option<String>, Result<(), Error>>,
    pub(super) on_add: Script<Listener<TestHost>, Result<Option<u32>, Error>>,
    pub(super) on_del: Script<u32, Result<(), Error>>,
    /// What the store's own listeners answer to new content.
    pub(super) on_write: RefCell<Rc<dyn Fn() -> Result<(), Error>>>,
    /// What the app's handler of ignored errors answers.
    pub(super) on_error: RefCell<Rc<dyn Fn() -> Result<(), Error>>>,
}

pub(super) struct Subscription {
    world: Rc<World>,
    id: usize,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.world.log("unsubscribe");
        let id = self.id;
        self.world
            .subscriptions
            .borrow_mut()
            .retain(|(known, _)| *known != id);
    }
}

/// A status listener: what it answers to each status.
pub(super) type StatusListener = Rc<dyn Fn(Status) -> Result<(), Error>>;

pub(super) fn at_once<T: 'static>(value: T) -> LocalFuture<T> {
    Box::pin(ready(value))
}

pub(super) fn content(text: &str) -> Loaded {
    Ok(Found::Update(Update::Content(text.to_owned())))
}

/// The same, as a back end announces it.
pub(super) fn announced(text: &str) -> Option<Update<TestHost>> {
    Some(Update::Content(text.to_owned()))
}

pub(super) fn changes(text: &str) -> Option<Update<TestHost>> {
    Some(Update::Changes(text.to_owned()))
}

impl World {
    pub(super) fn log(&self, line: impl Into<String>) {
        self.trace.borrow_mut().push(line.into());
    }

    /// Edit the store's content in one transaction, as the app does.
    pub(super) fn edit(&self, text: &str) {
        self.edits.borrow_mut().push(text.to_owned());
        let content = format!("{}+{text}", self.content.borrow());
        drop(self.write(&content));
    }

    /// Change the store's content in one transaction.
    pub(super) fn write(&self, text: &str) -> Result<(), Error> {
        let is_change = *self.content.borrow() != text;
        *self.content.borrow_mut() = text.to_owned();
        *self.changes.borrow_mut() = is_change.then(|| text.to_owned());
        let answer = Rc::clone(&self.on_write.borrow());
        let result = answer();
        let subscriptions = self.subscriptions.borrow().clone();
        for (_, on_finish) in subscriptions {
            on_finish();
        }
        *self.changes.borrow_mut() = None;
        result
    }

    /// As the store when something is brought to it: edits are laid over it, or given up.
    fn bring(&self, text: &str, keeps_edits: bool) -> Result<(), Error> {
        if !keeps_edits {
            self.edits.borrow_mut().clear();
        }
        let mut text = text.to_owned();
        for edit in self.edits.borrow().iter() {
            text = format!("{text}+{edit}");
        }
        self.write(&text)
    }

    pub(super) fn run(&self) {
        self.executor.run();
    }

    /// What was logged since the last call, in one line.
    pub(super) fn trace(&self) -> String {
        self.trace.take().join(", ")
    }

    /// How long the running timers run.
    pub(super) fn pauses(&self) -> Vec<u32> {
        self.timers
            .borrow()
            .iter()
            .map(|(_, pause)| *pause)
            .collect()
    }

    /// Let every running timer go off.
    pub(super) fn ring(&self) {
        for (timer, _) in self.timers.take() {
            timer.set(());
        }
        self.run();
    }

    /// Log how `outcome` ends under `name`, when it does.
    pub(super) fn watch(self: &Rc<Self>, name: &'static str, outcome: Outcome<TestHost>) {
        let world = Rc::clone(self);
        self.executor.spawn(Box::pin(async move {
            match outcome.await {
                Ok(()) => world.log(format!("{name} resolved")),
                Err(error) => world.log(format!("{name} rejected {error}")),
            }
        }));
    }

    pub(super) fn listener(&self) -> Listener<TestHost> {
        self.listeners.borrow().last().unwrap().clone()
    }

    pub(super) fn script_get(&self, answer: impl Fn() -> LocalFuture<Loaded> + 'static) {
        *self.on_get.borrow_mut() = Rc::new(move |()| answer());
    }

    pub(super) fn script_set(
        &self,
        answer: impl Fn(Option<String>) -> LocalFuture<Result<(), Error>> + 'static,
    ) {
        *self.on_set.borrow_mut() = Rc::new(answer);
    }

    /// Make every `set_persisted` wait for a gate of its own.
    pub(super) fn slow_sets(&self, count: usize) -> Vec<Gate<()>> {
        let gates: Vec<Gate<()>> = (0..count).map(|_| Gate::default()).collect();
        let next = Cell::new(0);
        let waiting = gates.clone();
        self.script_set(move |_| Box::pin(waiting[next.replace(next.get() + 1)].wait()));
        gates
    }
}

/// A persister, its world and a status listener that writes to the trace.
pub(super) fn start() -> (TestPersister, Rc<World>) {
    let world = Rc::new(World {
        executor: Executor::default(),
        trace: RefCell::default(),
        content: RefCell::default(),
        edits: RefCell::default(),
        under_way: Cell::default(),
        in_step: Cell::default(),
        pace: Cell::new(Pace::EachTransaction),
        retries: Cell::default(),
        changes: RefCell::default(),
        subscriptions: RefCell::default(),
        next_subscription: Cell::new(0),
        on_leave: RefCell::default(),
        listeners: RefCell::default(),
        timers: RefCell::default(),
        on_get: RefCell::new(Rc::new(|()| at_once(content("stored")))),
        on_set: RefCell::new(Rc::new(|_| at_once(Ok(())))),
        on_add: RefCell::new(Rc::new(|_| at_once(Ok(Some(7))))),
        on_del: RefCell::new(Rc::new(|_| at_once(Ok(())))),
        on_write: RefCell::new(Rc::new(|| Ok(()))),
        on_error: RefCell::new(Rc::new(|| Ok(()))),
    });
    let persister = Persister::new(TestHost(Rc::clone(&world)));
    let told = Rc::clone(&world);
    persister.add_status_listener(Rc::new(move |status| {
        told.log(format!("{status:?}"));
        Ok(())
    }));
    (persister, world)
}

impl Types for TestHost {
    type Content = String;
    type Changes = String;
    type Initial = Result<String, Error>;
    type Handle = u32;
    type StatusListener = StatusListener;
    type SaveStateListener = Rc<dyn Fn()>;
    type Subscription = Subscription;
    type Error = Error;
}

impl Backend for TestHost {
    fn get_persisted(&self) -> LocalFuture<Loaded> {
        self.0.log("get");
        let answer = Rc::clone(&self.0.on_get.borrow());
        answer(())
    }

    fn set_persisted(&self, changes: Option<String>) -> LocalFuture<Result<(), Error>> {
        self.0.log(match &changes {
            Some(changes) => format!("set {changes}"),
            None => "set".to_owned(),
        });
        self.0.under_way.set(self.0.edits.borrow().len());
        let answer = Rc::clone(&self.0.on_set.borrow());
        answer(changes)
    }

    fn add_listener(&self, listener: Listener<Self>) -> LocalFuture<Result<Option<u32>, Error>> {
        self.0.log("add");
        self.0.listeners.borrow_mut().push(listener.clone());
        let answer = Rc::clone(&self.0.on_add.borrow());
        answer(listener)
    }

    fn del_listener(&self, handle: u32) -> LocalFuture<Result<(), Error>> {
        self.0.log(format!("del {handle}"));
        let answer = Rc::clone(&self.0.on_del.borrow());
        answer(handle)
    }
}

impl StoreSide for TestHost {
    fn bring(&self, update: Update<Self>, keeps_edits: bool) -> Result<(), Error> {
        let text = match update {
            Update::Content(content) => content,
            Update::Changes(changes) => format!("{}+{changes}", self.0.content.borrow()),
        };
        self.0.bring(&text, keeps_edits)
    }

    fn bring_initial(
        &self,
        initial: Result<String, Error>,
        keeps_edits: bool,
    ) -> Result<(), Error> {
        self.0.log("initial");
        self.0.bring(&initial?, keeps_edits)
    }

    fn take_changes(&self) -> Result<Option<String>, Error> {
        Ok(self.0.changes.borrow().clone())
    }

    fn subscribe(&self, on_finish: OnFinish, on_leave: OnFinish) -> Result<Subscription, Error> {
        *self.0.on_leave.borrow_mut() = Some(on_leave);
        let id = self
            .0
            .next_subscription
            .replace(self.0.next_subscription.get() + 1);
        self.0.subscriptions.borrow_mut().push((id, on_finish));
        Ok(Subscription {
            world: Rc::clone(&self.0),
            id,
        })
    }
}

impl Edits for TestHost {
    fn forget_edits(&self) {
        self.0.edits.borrow_mut().clear();
    }

    fn set_in_step(&self) {
        self.0.in_step.set(true);
    }

    fn end_saving(&self, is_saved: bool) {
        if is_saved {
            let mut edits = self.0.edits.borrow_mut();
            let count = self.0.under_way.get().min(edits.len());
            edits.drain(..count);
            self.0.in_step.set(true);
        }
        self.0.under_way.set(0);
    }

    fn edits(&self) -> Option<String> {
        self.0
            .in_step
            .get()
            .then(|| self.0.edits.borrow().join("+"))
    }

    fn has_edits(&self) -> bool {
        !self.0.edits.borrow().is_empty()
    }

    fn is_saved(&self) -> bool {
        !self.has_edits() && (self.0.in_step.get() || self.0.content.borrow().is_empty())
    }
}

impl Environment for TestHost {
    fn ignore_error(&self, error: Error) -> Result<(), Error> {
        self.0.log(format!("ignored {error}"));
        let answer = Rc::clone(&self.0.on_error.borrow());
        answer()
    }

    fn call_status_listener(&self, listener: &StatusListener, status: Status) -> Result<(), Error> {
        listener(status)
    }

    fn call_save_state_listener(&self, listener: &Rc<dyn Fn()>) -> Result<(), Error> {
        listener();
        Ok(())
    }

    fn pace(&self) -> Pace {
        self.0.pace.get()
    }

    fn retries(&self) -> bool {
        self.0.retries.get()
    }

    fn now(&self) -> f64 {
        1e12
    }

    fn error(&self, error: PersisterError) -> Error {
        error.code().to_owned()
    }

    fn spawn(&self, task: LocalFuture<()>) {
        self.0.executor.spawn(task);
    }

    fn timer(&self, milliseconds: u32) -> LocalFuture<()> {
        let timer = Completion::default();
        self.0
            .timers
            .borrow_mut()
            .push((timer.clone(), milliseconds));
        Box::pin(timer.wait())
    }

    fn release(&self) {
        self.0.log("release");
    }
}
