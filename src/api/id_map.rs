//! What is kept under ids, in order: the rows of a table, the cells of a row.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::fmt;
use std::hash::Hasher;

/// Up to this many entries are searched one by one; an index would cost more than it saves.
const SEARCHED: usize = 8;

/// A map from ids to `V` that keeps the order in which its entries came.
///
/// Setting an entry that is there keeps its place. Two maps are equal if they have equal entries, in
/// whatever order.
///
/// ```
/// use cellarium::{Cell, Row};
///
/// let mut row = Row::from([("species", "dog"), ("color", "brown")]);
/// row.insert("age", 3);
/// assert_eq!(row.get("color"), Some(&Cell::from("brown")));
/// assert_eq!(row.keys().collect::<Vec<_>>(), ["species", "color", "age"]);
/// ```
#[derive(Clone)]
pub struct IdMap<V> {
    entries: Vec<(String, V)>,
    /// The places of the entries by id; empty while there are few.
    index: HashTable<usize>,
}

fn hash(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(id.as_bytes());
    hasher.finish()
}

impl<V> IdMap<V> {
    /// An empty map.
    #[must_use]
    pub fn new() -> IdMap<V> {
        IdMap {
            entries: Vec::new(),
            index: HashTable::new(),
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn place(&self, id: &str) -> Option<usize> {
        if self.index.is_empty() {
            return self.entries.iter().position(|(key, _)| key == id);
        }
        let is_it = |place: &usize| self.entries.get(*place).is_some_and(|(key, _)| key == id);
        self.index.find(hash(id), is_it).copied()
    }

    fn build_index(&mut self) {
        self.index.clear();
        if self.entries.len() > SEARCHED {
            for place in 0..self.entries.len() {
                self.enter(place);
            }
        }
    }

    fn enter(&mut self, place: usize) {
        let entries = &self.entries;
        let hash_of = |place: &usize| entries.get(*place).map_or(0, |(id, _)| hash(id));
        self.index.insert_unique(hash_of(&place), place, hash_of);
    }

    /// What is kept under an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&V> {
        let (_, value) = self.entries.get(self.place(id)?)?;
        Some(value)
    }

    /// What is kept under an id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut V> {
        let place = self.place(id)?;
        let (_, value) = self.entries.get_mut(place)?;
        Some(value)
    }

    /// Whether there is an entry with the id.
    #[must_use]
    pub fn contains_key(&self, id: &str) -> bool {
        self.place(id).is_some()
    }

    /// Sets an entry, at the end if there is none with the id yet. Gives back what was there.
    pub fn insert(&mut self, id: impl Into<String>, value: impl Into<V>) -> Option<V> {
        let (id, value) = (id.into(), value.into());
        if let Some(old) = self.get_mut(&id) {
            return Some(std::mem::replace(old, value));
        }
        self.entries.push((id, value));
        if !self.index.is_empty() {
            self.enter(self.entries.len() - 1);
        } else if self.entries.len() > SEARCHED {
            self.build_index();
        }
        None
    }

    /// Takes an entry out; those behind it move up, so it takes time as they are many.
    pub fn remove(&mut self, id: &str) -> Option<V> {
        let (_, value) = self.entries.remove(self.place(id)?);
        self.build_index();
        Some(value)
    }

    /// The ids, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(id, _)| id.as_str())
    }

    /// What is kept, in order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// The entries, in order.
    pub fn iter(&self) -> IdMapIter<'_, V> {
        IdMapIter(self.entries.iter())
    }
}

impl<V> Default for IdMap<V> {
    fn default() -> Self {
        IdMap::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for IdMap<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<V: PartialEq> PartialEq for IdMap<V> {
    fn eq(&self, other: &Self) -> bool {
        let is_in_other = |(id, value)| other.get(id) == Some(value);
        self.len() == other.len() && self.iter().all(is_in_other)
    }
}

/// The entries of an [`IdMap`], in order.
pub struct IdMapIter<'a, V>(std::slice::Iter<'a, (String, V)>);

impl<'a, V> Iterator for IdMapIter<'a, V> {
    type Item = (&'a str, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(id, value)| (id.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<V> ExactSizeIterator for IdMapIter<'_, V> {}

impl<'a, V> IntoIterator for &'a IdMap<V> {
    type Item = (&'a str, &'a V);
    type IntoIter = IdMapIter<'a, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<V> IntoIterator for IdMap<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<V, K: Into<String>, T: Into<V>> Extend<(K, T)> for IdMap<V> {
    fn extend<I: IntoIterator<Item = (K, T)>>(&mut self, entries: I) {
        let entries = entries.into_iter();
        self.entries.reserve(entries.size_hint().0);
        for (id, value) in entries {
            self.insert(id, value);
        }
    }
}

impl<V, K: Into<String>, T: Into<V>> FromIterator<(K, T)> for IdMap<V> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        let mut map = IdMap::new();
        map.extend(entries);
        map
    }
}

impl<V, K: Into<String>, T: Into<V>, const N: usize> From<[(K, T); N]> for IdMap<V> {
    fn from(entries: [(K, T); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<V, K: Into<String>, T: Into<V>> From<Vec<(K, T)>> for IdMap<V> {
    fn from(entries: Vec<(K, T)>) -> Self {
        entries.into_iter().collect()
    }
}

impl<V: Clone> From<&IdMap<V>> for IdMap<V> {
    fn from(map: &IdMap<V>) -> Self {
        map.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_their_order_however_many_there_are() {
        let mut map: IdMap<i32> = IdMap::new();
        for number in 0..100 {
            assert_eq!(map.insert(number.to_string(), number), None);
        }
        assert_eq!(map.insert("7", 70), Some(7));
        assert_eq!(map.remove("50"), Some(50));
        assert_eq!(map.remove("50"), None);
        assert_eq!(map.insert("50", 51), None);
        let expected: Vec<String> = (0..100)
            .filter(|number| *number != 50)
            .chain([50])
            .map(|number: i32| number.to_string())
            .collect();
        assert_eq!(map.keys().collect::<Vec<_>>(), expected);
        for number in 0..100 {
            let value = map.get(&number.to_string()).copied();
            let expected = if number == 7 {
                70
            } else {
                number + i32::from(number == 50)
            };
            assert_eq!(value, Some(expected));
        }
        for number in (10..100).rev() {
            map.remove(&number.to_string());
        }
        assert_eq!((map.len(), map.get("9")), (10, Some(&9)));
    }

    #[test]
    fn maps_are_equal_whatever_their_order() {
        let map = IdMap::<i32>::from([("a", 1), ("b", 2)]);
        assert_eq!(map, IdMap::from(vec![("b", 2), ("a", 1)]));
        assert_ne!(map, IdMap::from([("a", 1)]));
        assert_ne!(map, IdMap::from([("a", 1), ("c", 2)]));
        assert_eq!(map, IdMap::from(&map));
    }
}
