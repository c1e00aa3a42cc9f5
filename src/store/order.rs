//! The order in which JavaScript lists the keys of an object.
//!
//! Keys that are array indices come first, ascending; all others follow as they were inserted
//! (ECMA-262, OrdinaryOwnPropertyKeys). Objects and JSON texts have this order, ids lists do not.

/// The number of a key that is an array index: the plain decimal form of 0 to 4294967294.
#[must_use]
pub fn array_index(key: &[u8]) -> Option<u32> {
    if key.is_empty() || key.len() > 10 || (key.len() > 1 && key.first() == Some(&b'0')) {
        return None;
    }
    let mut number = 0u64;
    for byte in key {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u64::from(digit);
    }
    u32::try_from(number)
        .ok()
        .filter(|number| *number != u32::MAX)
}

/// The rank of a key among those of an object: entries sorted by it, stably, are in object order.
#[must_use]
pub fn rank(key: &[u8]) -> u64 {
    array_index(key).map_or(u64::MAX, u64::from)
}

/// Brings entries that stand in order of insertion into the order of an object's keys, given the
/// [`rank`] of each one's key. Entries of the same rank keep their order.
pub fn sort_as_object<T>(entries: &mut Vec<T>, rank: impl Fn(&T) -> u64) {
    if entries.is_sorted_by_key(&rank) {
        return;
    }
    let mut order: Vec<(u64, u32)> = entries
        .iter()
        .zip(0..)
        .map(|(entry, place)| (rank(entry), place))
        .collect();
    sort_pairs(&mut order);
    let mut taken: Vec<Option<T>> = entries.drain(..).map(Some).collect();
    let next = |(_, place): (u64, u32)| taken.get_mut(place as usize).and_then(Option::take);
    entries.extend(order.into_iter().filter_map(next));
}

/// One sort for all: each kind of entry sorted in its own way would add kilobytes of code.
#[inline(never)]
fn sort_pairs(pairs: &mut [(u64, u32)]) {
    pairs.sort_unstable();
}

/// Watches the keys that come in, and tells whether insertion order is still object order.
#[derive(Clone, Copy, Default)]
pub struct IndexOrder {
    next_index: u64,
    is_broken: bool,
}

impl IndexOrder {
    /// Takes note of one more key.
    pub fn note(&mut self, key: &[u8]) {
        match array_index(key) {
            Some(index) => {
                self.is_broken |= u64::from(index) < self.next_index;
                self.next_index = self.next_index.max(u64::from(index) + 1);
            }
            None => self.next_index = u64::MAX,
        }
    }

    /// Whether the keys seen so far came in the order in which an object lists them. Stays false
    /// once it is, though the offending key may be gone: it is a reason to sort, not a promise.
    #[must_use]
    pub fn is_object_order(self) -> bool {
        !self.is_broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn array_indices_are_what_javascript_takes_for_them() {
        for (key, index) in [
            ("0", 0),
            ("7", 7),
            ("10", 10),
            ("4294967294", 4_294_967_294),
        ] {
            assert_eq!(array_index(key.as_bytes()), Some(index));
        }
        for key in [
            "",
            "01",
            "-1",
            "1.5",
            "4294967295",
            "99999999999",
            "a",
            "1a",
            " 1",
            "1e3",
        ] {
            assert_eq!(array_index(key.as_bytes()), None, "{key}");
        }
    }

    #[test]
    fn indices_sort_before_names_and_names_keep_their_order() {
        let mut keys = vec!["b", "10", "a", "9", "01"];
        sort_as_object(&mut keys, |key| rank(key.as_bytes()));
        assert_eq!(keys, ["9", "10", "b", "a", "01"]);
    }

    #[test]
    fn the_watcher_agrees_with_sorting() {
        for keys in [
            &["1", "2", "a", "b"][..],
            &["2", "1"],
            &["a", "1"],
            &["1", "1"],
            &["b", "a"],
        ] {
            let mut order = IndexOrder::default();
            let mut sorted = keys.to_vec();
            sort_as_object(&mut sorted, |key| rank(key.as_bytes()));
            keys.iter().for_each(|key| order.note(key.as_bytes()));
            if order.is_object_order() {
                assert_eq!(sorted, keys);
            }
        }
    }
}
