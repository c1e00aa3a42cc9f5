//! Tests of user code that calls back into the persister, from everywhere.

use std::cell::Cell;
use std::rc::Rc;

use super::super::{Stats, Status};
use super::world::{announced, at_once, changes, start};

#[test]
fn a_back_end_that_saves_while_it_saves_queues_another_save() {
    let (persister, world) = start();
    let (again, once) = (persister.clone(), Cell::new(true));
    world.script_set(move |_| {
        if once.replace(false) {
            drop(again.save());
        }
        at_once(Ok(()))
    });
    world.watch("save", persister.save());
    world.run();
    assert_eq!(world.trace(), "Saving, set, set, Idle, save resolved");
}

#[test]
fn a_back_end_that_announces_while_it_is_asked_to_listen() {
    let (persister, world) = start();
    *world.on_add.borrow_mut() = Rc::new(|listener| {
        drop(listener.notify(changes("early")));
        at_once(Ok(Some(1)))
    });
    world.watch("start", persister.start_auto_load(None));
    world.run();
    assert_eq!(*world.content.borrow(), "stored");
    assert_eq!(persister.stats(), Stats { loads: 2, saves: 0 });
}

#[test]
fn a_store_listener_may_use_the_persister_while_content_is_applied() {
    let (persister, world) = start();
    let (used, seen, once) = (persister.clone(), Rc::clone(&world), Cell::new(true));
    *world.on_write.borrow_mut() = Rc::new(move || {
        seen.log(format!("{:?}", used.status()));
        if once.replace(false) {
            seen.watch("save", used.save());
            seen.watch("load", used.load(None));
            seen.watch("schedule", used.schedule(vec![]));
        }
        Ok(())
    });
    world.watch("outer", persister.load(None));
    world.run();
    assert_eq!(
        world.trace(),
        "Loading, get, Loading, save resolved, schedule resolved, get, Loading, Idle, \
         load resolved, outer resolved"
    );
}

#[test]
fn a_store_listener_may_announce_while_an_announcement_is_applied() {
    let (persister, world) = start();
    world.watch("start", persister.start_auto_load(None));
    world.run();
    world.trace();
    let (listener, once) = (world.listener(), Cell::new(true));
    *world.on_write.borrow_mut() = Rc::new(move || {
        if once.replace(false) {
            drop(listener.notify(changes("inner")));
        }
        Ok(())
    });
    world.watch("outer", world.listener().notify(announced("outer")));
    assert_eq!(*world.content.borrow(), "outer+inner");
    world.run();
    assert_eq!(world.trace(), "Loading, Idle, outer resolved");
}

#[test]
fn a_status_listener_may_save() {
    let (persister, world) = start();
    let (used, count) = (persister.clone(), Cell::new(0));
    persister.add_status_listener(Rc::new(move |_| {
        count.set(count.get() + 1);
        if count.get() <= 3 {
            drop(used.save());
        }
        Ok(())
    }));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(persister.stats(), Stats { loads: 0, saves: 4 });
    assert_eq!(persister.status(), Status::Idle);
}

#[test]
fn a_handler_of_ignored_errors_may_save_again() {
    let (persister, world) = start();
    let once = Cell::new(true);
    world.script_set(move |_| {
        at_once(if once.replace(false) {
            Err("disk full".to_owned())
        } else {
            Ok(())
        })
    });
    let used = persister.clone();
    *world.on_error.borrow_mut() = Rc::new(move || {
        drop(used.save());
        Ok(())
    });
    world.watch("save", persister.save());
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, set, ignored disk full, set, Idle, save resolved"
    );
}

#[test]
fn a_scheduled_action_may_destroy_the_persister() {
    let (persister, world) = start();
    let (used, seen) = (persister.clone(), Rc::clone(&world));
    world.watch(
        "schedule",
        persister.schedule(vec![
            Box::new(move || {
                seen.log("action");
                seen.watch("destroy", used.destroy());
                at_once(Ok(()))
            }),
            Box::new(|| at_once(Err("never".to_owned()))),
        ]),
    );
    world.run();
    assert_eq!(
        world.trace(),
        "action, schedule resolved, release, destroy resolved"
    );
}

#[test]
fn awaiting_the_own_queue_within_an_action_ends_with_destroy() {
    let (persister, world) = start();
    let used = persister.clone();
    world.watch(
        "schedule",
        persister.schedule(vec![Box::new(move || {
            used.schedule(vec![Box::new(|| at_once(Ok(())))])
        })]),
    );
    world.run();
    assert_eq!(world.trace(), "");
    world.watch("destroy", persister.destroy());
    world.run();
    assert_eq!(
        world.trace(),
        "schedule resolved, release, destroy resolved"
    );
}
