//! One table: rows in chunks, cells in columns.
//!
//! A row is a slot number that only grows, so slot order is row order. Chunks hold [`CHUNK`] rows;
//! each column has one block of cells a chunk, made when a row of the chunk first needs it. Deletion
//! leaves a tombstone, a chunk without rows is freed, and [`Table::compact`] renumbers the rows when
//! too much is dead.
//!
//! The JavaScript side reads cells straight from the blocks, so blocks, and the first two fields of
//! [`Chunk`], have a fixed layout (`src/facade/layout.ts` repeats it). [`Table::layout`] changes
//! whenever an address that it may have kept has moved; [`Table::generation`] when slots, columns or
//! shapes mean something else.

use super::cell::Cell;
use super::id_pool::IdPool;
use super::log::{Entry, Log};
use super::order::{IndexOrder, sort_as_object};
use super::shape::{Column, ShapeId, Shapes};
use super::text::TextId;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Rows a chunk.
pub const CHUNK: usize = 64;

/// The number of a row in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Slot(pub u32);

impl Slot {
    fn chunk(self) -> usize {
        self.0 as usize / CHUNK
    }

    fn offset(self) -> usize {
        self.0 as usize % CHUNK
    }
}

/// The cells of one column in one chunk.
pub type Block = [Cell; CHUNK];

/// What is kept of 64 rows beside their cells.
#[repr(C)]
pub struct Chunk {
    /// The row ids.
    pub ids: [TextId; CHUNK],
    /// The row shapes; [`ShapeId::DEAD`] where there is no row.
    pub shapes: [ShapeId; CHUNK],
    live: u32,
    /// The rows as JSON members, as long as no cell of theirs has changed since it was written.
    pub json: Option<Box<[u8]>>,
}

struct ColumnData {
    id: TextId,
    blocks: Vec<Option<Box<Block>>>,
    rows: u32,
    /// When it got its first row, counted in the table's columns that did.
    since: u32,
}

/// One table.
pub struct Table {
    chunks: Vec<Option<Box<Chunk>>>,
    columns: Vec<ColumnData>,
    column_index: FxHashMap<TextId, Column>,
    used_columns: usize,
    column_starts: u32,
    rows: FxHashMap<TextId, Slot>,
    shapes: Shapes,
    /// How many shapes the rows needed when they were numbered: a wide row needs one a cell.
    needed_shapes: usize,
    next: Slot,
    /// Ids for `addRow`.
    pub row_ids: IdPool,
    /// Whether the slots are in the order that JSON needs.
    pub order: IndexOrder,
    /// Which transaction touched the table last, and the first slot that is new in it.
    pub touched: (u32, Slot),
    /// Whether rows that come are logged one by one. Those of a table that is new in the transaction
    /// need not be: they stand in the table in the order in which they came.
    pub logs_rows: bool,
    /// Identifies this numbering of slots, columns and shapes; unique in the store.
    pub generation: u32,
    /// Counts the moves of chunk and block lists.
    pub layout: u32,
    /// Counts the rows that have come and gone.
    pub row_changes: u32,
}

impl Table {
    /// An empty table.
    pub fn new(generation: u32) -> Table {
        Table {
            chunks: Vec::new(),
            columns: Vec::new(),
            column_index: FxHashMap::default(),
            used_columns: 0,
            column_starts: 0,
            rows: FxHashMap::default(),
            shapes: Shapes::default(),
            needed_shapes: 0,
            next: Slot(0),
            row_ids: IdPool::default(),
            order: IndexOrder::default(),
            touched: (0, Slot(0)),
            logs_rows: true,
            generation,
            layout: 0,
            row_changes: 0,
        }
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The slot that the next new row will get.
    pub fn next_slot(&self) -> Slot {
        self.next
    }

    /// The slot of a row.
    pub fn find(&self, row: TextId) -> Option<Slot> {
        self.rows.get(&row).copied()
    }

    fn chunk_of(&self, slot: Slot) -> Option<&Chunk> {
        self.chunk(slot.chunk())
    }

    /// The id of the row in a slot, if there is one.
    pub fn row_id(&self, slot: Slot) -> Option<TextId> {
        let chunk = self.chunk_of(slot)?;
        let shape = chunk.shapes.get(slot.offset())?;
        (*shape != ShapeId::DEAD).then(|| chunk.ids.get(slot.offset()).copied())?
    }

    /// The shape of the row in a slot; [`ShapeId::DEAD`] if there is none.
    pub fn shape(&self, slot: Slot) -> ShapeId {
        let shape = self
            .chunk_of(slot)
            .and_then(|chunk| chunk.shapes.get(slot.offset()));
        shape.copied().unwrap_or(ShapeId::DEAD)
    }

    /// The columns of a row in order; none if there is no row.
    pub fn row_columns(&self, slot: Slot) -> Arc<[Column]> {
        self.shapes.columns(self.shape(slot))
    }

    /// The columns of a shape in order.
    pub fn shape_columns(&self, shape: ShapeId) -> Arc<[Column]> {
        self.shapes.columns(shape)
    }

    /// The first live slot from `from` on.
    pub fn next_live(&self, from: Slot) -> Option<Slot> {
        let mut at = from;
        while at < self.next {
            match self.chunk_of(at) {
                None => at = Slot((at.chunk() as u32 + 1) * CHUNK as u32),
                Some(_) if self.shape(at) != ShapeId::DEAD => return Some(at),
                Some(_) => at.0 += 1,
            }
        }
        None
    }

    /// The live slots in order.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        let mut from = Slot(0);
        std::iter::from_fn(move || {
            let slot = self.next_live(from)?;
            from = Slot(slot.0 + 1);
            Some(slot)
        })
    }

    /// The rows in order: id and slot.
    pub fn rows(&self) -> impl Iterator<Item = (TextId, Slot)> + '_ {
        self.slots()
            .filter_map(|slot| Some((self.row_id(slot)?, slot)))
    }

    /// The rows in order, each with its cell of one column.
    pub fn rows_with(
        &self,
        column: Option<Column>,
    ) -> impl Iterator<Item = (TextId, Slot, Cell)> + '_ {
        let column = column.and_then(|column| self.columns.get(column.0 as usize));
        let chunks = self.chunks.iter().zip(0..);
        let chunks = chunks.filter_map(|(chunk, number)| Some((chunk.as_deref()?, number)));
        chunks.flat_map(move |(chunk, number)| {
            let block = column.and_then(|column| column.blocks.get(number)?.as_deref());
            let rows = chunk.ids.iter().zip(&chunk.shapes).zip(0..);
            let rows = rows.filter(|((_, shape), _)| **shape != ShapeId::DEAD);
            rows.map(move |((id, _), offset)| {
                let cell = block.and_then(|block| block.get(offset).copied());
                let slot = Slot((number * CHUNK + offset) as u32);
                (*id, slot, cell.unwrap_or(Cell::ABSENT))
            })
        })
    }

    /// The column of a cell id.
    pub fn column(&self, id: TextId) -> Option<Column> {
        self.column_index.get(&id).copied()
    }

    /// The cell id of a column.
    pub fn column_id(&self, column: Column) -> Option<TextId> {
        self.columns.get(column.0 as usize).map(|column| column.id)
    }

    /// How many columns there are, those without cells included.
    pub fn column_count(&self) -> usize {
        self.columns.len()
    }

    /// How many rows have a cell in the column.
    pub fn column_rows(&self, column: Column) -> u32 {
        self.columns
            .get(column.0 as usize)
            .map_or(0, |column| column.rows)
    }

    /// The column of a cell id, made if there is none; and whether it was.
    pub fn column_or_new(&mut self, id: TextId) -> (Column, bool) {
        let next = Column(self.columns.len() as u32);
        let column = *self.column_index.entry(id).or_insert(next);
        if column == next {
            let mut blocks = Vec::with_capacity(self.chunks.capacity());
            blocks.resize_with(self.chunks.len(), || None);
            self.columns.push(ColumnData {
                id,
                blocks,
                rows: 0,
                since: 0,
            });
        }
        (column, column == next)
    }

    /// Appends a row without cells.
    pub fn add_row(&mut self, id: TextId, name: &[u8]) -> Slot {
        let slot = self.next;
        if slot.chunk() == self.chunks.len() {
            let chunk = Chunk {
                ids: [TextId(0); CHUNK],
                shapes: [ShapeId::DEAD; CHUNK],
                live: 0,
                json: None,
            };
            let address = self.chunks.as_ptr();
            self.chunks.push(Some(Box::new(chunk)));
            let mut moved = address != self.chunks.as_ptr();
            for column in &mut self.columns {
                let address = column.blocks.as_ptr();
                column.blocks.push(None);
                moved |= address != column.blocks.as_ptr();
            }
            self.layout += u32::from(moved);
        }
        if let Some(Some(chunk)) = self.chunks.get_mut(slot.chunk())
            && let Some(place) = chunk.ids.get_mut(slot.offset())
            && let Some(shape) = chunk.shapes.get_mut(slot.offset())
        {
            *place = id;
            *shape = ShapeId::EMPTY;
            chunk.live += 1;
            chunk.json = None;
        }
        self.order.note(name);
        self.rows.insert(id, slot);
        self.row_changes = self.row_changes.wrapping_add(1);
        self.next.0 += 1;
        slot
    }

    /// Takes a row out, with what cells it has.
    pub fn remove_row(&mut self, slot: Slot) {
        let Some(id) = self.row_id(slot) else { return };
        for column in self.row_columns(slot).iter() {
            let Some(data) = self.columns.get_mut(column.0 as usize) else {
                continue;
            };
            data.rows -= 1;
            self.used_columns -= usize::from(data.rows == 0);
            if let Some(Some(block)) = data.blocks.get_mut(slot.chunk())
                && let Some(place) = block.get_mut(slot.offset())
            {
                *place = Cell::ABSENT;
            }
        }
        self.rows.remove(&id);
        self.row_changes = self.row_changes.wrapping_add(1);
        let Some(place) = self.chunks.get_mut(slot.chunk()) else {
            return;
        };
        if let Some(chunk) = place {
            chunk.live -= 1;
            chunk.json = None;
            if let Some(shape) = chunk.shapes.get_mut(slot.offset()) {
                *shape = ShapeId::DEAD;
            }
            let is_full = (slot.chunk() + 1) * CHUNK <= self.next.0 as usize;
            if chunk.live == 0 && is_full {
                *place = None;
                for column in &mut self.columns {
                    if let Some(block) = column.blocks.get_mut(slot.chunk()) {
                        *block = None;
                    }
                }
            }
        }
    }

    /// The cell of a row; absent if there is no such row, column or cell.
    pub fn cell(&self, slot: Slot, column: Column) -> Cell {
        let cell = || {
            let block = self
                .columns
                .get(column.0 as usize)?
                .blocks
                .get(slot.chunk())?
                .as_deref()?;
            block.get(slot.offset()).copied()
        };
        cell().unwrap_or(Cell::ABSENT)
    }

    /// The cells of a row in order.
    pub fn cells(&self, slot: Slot) -> impl Iterator<Item = (TextId, Cell)> + Clone + '_ {
        let columns = self.row_columns(slot);
        let cell = move |column| Some((self.column_id(column)?, self.cell(slot, column)));
        (0..columns.len()).filter_map(move |index| cell(*columns.get(index)?))
    }

    /// Logs that the rows have come, with their cells.
    pub fn log_rows(&self, id: TextId, log: &mut Log) {
        for (row, slot) in self.rows() {
            log.push(Entry::RowAdded {
                table: id,
                row,
                slot,
                generation: self.generation,
            });
            for (cell, _) in self.cells(slot) {
                log.push(Entry::CellSet {
                    table: id,
                    row,
                    cell,
                    old: Cell::ABSENT,
                });
            }
        }
    }

    /// Sets or, with [`Cell::ABSENT`], takes out a cell of a live row; gives the old cell back.
    pub fn set(&mut self, slot: Slot, column: Column, cell: Cell) -> Cell {
        let Some(data) = self.columns.get_mut(column.0 as usize) else {
            return Cell::ABSENT;
        };
        let Some(Some(chunk)) = self.chunks.get_mut(slot.chunk()) else {
            return Cell::ABSENT;
        };
        let Some(shape) = chunk.shapes.get_mut(slot.offset()) else {
            return Cell::ABSENT;
        };
        let Some(block) = data.blocks.get_mut(slot.chunk()) else {
            return Cell::ABSENT;
        };
        if block.is_none() && cell.is_absent() {
            return Cell::ABSENT;
        }
        let block = block.get_or_insert_with(|| Box::new([Cell::ABSENT; CHUNK]));
        let Some(place) = block.get_mut(slot.offset()) else {
            return Cell::ABSENT;
        };
        let old = std::mem::replace(place, cell);
        chunk.json = None;
        if old.is_absent() != cell.is_absent() {
            if old.is_absent() {
                *shape = self.shapes.append(*shape, column);
                data.rows += 1;
                if data.rows == 1 {
                    self.used_columns += 1;
                    self.column_starts += 1;
                    data.since = self.column_starts;
                }
            } else {
                *shape = self.shapes.remove(*shape, column);
                data.rows -= 1;
                self.used_columns -= usize::from(data.rows == 0);
            }
        }
        old
    }

    /// The chunk of the number, if it has rows.
    pub fn chunk(&self, number: usize) -> Option<&Chunk> {
        self.chunks.get(number)?.as_deref()
    }

    /// The blocks of a chunk, by column.
    pub fn blocks(&self, number: usize) -> impl Iterator<Item = Option<&Block>> {
        self.columns
            .iter()
            .map(move |column| column.blocks.get(number)?.as_deref())
    }

    /// The same, to be changed.
    pub fn chunk_mut(&mut self, number: usize) -> Option<&mut Chunk> {
        self.chunks.get_mut(number)?.as_deref_mut()
    }

    /// How many chunks there are, the freed ones included.
    pub fn chunk_count(&self) -> usize {
        self.chunks.len()
    }

    /// Where the list of chunk addresses starts, for the JavaScript side.
    pub fn chunks_address(&self) -> usize {
        self.chunks.as_ptr() as usize
    }

    /// Where the list of a column's block addresses starts, for the JavaScript side.
    pub fn blocks_address(&self, column: Column) -> usize {
        self.columns
            .get(column.0 as usize)
            .map_or(0, |column| column.blocks.as_ptr() as usize)
    }

    /// Whether more is dead than alive: rows, columns or shapes.
    pub fn is_compaction_due(&self) -> bool {
        let live = self.rows.len();
        let dead = self.next.0 as usize - live;
        (dead > 4 * CHUNK && dead > live)
            || self.columns.len() > 64 + 2 * self.used_columns
            || self.shapes.len() > 1024 + 2 * (live + self.needed_shapes)
            || self.shapes.weight() > 1 << 18
    }

    /// As many shapes as there are now are what the rows need.
    pub fn note_needed_shapes(&mut self) {
        self.needed_shapes = self.shapes.len();
    }

    /// The same table with rows, columns and shapes numbered anew, and the ids of the columns that
    /// it no longer has.
    pub fn compact<'a>(
        &mut self,
        generation: u32,
        name: impl Fn(TextId) -> &'a [u8],
    ) -> Vec<TextId> {
        let mut fresh = Table::new(generation);
        for (id, slot) in self.rows() {
            let new = fresh.add_row(id, name(id));
            for column in self.row_columns(slot).iter() {
                if let Some(id) = self.column_id(*column) {
                    let (new_column, _) = fresh.column_or_new(id);
                    fresh.set(new, new_column, self.cell(slot, *column));
                }
            }
        }
        // Columns keep the order in which they got their first rows, which need not be that of the rows.
        for (since, id) in (0..).zip(self.cell_ids()) {
            let column = fresh.column_index.get(&id).map(|column| column.0 as usize);
            if let Some(data) = column.and_then(|column| fresh.columns.get_mut(column)) {
                data.since = since;
            }
        }
        let kept = &fresh.column_index;
        let gone = self
            .column_index
            .keys()
            .copied()
            .filter(|id| !kept.contains_key(id))
            .collect();
        fresh.row_ids = std::mem::take(&mut self.row_ids);
        fresh.layout = self.layout + 1;
        fresh.note_needed_shapes();
        *self = fresh;
        gone
    }

    /// The ids of the columns that rows have, in the order in which they came to have any.
    pub fn cell_ids(&self) -> Vec<TextId> {
        let mut used: Vec<_> = self
            .columns
            .iter()
            .filter(|column| column.rows > 0)
            .collect();
        sort_as_object(&mut used, |column| u64::from(column.since));
        used.into_iter().map(|column| column.id).collect()
    }

    /// The ids of all columns, those without cells included, which the table has acquired.
    pub fn column_ids(&self) -> impl Iterator<Item = TextId> + '_ {
        self.columns.iter().map(|column| column.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(n: u32) -> Cell {
        Cell::number(f64::from(n)).unwrap()
    }

    fn filled(rows: u32) -> Table {
        let mut table = Table::new(1);
        let (column, _) = table.column_or_new(TextId(1000));
        for row in 0..rows {
            let slot = table.add_row(TextId(row), row.to_string().as_bytes());
            table.set(slot, column, number(row));
        }
        table
    }

    #[test]
    fn rows_keep_their_order_when_others_go() {
        let mut table = filled(200);
        for row in (0..200).filter(|row| row % 3 != 0) {
            let slot = table.find(TextId(row)).unwrap();
            table.remove_row(slot);
        }
        let ids: Vec<u32> = table.rows().map(|(id, _)| id.0).collect();
        assert_eq!(ids, (0..200).step_by(3).collect::<Vec<_>>());
        assert_eq!(table.row_count(), 67);
        assert_eq!(table.column_rows(Column(0)), 67);
    }

    #[test]
    fn a_chunk_without_rows_is_freed_and_reads_as_absent() {
        let mut table = filled(130);
        for row in 0..64 {
            table.remove_row(Slot(row));
        }
        assert!(table.chunks[0].is_none());
        assert!(table.columns[0].blocks[0].is_none());
        assert!(table.cell(Slot(3), Column(0)).is_absent());
        assert_eq!(table.next_live(Slot(0)), Some(Slot(64)));
    }

    #[test]
    fn compaction_renumbers_and_loses_nothing() {
        let mut table = filled(1000);
        for row in 0..900 {
            table.remove_row(Slot(row));
        }
        assert!(table.is_compaction_due());
        let gone = table.compact(2, |_| b"x");
        assert!(gone.is_empty());
        assert!(!table.is_compaction_due());
        let rows: Vec<(u32, u32)> = table.rows().map(|(id, slot)| (id.0, slot.0)).collect();
        assert_eq!(rows, (0..100).map(|n| (900 + n, n)).collect::<Vec<_>>());
        assert!(table.cell(Slot(99), Column(0)).is_identical(number(999)));
    }

    #[test]
    fn a_wide_row_does_not_call_for_compaction_again_and_again() {
        let mut table = Table::new(1);
        let slot = table.add_row(TextId(0), b"row");
        let mut compactions = 0;
        for id in 1..10_000 {
            let (column, _) = table.column_or_new(TextId(id));
            table.set(slot, column, number(id));
            if table.is_compaction_due() {
                table.compact(id, |_| b"x");
                compactions += 1;
            }
        }
        assert!(compactions < 10, "{compactions}");
    }

    #[test]
    fn a_table_of_ever_new_columns_forgets_the_old_ones() {
        let mut table = Table::new(1);
        let slot = table.add_row(TextId(0), b"row");
        for id in 1..200 {
            let (column, _) = table.column_or_new(TextId(id));
            table.set(slot, column, number(id));
            table.set(slot, column, Cell::ABSENT);
        }
        let (kept, _) = table.column_or_new(TextId(500));
        table.set(slot, kept, number(7));
        assert!(table.is_compaction_due());
        assert_eq!(table.compact(2, |_| b"x").len(), 199);
        assert_eq!(table.column_count(), 1);
    }
}
