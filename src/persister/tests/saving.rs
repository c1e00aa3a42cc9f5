//! Tests of `save`.

use std::rc::Rc;

use super::super::{Stats, Status};
use super::world::{at_once, start};

#[test]
fn an_idle_persister_calls_the_back_end_before_save_returns() {
    let (persister, world) = start();
    let saving = persister.save();
    assert_eq!(world.trace(), "Saving, set");
    assert_eq!(persister.status(), Status::Saving);
    world.watch("save", saving);
    world.run();
    assert_eq!(world.trace(), "Idle, save resolved");
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 1 });
}

#[test]
fn saves_run_one_after_another() {
    let (persister, world) = start();
    let gates = world.slow_sets(3);
    world.watch("one", persister.save());
    world.watch("two", persister.save());
    world.watch("three", persister.save());
    world.run();
    assert_eq!(world.trace(), "Saving, set");
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(world.trace(), "set");
    gates[1].set(Ok(()));
    world.run();
    // As TinyBase: idle after the second, although the third is under way.
    assert_eq!(world.trace(), "Idle, set, two resolved");
    gates[2].set(Ok(()));
    world.run();
    assert_eq!(world.trace(), "three resolved, one resolved");
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 3 });
}

#[test]
fn dropping_the_future_of_a_save_cancels_nothing() {
    let (persister, world) = start();
    let gates = world.slow_sets(2);
    drop(persister.save());
    drop(persister.save());
    gates[0].set(Ok(()));
    gates[1].set(Ok(()));
    world.run();
    assert_eq!(world.trace(), "Saving, set, set, Idle");
}

#[test]
fn a_save_that_fails_is_reported_and_resolves() {
    let (persister, world) = start();
    world.script_set(|_| at_once(Err("disk full".to_owned())));
    world.watch("save", persister.save());
    world.watch("again", persister.save());
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, ignored disk full, set, ignored disk full, Idle, again resolved, save resolved"
    );
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 2 });
}

#[test]
fn a_handler_that_throws_rejects_the_save_and_the_queue_goes_on() {
    let (persister, world) = start();
    world.script_set(|_| at_once(Err("disk full".to_owned())));
    *world.on_error.borrow_mut() = Rc::new(|| Err("handler".to_owned()));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, ignored disk full, ignored handler, Idle, save rejected handler"
    );
    *world.on_error.borrow_mut() = Rc::new(|| Ok(()));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, ignored disk full, Idle, save resolved"
    );
}

#[test]
fn a_save_during_a_load_does_nothing() {
    let (persister, world) = start();
    world.script_get(|| Box::pin(std::future::pending()));
    world.watch("load", persister.load(None));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(world.trace(), "Loading, get, save resolved");
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 0 });
}

#[test]
fn a_save_that_never_settles_holds_up_what_comes_after_it() {
    let (persister, world) = start();
    world.script_set(|_| Box::pin(std::future::pending()));
    world.watch("one", persister.save());
    world.watch("two", persister.save());
    world.run();
    assert_eq!(world.trace(), "Saving, set");
    assert_eq!(persister.status(), Status::Saving);
}
