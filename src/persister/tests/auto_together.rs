//! Tests of auto-load and auto-save that start while something else is under way.

use std::rc::Rc;

use super::super::{First, Stats};
use super::world::{Gate, announced, at_once, changes, content, start};

#[test]
fn auto_save_waits_until_an_auto_load_that_is_starting_has_begun_to_load() {
    let (persister, world) = start();
    let gate = Gate::default();
    let waiting = gate.clone();
    *world.on_add.borrow_mut() = Rc::new(move |_| Box::pin(waiting.wait()));
    world.watch("load", persister.start_auto_load(None));
    world.watch("save", persister.start_auto_save());
    world.run();
    assert_eq!(world.trace(), "add");
    gate.set(Ok(Some(7)));
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, get, save resolved, Idle, load resolved"
    );
    assert_eq!(*world.content.borrow(), "stored");
    assert!(persister.is_auto_saving());
}

#[test]
fn auto_save_does_not_wait_for_an_auto_load_that_was_stopped() {
    let (persister, world) = start();
    world.watch("load", persister.start_auto_load(None));
    world.watch("save", persister.start_auto_save());
    world.watch("stop", persister.stop_auto_load());
    world.run();
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 1 });
    assert!(persister.is_auto_saving());
}

#[test]
fn a_save_that_comes_before_the_load_of_an_auto_load_only_puts_it_off() {
    let (persister, world) = start();
    let gates = world.slow_sets(1);
    world.watch("load", persister.start_auto_load(None));
    world.watch("save", persister.save());
    world.watch("again", persister.start_auto_load(None));
    world.run();
    assert_eq!(world.trace(), "Saving, set, load resolved, add");
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(
        world.trace(),
        "Idle, Loading, get, save resolved, Idle, again resolved"
    );
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 1 });
}

#[test]
fn the_load_of_an_auto_load_started_during_a_save_is_left_out() {
    let (persister, world) = start();
    let gates = world.slow_sets(1);
    world.watch("save", persister.save());
    world.watch("load", persister.start_auto_load(None));
    world.run();
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, add, load resolved, Idle, save resolved"
    );
}

#[test]
fn what_is_announced_while_auto_save_starts_is_not_saved_back() {
    let (persister, world) = start();
    world.watch("load", persister.start_auto_load(None));
    world.run();
    let gates = world.slow_sets(2);
    drop(persister.save());
    world.watch("save", persister.start_auto_save());
    world.run();
    drop(world.listener().notify(announced("announced")));
    world.run();
    for gate in &gates {
        gate.set(Ok(()));
        world.run();
    }
    assert_eq!(*world.content.borrow(), "announced");
    assert_eq!(persister.stats(), Stats { loads: 2, saves: 2 });
    assert!(persister.is_auto_saving());
}

#[test]
fn several_updates_announced_during_a_load_are_not_saved_back() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    let gate = Gate::<()>::default();
    let waiting = gate.clone();
    *world.on_add.borrow_mut() = Rc::new(|_| at_once(Ok(Some(8))));
    world.script_get(move || {
        let waiting = waiting.wait();
        Box::pin(async move {
            waiting.await?;
            content("stored again")
        })
    });
    world.watch("again", persister.start_auto_load(None));
    world.run();
    for text in ["one", "two", "three"] {
        drop(world.listener().notify(changes(text)));
    }
    gate.set(Ok(()));
    world.run();
    assert_eq!(*world.content.borrow(), "stored again+one+two+three");
    assert_eq!(persister.stats(), Stats { loads: 5, saves: 1 });
}

#[test]
fn a_save_that_ends_after_destroy_does_not_begin_auto_save() {
    let (persister, world) = start();
    let gates = world.slow_sets(1);
    world.watch("load", persister.start_auto_load(None));
    world.run();
    *world.on_del.borrow_mut() = Rc::new(|_| Box::pin(std::future::pending()));
    world.watch("save", persister.start_auto_save());
    world.run();
    drop(persister.destroy());
    gates[0].set(Ok(()));
    world.run();
    assert!(!persister.is_auto_saving());
}

#[test]
fn what_is_announced_during_a_save_is_not_forgotten_when_another_save_begins() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    let gates = world.slow_sets(3);
    drop(persister.save());
    drop(persister.save());
    drop(world.listener().notify(None));
    drop(world.listener().notify(changes("more")));
    for gate in &gates {
        gate.set(Ok(()));
        world.run();
    }
    assert_eq!(*world.content.borrow(), "stored");
    assert_eq!(persister.stats(), Stats { loads: 3, saves: 4 });
}
