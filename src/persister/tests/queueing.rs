//! Tests of `schedule` and of the status.

use std::rc::Rc;

use super::super::{Action, Stats, Status};
use super::world::{Error, Gate, World, at_once, start};

fn action(world: &Rc<World>, name: &'static str) -> Action<Error> {
    let world = Rc::clone(world);
    Box::new(move || {
        world.log(name);
        at_once(Ok(()))
    })
}

fn failing(error: &'static str) -> Action<Error> {
    Box::new(move || at_once(Err(error.to_owned())))
}

fn slow(gate: &Gate<()>) -> Action<Error> {
    let waiting = gate.wait();
    Box::new(move || Box::pin(waiting))
}

#[test]
fn actions_run_in_order_and_the_first_one_at_once() {
    let (persister, world) = start();
    let gate = Gate::default();
    world.watch(
        "one",
        persister.schedule(vec![action(&world, "a"), slow(&gate), action(&world, "b")]),
    );
    assert_eq!(world.trace(), "a");
    world.watch("two", persister.schedule(vec![action(&world, "c")]));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(world.trace(), "Saving");
    gate.set(Ok(()));
    world.run();
    // Whoever runs the queue goes on last; the others right after their own last action.
    assert_eq!(
        world.trace(),
        "b, c, two resolved, set, Idle, save resolved, one resolved"
    );
}

#[test]
fn scheduling_nothing_resolves_even_if_the_queue_is_busy() {
    let (persister, world) = start();
    let gate = Gate::default();
    world.watch("busy", persister.schedule(vec![slow(&gate)]));
    world.watch("nothing", persister.schedule(vec![]));
    world.run();
    assert_eq!(world.trace(), "nothing resolved");
}

#[test]
fn an_action_that_fails_is_reported_and_the_next_one_runs() {
    let (persister, world) = start();
    let actions = vec![failing("first"), failing("second"), action(&world, "third")];
    world.watch("schedule", persister.schedule(actions));
    world.run();
    assert_eq!(
        world.trace(),
        "ignored first, ignored second, third, schedule resolved"
    );
}

#[test]
fn the_first_error_of_the_handler_rejects_after_the_last_action() {
    let (persister, world) = start();
    let count = std::cell::Cell::new(0);
    *world.on_error.borrow_mut() = Rc::new(move || {
        count.set(count.get() + 1);
        Err(format!("handler {}", count.get()))
    });
    let actions = vec![failing("first"), failing("second"), action(&world, "third")];
    world.watch("schedule", persister.schedule(actions));
    world.run();
    assert_eq!(
        world.trace(),
        "ignored first, ignored second, third, schedule rejected handler 1"
    );
}

#[test]
fn status_listeners_hear_of_changes_only_until_they_are_deleted() {
    let (persister, world) = start();
    let told = Rc::clone(&world);
    let asked = persister.clone();
    let id = persister.add_status_listener(Rc::new(move |status| {
        told.log(format!("second {status:?} {}", asked.status() == status));
        Ok(())
    }));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, second Saving true, set, Idle, second Idle true, save resolved"
    );
    persister.del_status_listener(id);
    persister.del_status_listener(99);
    world.watch("load", persister.load(None));
    world.run();
    assert_eq!(world.trace(), "Loading, get, Idle, load resolved");
    assert_eq!(persister.add_status_listener(Rc::new(|_| Ok(()))), id);
}

#[test]
fn status_listeners_may_add_and_delete_status_listeners() {
    let (persister, world) = start();
    let (told, changed) = (Rc::clone(&world), persister.clone());
    persister.add_status_listener(Rc::new(move |_| {
        changed.del_status_listener(1);
        changed.del_status_listener(2);
        let told = Rc::clone(&told);
        changed.add_status_listener(Rc::new(move |status| {
            told.log(format!("added {status:?}"));
            Ok(())
        }));
        Ok(())
    }));
    let told = Rc::clone(&world);
    persister.add_status_listener(Rc::new(move |_| {
        told.log("deleted");
        Ok(())
    }));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(
        world.trace(),
        "Saving, added Saving, set, Idle, added Idle, save resolved"
    );
}

#[test]
fn a_status_listener_that_throws_rejects_and_the_status_is_restored() {
    let (persister, world) = start();
    let id = persister.add_status_listener(Rc::new(|status| match status {
        Status::Saving => Err("saving".to_owned()),
        _ => Ok(()),
    }));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(world.trace(), "Saving, Idle, save rejected saving");
    assert_eq!(persister.stats(), Stats::default());
    persister.del_status_listener(id);
    persister.add_status_listener(Rc::new(|status| Err(format!("{status:?}"))));
    world.watch("save", persister.save());
    world.run();
    assert_eq!(world.trace(), "Saving, Idle, save rejected Idle");
}
