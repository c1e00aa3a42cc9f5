//! Tests of auto-load, auto-save and auto-persisting.

use std::rc::Rc;

use super::super::{First, Listener, Stats, Status};
use super::world::{Gate, TestHost, announced, at_once, changes, content, start};

fn announce(listener: &Listener<TestHost>, text: &str) {
    drop(listener.notify(announced(text)));
}

#[test]
fn auto_load_listens_then_loads() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    assert_eq!(world.trace(), "");
    world.run();
    assert_eq!(world.trace(), "add, Loading, get, Idle, start resolved");
    assert!(persister.is_auto_loading());
    world.watch("stop", persister.stop_auto_load());
    assert!(!persister.is_auto_loading());
    world.run();
    assert_eq!(world.trace(), "del 7, stop resolved");
    drop(world.listener().notify(None));
    announce(&world.listener(), "too late");
    world.run();
    assert_eq!(world.trace(), "");
    assert_eq!(*world.content.borrow(), "stored");
}

#[test]
fn without_a_handle_the_listener_works_but_is_never_deleted() {
    let (persister, world) = start();
    *world.on_add.borrow_mut() = Rc::new(|_| at_once(Ok(None)));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    assert!(!persister.is_auto_loading());
    announce(&world.listener(), "announced");
    assert_eq!(*world.content.borrow(), "announced");
    world.watch("stop", persister.stop_auto_load());
    world.run();
    announce(&world.listener(), "too late");
    assert_eq!(*world.content.borrow(), "announced");
    assert_eq!(
        world.trace(),
        "add, Loading, get, Idle, start resolved, Loading, Idle, stop resolved"
    );
}

#[test]
fn a_registration_that_fails_is_reported_and_the_load_still_happens() {
    let (persister, world) = start();
    *world.on_add.borrow_mut() = Rc::new(|_| at_once(Err("deaf".to_owned())));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    assert_eq!(
        world.trace(),
        "add, ignored deaf, Loading, get, Idle, start resolved"
    );
    assert!(!persister.is_auto_loading());
}

#[test]
fn stopping_waits_for_a_pending_registration_and_removes_it() {
    let (persister, world) = start();
    let gate = Gate::default();
    let waiting = gate.clone();
    *world.on_add.borrow_mut() = Rc::new(move |_| Box::pin(waiting.wait()));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.watch("stop", persister.stop_auto_load());
    world.run();
    assert_eq!(world.trace(), "add");
    gate.set(Ok(Some(8)));
    world.run();
    assert_eq!(world.trace(), "del 8, start resolved, stop resolved");
    assert_eq!(persister.stats(), Stats::default());
}

#[test]
fn of_two_starts_at_once_the_last_one_counts() {
    let (persister, world) = start();
    world.watch("one", persister.start_auto_load(None));
    world.watch("two", persister.start_auto_load(None));
    world.run();
    assert_eq!(
        world.trace(),
        "one resolved, add, Loading, get, Idle, two resolved"
    );
    world.watch("three", persister.start_auto_load(None));
    world.run();
    assert_eq!(
        world.trace(),
        "del 7, add, Loading, get, Idle, three resolved"
    );
    let old = world.listeners.borrow()[0].clone();
    announce(&old, "from the old listener");
    assert_eq!(*world.content.borrow(), "stored");
}

#[test]
fn a_removal_that_fails_is_reported() {
    let (persister, world) = start();
    *world.on_del.borrow_mut() = Rc::new(|_| at_once(Err("stuck".to_owned())));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    world.watch("stop", persister.stop_auto_load());
    world.run();
    assert_eq!(world.trace(), "del 7, ignored stuck, stop resolved");
}

#[test]
fn announced_content_is_applied_at_once_when_idle() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    announce(&world.listener(), "announced");
    assert_eq!(world.trace(), "Loading, Idle");
    assert_eq!(*world.content.borrow(), "announced");
    drop(world.listener().notify(changes("more")));
    assert_eq!(*world.content.borrow(), "announced+more");
    assert_eq!(persister.stats(), Stats { loads: 3, saves: 0 });
}

#[test]
fn what_is_announced_during_the_initial_load_is_applied_after_it() {
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
    world.watch("start", persister.start_auto_load(None));
    world.run();
    announce(&world.listener(), "announced");
    drop(world.listener().notify(changes("more")));
    assert_eq!(*world.content.borrow(), "");
    gate.set(Ok(()));
    world.run();
    assert_eq!(*world.content.borrow(), "announced+more");
    assert_eq!(persister.stats(), Stats { loads: 3, saves: 0 });
}

#[test]
fn what_is_announced_during_a_save_is_applied_after_it() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    let gates = world.slow_sets(1);
    world.watch("save", persister.save());
    announce(&world.listener(), "announced");
    drop(world.listener().notify(changes("more")));
    assert_eq!(*world.content.borrow(), "stored");
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(*world.content.borrow(), "announced+more");
}

#[test]
fn what_is_found_in_its_turn_is_looked_for_after_the_saves_before_it_and_before_those_after_it() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    let gates = world.slow_sets(1);
    world.watch("save", persister.save());
    world.trace();
    let finding = Rc::clone(&world);
    let bring = world.listener().bring(Box::new(move || {
        finding.log("find");
        at_once(Ok(changes("found")))
    }));
    world.watch("bring", bring);
    world.run();
    assert_eq!(world.trace(), "Loading");
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(*world.content.borrow(), "stored+found");
    assert!(world.trace().starts_with("find, "));
    assert_eq!(persister.status(), Status::Idle);
}

#[test]
fn what_finds_nothing_brings_nothing_and_what_fails_to_is_reported() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    let nothing = world.listener().bring(Box::new(|| at_once(Ok(None))));
    world.watch("nothing", nothing);
    world.run();
    let failing = world
        .listener()
        .bring(Box::new(|| at_once(Err("deaf".to_owned()))));
    world.watch("failing", failing);
    world.run();
    world.watch("stop", persister.stop_auto_load());
    let late = world
        .listener()
        .bring(Box::new(|| at_once(Ok(announced("late")))));
    world.watch("late", late);
    world.run();
    assert_eq!(*world.content.borrow(), "stored");
    let trace = world.trace();
    assert!(
        trace.contains("nothing resolved") && trace.contains("ignored deaf"),
        "{trace}"
    );
    assert_eq!(persister.status(), Status::Idle);
}

#[test]
fn many_announcements_of_nothing_during_a_save_are_one_load_after_it() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    let gates = world.slow_sets(1);
    world.watch("save", persister.save());
    for _ in 0..3 {
        world.watch("announcement", world.listener().notify(None));
    }
    gates[0].set(Err("disk full".to_owned()));
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, ignored disk full, announcement resolved, announcement resolved, \
         announcement resolved, Idle, Loading, get, Idle, save resolved"
    );
}

#[test]
fn stopping_forgets_what_was_announced_during_a_save() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    let gates = world.slow_sets(1);
    world.watch("save", persister.save());
    drop(world.listener().notify(None));
    world.watch("stop", persister.stop_auto_load());
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, del 7, stop resolved, Idle, save resolved"
    );
}

#[test]
fn what_the_store_says_to_an_announcement_rejects_it() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    *world.on_write.borrow_mut() = Rc::new(|| Err("listener".to_owned()));
    world.watch(
        "announcement",
        world.listener().notify(announced("announced")),
    );
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, Idle, announcement rejected listener"
    );
    assert_eq!(persister.status(), Status::Idle);
}

#[test]
fn auto_save_saves_first_and_then_each_transaction_at_once() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_save());
    assert!(!persister.is_auto_saving());
    world.run();
    assert_eq!(world.trace(), "Saving, set, Idle, start resolved");
    assert!(persister.is_auto_saving());
    world.write("one").unwrap();
    assert_eq!(world.trace(), "Saving, set one");
    world.write("one").unwrap();
    world.write("two").unwrap();
    world.run();
    assert_eq!(world.trace(), "set two, Idle");
    world.watch("stop", persister.stop_auto_save());
    assert!(!persister.is_auto_saving());
    world.write("three").unwrap();
    world.run();
    assert_eq!(world.trace(), "unsubscribe, stop resolved");
}

#[test]
fn what_was_loaded_is_not_saved_again() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_save());
    world.run();
    world.trace();
    world.watch("load", persister.load(None));
    world.run();
    assert_eq!(world.trace(), "Loading, get, Idle, load resolved");
    assert_eq!(*world.content.borrow(), "stored");
}

#[test]
fn stopping_auto_save_while_it_starts_keeps_it_from_saving() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_save());
    world.watch("stop", persister.stop_auto_save());
    world.run();
    assert_eq!(persister.stats(), Stats::default());
    assert!(!persister.is_auto_saving());
}

#[test]
fn auto_persisting_loads_then_saves_and_stops_both() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    assert_eq!(
        world.trace(),
        "add, Loading, get, Idle, Saving, set, Idle, start resolved"
    );
    world.watch("stop", persister.stop_auto_persisting(First::Load));
    world.run();
    assert_eq!(world.trace(), "del 7, unsubscribe, stop resolved");
    world.watch("start", persister.start_auto_persisting(None, First::Save));
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, Idle, add, Loading, get, Idle, start resolved"
    );
}

#[test]
fn auto_persisting_whose_second_half_fails_stops_both() {
    let (persister, world) = start();
    *world.on_error.borrow_mut() = Rc::new(|| Err("handler".to_owned()));
    world.script_set(|_| at_once(Err("disk full".to_owned())));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    assert_eq!(
        world.trace(),
        "add, Loading, get, Idle, Saving, set, ignored disk full, ignored handler, Idle, del 7, \
         start rejected handler"
    );
    assert!(!persister.is_auto_loading());
    assert!(!persister.is_auto_saving());
}

#[test]
fn a_registration_that_never_settles_leaves_the_rest_working() {
    let (persister, world) = start();
    *world.on_add.borrow_mut() = Rc::new(|_| Box::pin(std::future::pending()));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.watch("save", persister.save());
    world.run();
    announce(&world.listener(), "announced");
    world.run();
    assert_eq!(*world.content.borrow(), "announced");
    assert_eq!(
        world.trace(),
        "add, Saving, set, Idle, save resolved, Loading, Idle"
    );
}

#[test]
fn a_back_end_that_nobody_waits_for_announces_errors_to_the_handler() {
    let (persister, world) = start();
    *world.on_error.borrow_mut() = Rc::new(|| Err("handler".to_owned()));
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    let listener = world.listener();
    listener.announce(Ok(announced("announced")));
    assert_eq!(*world.content.borrow(), "announced");
    listener.announce(Err("malformed".to_owned()));
    *world.on_write.borrow_mut() = Rc::new(|| Err("listener".to_owned()));
    listener.announce(Ok(changes("more")));
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, Idle, ignored malformed, Loading, Idle, ignored listener"
    );
    world.watch("stop", persister.stop_auto_load());
    listener.announce(Err("malformed".to_owned()));
    world.run();
    assert_eq!(world.trace(), "del 7, stop resolved");
}

#[test]
fn auto_persisting_whose_second_half_fails_leaves_a_newer_start_alone() {
    let (persister, world) = start();
    *world.on_error.borrow_mut() = Rc::new(|| Err("handler".to_owned()));
    let gates = world.slow_sets(1);
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.watch("newer", persister.start_auto_load(None));
    world.run();
    world.trace();
    gates[0].set(Err("disk full".to_owned()));
    world.run();
    assert_eq!(
        world.trace(),
        "ignored disk full, ignored handler, Idle, start rejected handler"
    );
    assert!(persister.is_auto_loading());
    assert!(!persister.is_auto_saving());
}

#[test]
fn stopping_both_goes_on_after_the_first_has_failed() {
    let (persister, world) = start();
    *world.on_error.borrow_mut() = Rc::new(|| Err("handler".to_owned()));
    *world.on_del.borrow_mut() = Rc::new(|_| at_once(Err("stuck".to_owned())));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.trace();
    world.watch("stop", persister.stop_auto_persisting(First::Load));
    world.run();
    assert_eq!(
        world.trace(),
        "del 7, ignored stuck, unsubscribe, stop rejected handler"
    );
}

#[test]
fn announced_content_does_not_wait_for_a_scheduled_action() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    drop(persister.schedule(vec![Box::new(|| Box::pin(std::future::pending()))]));
    announce(&world.listener(), "announced");
    assert_eq!(*world.content.borrow(), "announced");
}

#[test]
fn of_two_starts_of_auto_persisting_at_once_neither_saves_before_the_load() {
    let (persister, world) = start();
    let gate = Gate::default();
    let waiting = gate.clone();
    *world.on_add.borrow_mut() = Rc::new(move |_| Box::pin(waiting.wait()));
    world.watch("one", persister.start_auto_persisting(None, First::Load));
    world.watch("two", persister.start_auto_persisting(None, First::Load));
    world.run();
    gate.set(Ok(Some(7)));
    world.run();
    assert_eq!(
        world.trace(),
        "one resolved, add, Loading, get, Idle, Saving, set, Idle, two resolved"
    );
    assert_eq!(*world.content.borrow(), "stored");
}

#[test]
fn stopping_auto_persisting_while_it_loads_keeps_it_from_saving() {
    let (persister, world) = start();
    for first in [First::Load, First::Save] {
        world.watch("start", persister.start_auto_persisting(None, first));
        world.watch("stop", persister.stop_auto_persisting(first));
        world.run();
        assert_eq!(world.trace(), "start resolved, stop resolved");
        assert!(!persister.is_auto_loading());
        assert!(!persister.is_auto_saving());
    }
}
