//! Tests of `load`.

use std::rc::Rc;

use super::super::{Found, Stats, Status, Update};
use super::world::{Gate, at_once, content, start};

#[test]
fn a_load_replaces_the_content() {
    let (persister, world) = start();
    world.watch("load", persister.load(Some(Ok("initial".to_owned()))));
    assert_eq!(persister.status(), Status::Loading);
    world.run();
    assert_eq!(world.trace(), "Loading, get, Idle, load resolved");
    assert_eq!(*world.content.borrow(), "stored");
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 0 });
}

#[test]
fn changes_that_were_stored_are_laid_over_the_content() {
    let (persister, world) = start();
    *world.content.borrow_mut() = "mine".to_owned();
    world.script_get(|| at_once(Ok(Found::Update(Update::Changes("change".to_owned())))));
    world.watch("load", persister.load(None));
    world.run();
    assert_eq!(*world.content.borrow(), "mine+change");
}

#[test]
fn nothing_stored_means_the_initial_content() {
    let (persister, world) = start();
    *world.content.borrow_mut() = "mine".to_owned();
    world.script_get(|| at_once(Ok(Found::Nothing(None))));
    world.watch("load", persister.load(None));
    world.run();
    assert_eq!(world.trace(), "Loading, get, Idle, load resolved");
    assert_eq!(*world.content.borrow(), "mine");
    world.watch("load", persister.load(Some(Ok("initial".to_owned()))));
    world.run();
    assert_eq!(world.trace(), "Loading, get, initial, Idle, load resolved");
    assert_eq!(*world.content.borrow(), "initial");
}

#[test]
fn what_cannot_be_read_is_reported_and_means_the_initial_content() {
    let (persister, world) = start();
    world.script_get(|| at_once(Err("unreadable".to_owned())));
    world.watch("load", persister.load(Some(Ok("initial".to_owned()))));
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, get, ignored unreadable, initial, Idle, load resolved"
    );
    assert_eq!(*world.content.borrow(), "initial");
}

#[test]
fn initial_content_that_throws_is_tried_twice_and_reported_twice() {
    let (persister, world) = start();
    world.script_get(|| at_once(Ok(Found::Nothing(None))));
    world.watch("load", persister.load(Some(Err("no initial".to_owned()))));
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, get, initial, ignored no initial, initial, ignored no initial, Idle, load resolved"
    );
}

#[test]
fn a_store_listener_that_throws_is_reported_and_means_the_initial_content() {
    let (persister, world) = start();
    let once = std::cell::Cell::new(true);
    *world.on_write.borrow_mut() = Rc::new(move || {
        if once.replace(false) {
            Err("listener".to_owned())
        } else {
            Ok(())
        }
    });
    world.watch("load", persister.load(Some(Ok("initial".to_owned()))));
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, get, ignored listener, initial, Idle, load resolved"
    );
}

#[test]
fn a_handler_that_throws_rejects_the_load_without_initial_content() {
    let (persister, world) = start();
    world.script_get(|| at_once(Err("unreadable".to_owned())));
    *world.on_error.borrow_mut() = Rc::new(|| Err("handler".to_owned()));
    world.watch("load", persister.load(Some(Ok("initial".to_owned()))));
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, get, ignored unreadable, ignored handler, Idle, load rejected handler"
    );
}

#[test]
fn a_load_during_a_save_does_nothing() {
    let (persister, world) = start();
    let gates = world.slow_sets(1);
    world.watch("save", persister.save());
    world.watch("load", persister.load(None));
    world.run();
    assert_eq!(world.trace(), "Saving, set, load resolved");
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(world.trace(), "Idle, save resolved");
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 1 });
}

#[test]
fn what_is_written_while_a_load_is_pending_is_replaced() {
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
    world.write("mine").unwrap();
    world.run();
    assert_eq!(*world.content.borrow(), "mine");
    gate.set(Ok(()));
    world.run();
    assert_eq!(*world.content.borrow(), "stored");
}
