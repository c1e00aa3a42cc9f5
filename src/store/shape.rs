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

/// All shapes of one table.
pub struct Shapes {
    shapes: Vec<Shape>,
    appended: FxHashMap<(ShapeId, Column), ShapeId>,
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
        }
    }
}

impl Shapes {
    /// How many shapes there are, the empty one included.
    pub fn len(&self) -> usize {
        self.shapes.len()
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
        // The last column is dropped by a step up the tree; anything else is appended anew from
        // where the column stood.
        let columns = self.columns(shape);
        let mut result = shape;
        let mut kept = 0;
        for last in columns.iter().rev() {
            result = self
                .shapes
                .get(result.0 as usize)
                .map_or(ShapeId::EMPTY, |s| s.parent);
            if *last == column {
                break;
            }
            kept += 1;
        }
        for column in columns.iter().skip(columns.len() - kept) {
            result = self.append(result, *column);
        }
        result
    }

    /// The columns of a shape in order.
    pub fn columns(&self, shape: ShapeId) -> Arc<[Column]> {
        let Some(found) = self.shapes.get(shape.0 as usize) else {
            return Arc::new([]);
        };
        let columns = found.columns.get_or_init(|| {
            let mut columns = Vec::with_capacity(found.length as usize);
            let mut at = found;
            while at.length > 0 {
                columns.push(at.last);
                match self.shapes.get(at.parent.0 as usize) {
                    Some(parent) => at = parent,
                    None => break,
                }
            }
            columns.into_iter().rev().collect()
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
}
