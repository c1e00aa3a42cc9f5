//! Row shapes: the list of a row's columns, in order, as one small number.
//!
//! Rows of a table mostly have the same columns in the same order, so the order is kept once for
//! all of them: shapes form a tree in which each step appends a column, as JavaScript engines do for
//! the properties of objects.

use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::sync::Arc;

/// The number of a column in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Column(pub u32);

/// The number of a shape in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct ShapeId(pub u32);

impl ShapeId {
    /// The shape of a row without cells, the root of the tree.
    pub const EMPTY: ShapeId = ShapeId(0);
    /// What stands in place of a shape where there is no row.
    pub const DEAD: ShapeId = ShapeId(u32::MAX);
}

struct Shape {
    parent: ShapeId,
    last: Column,
    length: u32,
    columns: OnceCell<Arc<[Column]>>,
}

/// Taking a column out of the middle of a longer list than this makes a shape that is in no tree:
/// appending all that follows anew would cost a shape for each.
const LONG: usize = 32;

/// All shapes of one table.
pub struct Shapes {
    shapes: Vec<Shape>,
    appended: FxHashMap<(ShapeId, Column), ShapeId>,
    /// How long the lists of the shapes that are in no tree are together.
    weight: usize,
}

impl Default for Shapes {
    fn default() -> Self {
        let root = Shape {
            parent: ShapeId::DEAD,
            last: Column(0),
            length: 0,
            columns: OnceCell::new(),
        };
        Shapes {
            shapes: vec![root],
            appended: FxHashMap::default(),
            weight: 0,
        }
    }
}

impl Shapes {
    /// How many shapes there are, the empty one included.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// How many columns the lists of shapes that share nothing with others hold.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// The shape with `column` appended to those of `shape`.
    pub fn append(&mut self, shape: ShapeId, column: Column) -> ShapeId {
        let next = ShapeId(self.shapes.len() as u32);
        let found = *self.appended.entry((shape, column)).or_insert(next);
        if found == next {
            let length = self
                .shapes
                .get(shape.0 as usize)
                .map_or(0, |shape| shape.length)
                + 1;
            let columns = OnceCell::new();
            self.shapes.push(Shape {
                parent: shape,
                last: column,
                length,
                columns,
            });
        }
        found
    }

    /// The shape without `column`.
    pub fn remove(&mut self, shape: ShapeId, column: Column) -> ShapeId {
        let columns = self.columns(shape);
        let Some(place) = columns.iter().position(|other| *other == column) else {
            return shape;
        };
        if columns.len() - place > LONG {
            let kept = columns.iter().filter(|other| **other != column).copied();
            return self.push_list(kept.collect());
        }
        // A few steps up to where the column stood, and what followed it appended anew.
        let mut result = shape;
        for _ in place..columns.len() {
            let parent = self.shapes.get(result.0 as usize).map(|shape| shape.parent);
            match parent {
                Some(parent) if parent != ShapeId::DEAD => result = parent,
                _ => {
                    let kept = columns.iter().filter(|other| **other != column).copied();
                    return self.push_list(kept.collect());
                }
            }
        }
        for column in columns.iter().skip(place + 1) {
            result = self.append(result, *column);
        }
        result
    }

    /// A shape of its own for a list of columns.
    fn push_list(&mut self, columns: Arc<[Column]>) -> ShapeId {
        let id = ShapeId(self.shapes.len() as u32);
        self.weight += columns.len();
        self.shapes.push(Shape {
            parent: ShapeId::DEAD,
            last: Column(0),
            length: columns.len() as u32,
            columns: OnceCell::from(columns),
        });
        id
    }

    /// The columns of a shape in order.
    pub fn columns(&self, shape: ShapeId) -> Arc<[Column]> {
        let Some(found) = self.shapes.get(shape.0 as usize) else {
            return Arc::new([]);
        };
        let columns = found.columns.get_or_init(|| {
            // Up to the first shape whose list is known; that of the root is empty.
            let mut appended = Vec::new();
            let mut at = found;
            let known: &[Column] = loop {
                if let Some(known) = at.columns.get() {
                    break known;
                }
                match self.shapes.get(at.parent.0 as usize) {
                    Some(parent) => {
                        appended.push(at.last);
                        at = parent;
                    }
                    None => break &[],
                }
            };
            known
                .iter()
                .copied()
                .chain(appended.into_iter().rev())
                .collect()
        });
        Arc::clone(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape_of(shapes: &mut Shapes, columns: &[u32]) -> ShapeId {
        columns.iter().fold(ShapeId::EMPTY, |shape, column| {
            shapes.append(shape, Column(*column))
        })
    }

    #[test]
    fn the_same_columns_in_the_same_order_are_one_shape() {
        let mut shapes = Shapes::default();
        let abc = shape_of(&mut shapes, &[0, 1, 2]);
        assert_eq!(shape_of(&mut shapes, &[0, 1, 2]), abc);
        assert_ne!(shape_of(&mut shapes, &[0, 2, 1]), abc);
        assert_eq!(*shapes.columns(abc), [Column(0), Column(1), Column(2)]);
    }

    #[test]
    fn removing_a_column_keeps_the_order_of_the_others() {
        let mut shapes = Shapes::default();
        let abc = shape_of(&mut shapes, &[0, 1, 2]);
        for (gone, left) in [(0, vec![1, 2]), (1, vec![0, 2]), (2, vec![0, 1])] {
            let shape = shapes.remove(abc, Column(gone));
            assert_eq!(shape, shape_of(&mut shapes, &left));
        }
        assert_eq!(shapes.remove(ShapeId::EMPTY, Column(0)), ShapeId::EMPTY);
    }

    #[test]
    fn wide_rows_lose_and_gain_columns_without_a_shape_for_each() {
        let mut shapes = Shapes::default();
        let all: Vec<u32> = (0..1000).collect();
        let mut shape = shape_of(&mut shapes, &all);
        let before = shapes.len();
        let mut expected = all;
        for gone in [0, 500, 999, 1, 998, 2] {
            shape = shapes.remove(shape, Column(gone));
            expected.retain(|column| *column != gone);
            shape = shapes.append(shape, Column(2000 + gone));
            expected.push(2000 + gone);
            let columns: Vec<u32> = shapes.columns(shape).iter().map(|c| c.0).collect();
            assert_eq!(columns, expected);
        }
        assert!(shapes.len() < before + 100);
        assert!(shapes.weight() > 0);
    }
}
