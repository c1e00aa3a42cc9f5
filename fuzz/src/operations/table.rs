//! The operations, decoded from bytes.

use super::world::{Operation, World};
use super::writes::{cell, cost, row, table, write};
use crate::harness::{Driver, Outcome};
use crate::input::Input;
use crate::store::KINDS;
use std::rc::Rc;

/// One line for each operation.
const OPERATIONS: [Operation; 9] = [
    write_something,
    transaction,
    add_listener,
    |driver, world, from| Ok(world.remove_listener(driver, from.byte())),
    |driver, world, _| Ok(world.pin(driver)),
    |driver, world, _| Ok(world.unpin(driver)),
    |driver, world, _| Ok(world.compare(driver)),
    |driver, world, _| {
        Ok(if world.spend(150) {
            world.make_texts(driver)
        })
    },
    |_, _, _| Err("thrown"),
];

/// Does one operation, which may run others.
pub fn operate(driver: &mut Driver, world: &Rc<World>, from: &mut Input) -> Outcome {
    from.pick(&OPERATIONS)(driver, world, from)
}

fn write_something(driver: &mut Driver, world: &Rc<World>, from: &mut Input) -> Outcome {
    let write = write(from);
    if world.spend(cost(&write)) {
        world.write(driver, &write)
    } else {
        Ok(())
    }
}

/// A transaction, perhaps with a `doRollback`.
fn transaction(driver: &mut Driver, world: &Rc<World>, from: &mut Input) -> Outcome {
    let actions = script(from, 64);
    let asks = from.below(3);
    let decision = script(from, 8);
    let do_rollback = (asks > 0).then_some((decision, asks == 2));
    world.transaction(driver, do_rollback, |driver| world.run(driver, actions))
}

/// A listener that runs operations.
fn add_listener(driver: &mut Driver, world: &Rc<World>, from: &mut Input) -> Outcome {
    let kind = from.pick(&KINDS);
    let mutator = from.flag();
    let ids = [table, row, cell].map(|id| match from.below(5) {
        0 | 1 => "*",
        2 => "?",
        _ => id(from),
    });
    let path = &ids[..kind.arity()];
    world.add_listener(driver, kind, mutator, path, script(from, 16).to_vec());
    Ok(())
}

/// Operations to come: fewer than so many bytes.
fn script<'a>(from: &mut Input<'a>, length: usize) -> &'a [u8] {
    let length = from.below(length);
    from.take(length)
}
