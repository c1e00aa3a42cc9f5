//! What was offered to the store in a transaction and could not be set: the paths, and what was offered.

use super::cell::Cell;
use super::ordered::OrderedMap;
use super::text::TextId;

/// Where something was offered. A level that is `None`, as the row in `addRow`, or the cell where the
/// row itself was no row, is `undefined` to users.
pub type InvalidPath = [Option<TextId>; 3];

/// In the order of recording, which costs little: a schema may have something to say on every row.
#[derive(Default)]
pub struct Invalid {
    cells: Vec<(InvalidPath, Cell)>,
    values: Vec<(Option<TextId>, Cell)>,
}

/// Paths with all that was offered at each, in the order in which listeners are called.
pub type InvalidPaths = Vec<(InvalidPath, Vec<Cell>)>;

/// Stands for a level that is `None`; no text has this number.
const UNDEFINED: TextId = TextId(u32::MAX);

impl Invalid {
    /// Takes note of something offered as a cell; absent if it is not worth telling what it was.
    pub fn cell(&mut self, path: InvalidPath, offered: Cell) {
        self.cells.push((path, offered));
    }

    /// Takes note of something offered as a value.
    pub fn value(&mut self, value: Option<TextId>, offered: Cell) {
        self.values.push((value, offered));
    }

    /// How much was offered in vain so far, as cells or (`keyed`) as values.
    pub fn count(&self, keyed: bool) -> usize {
        match keyed {
            true => self.values.len(),
            false => self.cells.len(),
        }
    }

    /// What was offered at a path after so much else.
    pub fn since(&self, keyed: bool, from: usize, path: InvalidPath) -> Vec<Cell> {
        if from == self.count(keyed) {
            return Vec::new();
        }
        if keyed {
            let [value, ..] = path;
            let values = self.values.iter().skip(from);
            let here = values.filter(|(at, _)| *at == value);
            return here.map(|(_, offered)| *offered).collect();
        }
        let here = self.cells.iter().skip(from).filter(|(at, _)| *at == path);
        here.map(|(_, offered)| *offered).collect()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Invalid::default();
    }

    /// What was offered by path: each table, row and cell has the place of its first mention.
    pub fn paths(&self, keyed: bool) -> InvalidPaths {
        let mut tables = Level::default();
        if keyed {
            for (value, offered) in &self.values {
                tables.note(&[*value], *offered);
            }
        } else {
            for (path, offered) in &self.cells {
                tables.note(path, *offered);
            }
        }
        let mut paths = Vec::new();
        tables.collect([None; 3], 0, &mut paths);
        paths
    }
}

/// What was offered under one id of each level above.
#[derive(Default)]
struct Level {
    offered: Vec<Cell>,
    children: OrderedMap<Level>,
}

impl Level {
    fn note(&mut self, path: &[Option<TextId>], offered: Cell) {
        let Some((id, rest)) = path.split_first() else {
            self.offered.push(offered);
            return;
        };
        let id = id.unwrap_or(UNDEFINED);
        if !self.children.contains(id) {
            self.children.insert(id, Level::default());
        }
        if let Some(child) = self.children.get_mut(id) {
            child.note(rest, offered);
        }
    }

    fn collect(self, path: InvalidPath, depth: usize, paths: &mut InvalidPaths) {
        for (id, mut child) in self.children.into_entries() {
            let mut path = path;
            if let Some(step) = path.get_mut(depth) {
                *step = (id != UNDEFINED).then_some(id);
            }
            if !child.offered.is_empty() {
                paths.push((path, std::mem::take(&mut child.offered)));
            }
            child.collect(path, depth + 1, paths);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_keeps_the_place_of_its_first_mention() {
        let mut invalid = Invalid::default();
        let path = |ids: [u32; 3]| ids.map(|id| (id > 0).then_some(TextId(id)));
        for (ids, offered) in [
            ([1, 1, 1], 1),
            ([2, 0, 0], 2),
            ([1, 2, 1], 3),
            ([1, 1, 2], 4),
            ([1, 1, 1], 5),
            ([1, 0, 1], 6),
        ] {
            invalid.cell(path(ids), Cell::rejected(offered));
        }
        let found: Vec<_> = invalid
            .paths(false)
            .into_iter()
            .map(|(path, offered)| {
                let ids = path.map(|id| id.map_or(0, |id| id.0));
                (ids, offered.iter().map(|cell| cell.words().1).collect())
            })
            .collect();
        let expected: Vec<([u32; 3], Vec<u32>)> = vec![
            ([1, 1, 1], vec![1, 5]),
            ([1, 1, 2], vec![4]),
            ([1, 2, 1], vec![3]),
            ([1, 0, 1], vec![6]),
            ([2, 0, 0], vec![2]),
        ];
        assert_eq!(found, expected);
        assert!(invalid.paths(true).is_empty());
    }
}
