//! The ids that `addRow` gives out, and the ids of listeners: numbers, used again when given back.

use std::collections::VecDeque;

/// At most this many ids wait to be used again.
const POOLED: usize = 1000;

/// A source of ids "0", "1", …
#[derive(Default)]
pub struct IdPool {
    next: u32,
    pool: VecDeque<Box<[u8]>>,
}

impl IdPool {
    /// The next id: the one that was given back first, or a new number. With `reuse` false always a
    /// new number.
    pub fn take(&mut self, reuse: bool) -> Box<[u8]> {
        let pooled = if reuse { self.pool.pop_front() } else { None };
        pooled.unwrap_or_else(|| {
            let id = self.next.to_string();
            self.next = self.next.saturating_add(1);
            id.into_bytes().into()
        })
    }

    /// Gives an id back, to be used again. Ids that are not all digits are not pooled.
    pub fn give_back(&mut self, id: &[u8]) {
        if !id.is_empty() && id.iter().all(u8::is_ascii_digit) && self.pool.len() < POOLED {
            self.pool.push_back(id.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_used_again_in_the_order_in_which_they_came_back() {
        let mut ids = IdPool::default();
        for id in ["0", "1", "2"] {
            assert_eq!(*ids.take(true), *id.as_bytes());
        }
        for id in ["1", "007", "named", "", "0"] {
            ids.give_back(id.as_bytes());
        }
        assert_eq!(*ids.take(false), *b"3");
        for id in ["1", "007", "0", "4"] {
            assert_eq!(*ids.take(true), *id.as_bytes());
        }
    }

    #[test]
    fn the_pool_is_limited() {
        let mut ids = IdPool::default();
        for id in 0..2 * POOLED {
            ids.give_back(id.to_string().as_bytes());
        }
        assert_eq!(ids.pool.len(), POOLED);
    }
}
