//! Tests of `destroy`.

use std::rc::Rc;

use super::super::{First, Stats};
use super::world::{Gate, announced, at_once, content, start};

#[test]
fn destroy_drops_what_waits_and_waits_for_what_runs() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.trace();
    let gates = world.slow_sets(2);
    world.write("one").unwrap();
    world.write("two").unwrap();
    world.watch("save", persister.save());
    world.watch("destroy", persister.destroy());
    world.watch("again", persister.destroy());
    world.write("three").unwrap();
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set one, del 7, Idle, unsubscribe, save resolved"
    );
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(world.trace(), "release, destroy resolved, again resolved");
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 4 });
    assert!(!persister.is_auto_loading());
    assert!(!persister.is_auto_saving());
}

#[test]
fn after_destroy_nothing_runs_and_the_callers_are_told() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.watch("destroy", persister.destroy());
    world.run();
    world.trace();
    world.watch("save", persister.save());
    world.watch("load", persister.load(None));
    world.watch("schedule", persister.schedule(vec![]));
    world.watch("auto-load", persister.start_auto_load(None));
    world.watch("auto-save", persister.start_auto_save());
    world.watch("announcement", world.listener().notify(announced("late")));
    world.watch("destroy", persister.destroy());
    world.run();
    assert_eq!(
        world.trace(),
        "save rejected destroyed, load rejected destroyed, schedule rejected destroyed, \
         auto-load resolved, auto-save resolved, announcement resolved, destroy resolved"
    );
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 0 });
}

#[test]
fn destroy_gives_up_on_a_save_that_never_settles() {
    let (persister, world) = start();
    world.script_set(|_| Box::pin(std::future::pending()));
    world.watch("save", persister.save());
    world.watch("destroy", persister.destroy());
    world.run();
    assert_eq!(world.trace(), "Saving, set");
    world.ring();
    assert_eq!(
        world.trace(),
        "ignored destroy-timeout, release, destroy resolved"
    );
}

#[test]
fn destroy_gives_up_on_a_registration_that_never_settles() {
    let (persister, world) = start();
    *world.on_add.borrow_mut() = Rc::new(|_| Box::pin(std::future::pending()));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.watch("destroy", persister.destroy());
    world.run();
    world.ring();
    assert_eq!(
        world.trace(),
        "add, ignored destroy-timeout, release, destroy resolved"
    );
}

#[test]
fn several_calls_of_destroy_have_one_error() {
    let (persister, world) = start();
    *world.on_del.borrow_mut() = Rc::new(|_| at_once(Err("stuck".to_owned())));
    *world.on_error.borrow_mut() = Rc::new(|| Err("handler".to_owned()));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.trace();
    world.watch("destroy", persister.destroy());
    world.run();
    world.watch("again", persister.destroy());
    world.run();
    assert_eq!(
        world.trace(),
        "del 7, ignored stuck, unsubscribe, release, destroy rejected handler, \
         again rejected handler"
    );
}

#[test]
fn a_running_load_still_reaches_the_store() {
    let (persister, world) = start();
    let gate = Gate::<()>::default();
    let waiting = gate.clone();
    world.script_get(move || {
        let waiting = waiting.wait();
        Box::pin(async move {
            waiting.await?;
            content("stored")
        })
    });
    world.watch("load", persister.load(None));
    world.watch("destroy", persister.destroy());
    world.run();
    gate.set(Ok(()));
    world.run();
    assert_eq!(*world.content.borrow(), "stored");
    assert_eq!(
        world.trace(),
        "Loading, get, Idle, load resolved, release, destroy resolved"
    );
}

#[test]
fn a_registration_that_settles_after_destroy_gave_up_is_still_removed() {
    let (persister, world) = start();
    let gate = Gate::default();
    let waiting = gate.clone();
    *world.on_add.borrow_mut() = Rc::new(move |_| Box::pin(waiting.wait()));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.watch("destroy", persister.destroy());
    world.run();
    world.ring();
    world.trace();
    gate.set(Ok(Some(8)));
    world.run();
    assert_eq!(world.trace(), "del 8, start resolved");
}

#[test]
fn giving_up_stops_auto_save_all_the_same() {
    let (persister, world) = start();
    *world.on_del.borrow_mut() = Rc::new(|_| Box::pin(std::future::pending()));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.trace();
    world.watch("destroy", persister.destroy());
    world.run();
    world.ring();
    assert_eq!(
        world.trace(),
        "del 7, unsubscribe, ignored destroy-timeout, release, destroy resolved"
    );
}
