//! Nothing is lost: what is edited during loads, what could not be loaded or saved, and when it is
//! tried again.

use std::cell::Cell;
use std::rc::Rc;

use super::super::{First, Found, Pace, Stats, Update};
use super::world::{Gate, announced, at_once, content, start};

/// The error that the scripted back end gives.
fn broken<T>() -> Result<T, String> {
    Err("broken".to_owned())
}

#[test]
fn an_edit_made_while_a_load_is_pending_is_laid_over_what_comes() {
    let (persister, world) = start();
    let gate = Gate::<()>::default();
    let waiting = gate.clone();
    world.script_get(move || {
        let waiting = waiting.clone();
        Box::pin(async move {
            waiting.wait().await?;
            content("stored")
        })
    });
    world.watch("load", persister.load(None));
    world.edit("edit");
    gate.set(Ok(()));
    world.run();
    assert_eq!(*world.content.borrow(), "stored+edit");
    assert!(persister.save_state().is_unsaved);
}

#[test]
fn an_edit_made_while_auto_persisting_starts_is_saved() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.edit("edit");
    world.run();
    assert_eq!(*world.content.borrow(), "stored+edit");
    assert!(!persister.save_state().is_unsaved);
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 1 });
}

#[test]
fn an_edit_made_while_a_later_load_is_pending_is_saved_after_it() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.trace();
    drop(persister.load(None));
    world.edit("edit");
    world.run();
    assert_eq!(world.trace(), "Loading, get, Idle, Saving, set, Idle");
    assert_eq!(*world.content.borrow(), "stored+edit");
}

#[test]
fn a_load_that_the_app_asks_for_replaces_what_was_edited_before() {
    let (persister, world) = start();
    world.edit("edit");
    drop(persister.load(None));
    world.run();
    assert_eq!(*world.content.borrow(), "stored");
    assert!(!persister.save_state().is_unsaved);
}

#[test]
fn after_a_load_that_failed_nothing_is_saved_until_one_succeeds() {
    let (persister, world) = start();
    world.script_get(|| at_once(broken()));
    let initial = Some(Ok("initial".to_owned()));
    world.watch(
        "start",
        persister.start_auto_persisting(initial, First::Load),
    );
    world.run();
    world.edit("edit");
    world.run();
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 0 });
    assert_eq!(persister.save_state().last_error.as_deref(), Some("broken"));

    world.script_get(|| at_once(content("stored")));
    drop(persister.load(None));
    world.run();
    // What was edited meanwhile is kept; what was there only because nothing else was is not.
    assert_eq!(*world.content.borrow(), "stored+edit");
    assert_eq!(persister.stats(), Stats { loads: 2, saves: 1 });
    assert!(!persister.save_state().is_unsaved);
    assert_eq!(persister.save_state().last_error, None);
}

#[test]
fn what_another_announces_ends_the_suspension_too() {
    let (persister, world) = start();
    world.script_get(|| at_once(broken()));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.edit("edit");
    drop(world.listener().notify(announced("announced")));
    world.run();
    assert_eq!(*world.content.borrow(), "announced+edit");
    assert!(!persister.save_state().is_unsaved);
}

#[test]
fn a_save_that_the_app_asks_for_after_a_failed_load_is_its_own_decision() {
    let (persister, world) = start();
    world.script_get(|| at_once(broken()));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    drop(persister.save());
    world.run();
    world.edit("edit");
    world.run();
    assert_eq!(persister.stats(), Stats { loads: 1, saves: 2 });
}

#[test]
fn nothing_stored_but_an_error_to_report_lets_saving_go_on() {
    let (persister, world) = start();
    world.script_get(|| at_once(Ok(Found::Nothing(Some("set aside".to_owned())))));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.edit("edit");
    world.run();
    assert!(world.trace().contains("ignored set aside"));
    assert!(!persister.save_state().is_unsaved);
}

#[test]
fn content_of_which_something_was_set_aside_is_loaded_and_the_rest_reported() {
    let (persister, world) = start();
    world.script_get(|| {
        let rest = Update::Content("rest".to_owned());
        at_once(Ok(Found::Partly(rest, "set aside".to_owned())))
    });
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.edit("edit");
    world.run();
    assert_eq!(*world.content.borrow(), "rest+edit");
    assert!(world.trace().contains("ignored set aside"));
    assert!(!persister.save_state().is_unsaved);
}

#[test]
fn a_save_that_failed_is_tried_again_after_longer_and_longer_pauses() {
    let (persister, world) = start();
    world.retries.set(true);
    let due = Rc::new(Cell::new(3));
    let left = Rc::clone(&due);
    world.script_set(move |_| {
        left.set(left.get() - 1);
        at_once(if left.get() > 0 { broken() } else { Ok(()) })
    });
    world.edit("edit");
    world.watch("start", persister.start_auto_save());
    world.run();
    assert!(persister.save_state().is_unsaved);
    assert_eq!(world.pauses(), [1000]);
    world.ring();
    assert_eq!(world.pauses(), [2000]);
    world.ring();
    assert_eq!((due.get(), world.pauses()), (0, vec![]));
    assert!(!persister.save_state().is_unsaved);
    assert_eq!(persister.save_state().last_saved, Some(1e12));
}

#[test]
fn a_load_that_failed_is_tried_again() {
    let (persister, world) = start();
    world.retries.set(true);
    world.script_get(|| at_once(broken()));
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.edit("edit");
    world.script_get(|| at_once(content("stored")));
    world.ring();
    assert_eq!(*world.content.borrow(), "stored+edit");
    assert!(!persister.save_state().is_unsaved);
}

#[test]
fn a_load_that_succeeds_does_not_hide_that_a_save_has_failed() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_persisting(None, First::Load));
    world.run();
    world.script_set(|_| at_once(broken()));
    world.edit("edit");
    world.run();
    drop(world.listener().notify(announced("announced")));
    world.run();
    let state = persister.save_state();
    assert_eq!(
        (state.is_unsaved, state.last_error.as_deref()),
        (true, Some("broken"))
    );
}

#[test]
fn destroying_calls_a_retry_off() {
    let (persister, world) = start();
    world.retries.set(true);
    world.script_set(|_| at_once(broken()));
    world.watch("start", persister.start_auto_save());
    world.run();
    drop(persister.destroy());
    world.run();
    world.trace();
    world.ring();
    assert_eq!(world.trace(), "");
}

#[test]
fn after_a_failed_save_the_next_one_is_of_all_edits_since() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_save());
    world.run();
    world.script_set(|_| at_once(broken()));
    world.edit("one");
    world.run();
    world.script_set(|_| at_once(Ok(())));
    world.trace();
    world.edit("two");
    world.run();
    assert_eq!(world.trace(), "Saving, set one+two, Idle");
    world.edit("three");
    world.run();
    assert!(world.trace().contains("set +one+two+three"));
}

#[test]
fn edits_of_one_task_are_saved_at_once_after_it() {
    let (persister, world) = start();
    world.pace.set(Pace::EachTask);
    world.watch("start", persister.start_auto_save());
    world.run();
    world.trace();
    world.edit("one");
    world.edit("two");
    assert_eq!(world.trace(), "");
    world.run();
    assert_eq!(world.trace(), "Saving, set, Idle");
    assert!(!persister.save_state().is_unsaved);
}

#[test]
fn an_edit_made_while_the_first_automatic_save_is_under_way_is_saved_after_it() {
    let (persister, world) = start();
    let gates = world.slow_sets(2);
    world.watch("start", persister.start_auto_save());
    world.run();
    world.edit("edit");
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 2 });
    gates[1].set(Ok(()));
    world.run();
    assert!(!persister.save_state().is_unsaved);
}

#[test]
fn edits_during_a_save_are_saved_by_one_more() {
    let (persister, world) = start();
    world.pace.set(Pace::EachTask);
    world.watch("start", persister.start_auto_save());
    world.run();
    let gates = world.slow_sets(2);
    world.edit("one");
    world.run();
    for edit in ["two", "three", "four"] {
        world.edit(edit);
        world.run();
    }
    gates[0].set(Ok(()));
    world.run();
    assert!(persister.save_state().is_unsaved);
    gates[1].set(Ok(()));
    world.run();
    assert!(!persister.save_state().is_unsaved);
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 3 });
}

#[test]
fn edits_wait_for_a_pause_but_not_for_ever() {
    let (persister, world) = start();
    world.pace.set(Pace::AfterPause(50));
    world.watch("start", persister.start_auto_save());
    world.run();
    world.edit("one");
    world.run();
    world.edit("two");
    world.ring();
    assert_eq!(persister.stats().saves, 1);
    world.ring();
    assert_eq!(persister.stats().saves, 2);
    for _ in 0..12 {
        world.edit("more");
        world.ring();
    }
    assert_eq!(persister.stats().saves, 3);
}

#[test]
fn flushing_saves_what_waits_and_nothing_else() {
    let (persister, world) = start();
    world.pace.set(Pace::AfterPause(50));
    world.watch("start", persister.start_auto_save());
    world.run();
    world.trace();
    world.edit("one");
    world.watch("flush", persister.flush());
    assert_eq!(world.trace(), "Saving, set");
    world.run();
    world.watch("again", persister.flush());
    world.run();
    world.ring();
    assert_eq!(world.trace(), "Idle, flush resolved, again resolved");
}

#[test]
fn what_waits_is_saved_when_the_page_is_left() {
    let (persister, world) = start();
    world.pace.set(Pace::AfterPause(50));
    world.watch("start", persister.start_auto_save());
    world.run();
    world.edit("one");
    world.trace();
    let leave = world.on_leave.borrow().clone().unwrap();
    leave();
    assert_eq!(world.trace(), "Saving, set");
}

#[test]
fn what_waits_is_saved_when_auto_save_is_stopped_and_when_the_persister_is_destroyed() {
    for destroys in [false, true] {
        let (persister, world) = start();
        world.pace.set(Pace::EachTask);
        world.watch("start", persister.start_auto_save());
        world.run();
        world.edit("one");
        world.trace();
        drop(if destroys {
            persister.destroy()
        } else {
            persister.stop_auto_save()
        });
        assert!(world.trace().starts_with("Saving, set"));
    }
}

#[test]
fn what_waits_behind_a_save_is_saved_when_the_persister_is_destroyed() {
    let (persister, world) = start();
    world.pace.set(Pace::EachTask);
    world.watch("start", persister.start_auto_save());
    world.run();
    let gates = world.slow_sets(2);
    drop(persister.save());
    world.edit("one");
    world.watch("destroy", persister.destroy());
    world.trace();
    gates[0].set(Ok(()));
    world.run();
    assert_eq!(world.trace(), "unsubscribe, set, Idle");
    gates[1].set(Ok(()));
    world.run();
    assert_eq!(world.trace(), "release, destroy resolved");
}

#[test]
fn listeners_to_the_save_state_hear_of_edits_saves_and_errors() {
    let (persister, world) = start();
    let (told, asked) = (Rc::clone(&world), persister.clone());
    persister.add_save_state_listener(Rc::new(move || {
        let state = asked.save_state();
        let is = if state.is_unsaved { "unsaved" } else { "saved" };
        told.log(format!("{is} {}", state.last_error.unwrap_or_default()));
    }));
    world.watch("start", persister.start_auto_save());
    world.run();
    world.trace();
    world.edit("one");
    world.run();
    assert_eq!(world.trace(), "unsaved , Saving, set +one, saved , Idle");
    world.script_set(|_| at_once(broken()));
    world.edit("two");
    world.run();
    let expected = "unsaved , Saving, set +one+two, unsaved broken, ignored broken, Idle";
    assert_eq!(world.trace(), expected);
}
