//! Sequences of operations on a store, decoded from bytes: writes, transactions that are rolled back or throw,
//! listeners that write, throw and come and go, pins, sweeps. A naive store does the same, and must agree.

mod table;
mod world;
mod writes;

use crate::input::Input;
use table::operate;
use world::World;

/// Does what the bytes say; the first says whether there is a listener of each kind from the start, and whether to
/// see at the end that no text is left, which takes far longer than all else.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let (mut driver, world) = World::new(input.flag());
    let looks_at_texts = input.below(16) == 1;
    while !input.is_empty() && world.spend(1) {
        // What is thrown here nobody catches.
        operate(&mut driver, &world, &mut input).ok();
    }
    world.end(&mut driver, looks_at_texts);
}
