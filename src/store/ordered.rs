//! A map that keeps the order of insertion, like a JavaScript Map.
//!
//! Removal leaves a hole, so that what comes after keeps its place without being moved; the holes
//! are squeezed out when they outnumber the entries.

use super::text::TextId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Values by id, in the order in which the ids came.
#[derive(Clone)]
pub struct OrderedMap<V> {
    entries: Vec<Option<(TextId, V)>>,
    index: FxHashMap<TextId, usize>,
    /// Where the entry is that was asked for last, to be changed: it is often asked for again.
    latest: usize,
}

impl<V> Default for OrderedMap<V> {
    fn default() -> Self {
        OrderedMap {
            entries: Vec::new(),
            index: FxHashMap::default(),
            latest: 0,
        }
    }
}

impl<V> OrderedMap<V> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether the id has an entry.
    pub fn contains(&self, id: TextId) -> bool {
        self.index.contains_key(&id)
    }

    /// The value of the id.
    pub fn get(&self, id: TextId) -> Option<&V> {
        let entry = self.entries.get(*self.index.get(&id)?)?.as_ref()?;
        Some(&entry.1)
    }

    /// The value of the id, to change it.
    pub fn get_mut(&mut self, id: TextId) -> Option<&mut V> {
        let is_latest =
            matches!(self.entries.get(self.latest), Some(Some((latest, _))) if *latest == id);
        if !is_latest {
            self.latest = *self.index.get(&id)?;
        }
        let entry = self.entries.get_mut(self.latest)?.as_mut()?;
        Some(&mut entry.1)
    }

    /// Sets the value of the id in its place, or at the end if it is new; gives the old value back.
    pub fn insert(&mut self, id: TextId, value: V) -> Option<V> {
        if let Some(old) = self.get_mut(id) {
            return Some(std::mem::replace(old, value));
        }
        self.index.insert(id, self.entries.len());
        self.entries.push(Some((id, value)));
        None
    }

    /// Takes the id's entry out.
    pub fn remove(&mut self, id: TextId) -> Option<V> {
        let at = self.index.remove(&id)?;
        let (_, value) = self.entries.get_mut(at)?.take()?;
        if self.entries.len() > 16 && self.entries.len() > self.index.len() * 2 {
            self.entries.retain(Option::is_some);
            self.index = self
                .entries
                .iter()
                .flatten()
                .enumerate()
                .map(|(at, (id, _))| (*id, at))
                .collect();
        }
        Some(value)
    }

    /// Takes out all entries but those of the ids.
    pub fn keep(&mut self, ids: &[TextId]) {
        let kept: FxHashSet<TextId> = ids.iter().copied().collect();
        let gone: Vec<_> = self.ids().filter(|id| !kept.contains(id)).collect();
        for id in gone {
            self.remove(id);
        }
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (TextId, &V)> {
        self.entries
            .iter()
            .flatten()
            .map(|(id, value)| (*id, value))
    }

    /// The entries in order, themselves.
    pub fn into_entries(self) -> impl Iterator<Item = (TextId, V)> {
        self.entries.into_iter().flatten()
    }

    /// The ids in order.
    pub fn ids(&self) -> impl Iterator<Item = TextId> {
        self.iter().map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(map: &OrderedMap<u32>) -> Vec<u32> {
        map.ids().map(|id| id.0).collect()
    }

    #[test]
    fn order_is_that_of_insertion_and_survives_removal_and_replacement() {
        let mut map = OrderedMap::default();
        for id in [3, 1, 2] {
            assert_eq!(map.insert(TextId(id), id * 10), None);
        }
        assert_eq!(map.insert(TextId(1), 11), Some(10));
        assert_eq!(ids(&map), [3, 1, 2]);
        assert_eq!(map.remove(TextId(3)), Some(30));
        assert_eq!(map.remove(TextId(3)), None);
        map.insert(TextId(3), 33);
        assert_eq!(ids(&map), [1, 2, 3]);
        assert_eq!(map.get(TextId(1)), Some(&11));
    }

    #[test]
    fn holes_are_squeezed_out() {
        let mut map = OrderedMap::default();
        for id in 0..1000 {
            map.insert(TextId(id), id);
        }
        for id in (0..1000).filter(|id| id % 10 != 0) {
            map.remove(TextId(id));
        }
        assert!(map.entries.len() <= 201);
        assert_eq!(ids(&map), (0..1000).step_by(10).collect::<Vec<_>>());
        assert_eq!(map.get(TextId(990)), Some(&990));
    }
}
