//! Which of several starts and stops is the last one.

use core::cell::Cell;

/// Goes up with every start and stop: whoever holds an older number has been superseded.
#[derive(Default)]
pub(super) struct Generation(Cell<u64>);

impl Generation {
    /// The number of the last start or stop.
    pub(super) fn current(&self) -> u64 {
        self.0.get()
    }

    /// Supersede whoever came before.
    pub(super) fn advance(&self) -> u64 {
        self.0.set(self.0.get().wrapping_add(1));
        self.0.get()
    }
}
