//! What comes from another store, and how it is applied: of each cell and value the later change
//! wins.

use super::Stamps;
use super::content::Stamped;
use super::local::{Origin, Undo};
use super::moment::Moment;
use super::table::{DELETED, Stamp};
use crate::store::Store;
use crate::store::cell::Cell;
use crate::store::hlc::Hlc;
use crate::store::log::Entry;
use crate::store::table::Slot;
use crate::store::text::TextId;

/// A cell or value as it comes.
pub struct IncomingStamp {
    pub id: TextId,
    /// What it was, perhaps [`DELETED`].
    pub thing: Cell,
    pub moment: Moment,
}

/// What has members as it comes: how many there are, in the list of the next level.
pub struct IncomingGroup {
    pub id: TextId,
    pub moment: Moment,
    pub count: usize,
}

/// The content of another store, or changes of it, read and checked. Its handles are this store's.
#[derive(Default)]
pub struct Incoming {
    pub(super) tables: Vec<IncomingGroup>,
    pub(super) rows: Vec<IncomingGroup>,
    pub(super) cells: Vec<IncomingStamp>,
    pub(super) values: Vec<IncomingStamp>,
    pub(super) tables_moment: Moment,
    pub(super) values_moment: Moment,
}

impl Store {
    /// Applies what comes from another store, in a transaction that is open. Where both have a
    /// change, the later one wins.
    pub fn merge(&mut self, incoming: Incoming) {
        if !self.is_writable() || !self.is_mergeable() {
            return;
        }
        let before = self.set_origin(Origin::Elsewhere);
        self.take_in(incoming);
        self.set_origin(before);
    }

    /// Sets the content to just that of another store, in a transaction that is open.
    pub fn set_mergeable(&mut self, incoming: Incoming) {
        if !self.is_writable() || !self.is_mergeable() {
            return;
        }
        let before = self.set_origin(Origin::Elsewhere);
        self.del_tables();
        self.del_values();
        if let Some(stamps) = &mut self.stamps {
            let all = std::mem::take(&mut stamps.content);
            stamps.pending.undo.push(Undo::All(Box::new(all)));
        }
        self.take_in(incoming);
        self.set_origin(before);
    }

    /// Whether what is written from here on is there by default: it gets no HLC then, so that any
    /// other change wins. A transaction must be open.
    pub fn set_defaulting(&mut self, is_defaulting: bool) {
        self.set_origin(if is_defaulting {
            Origin::Default
        } else {
            Origin::Here
        });
    }

    fn take_in(&mut self, incoming: Incoming) {
        let now = self.now();
        if let Some(stamps) = &mut self.stamps {
            // As in TinyBase, whatever comes makes the clock go on to the present.
            stamps.clock.seen(now, Hlc::default());
        }
        let mut rows = incoming.rows.into_iter();
        let mut cells = incoming.cells.into_iter();
        for table in incoming.tables {
            self.take_table_moment(table.id, table.moment);
            for row in rows.by_ref().take(table.count) {
                let slot = self.take_row(table.id, row.id, row.moment);
                for stamp in cells.by_ref().take(row.count) {
                    if let Some(slot) = slot {
                        self.take_cell([table.id, row.id], slot, stamp);
                    }
                }
            }
        }
        for stamp in incoming.values {
            self.take_value(stamp);
        }
        let (tables, values) = (incoming.tables_moment, incoming.values_moment);
        if let Some(stamps) = &mut self.stamps {
            stamps.see(now, tables);
            stamps.see(now, values);
            let Stamped {
                tables_moment,
                values_moment,
                ..
            } = &mut stamps.content;
            let undo = &mut stamps.pending.undo;
            if tables > *tables_moment {
                undo.push(Undo::TablesMoment(std::mem::replace(tables_moment, tables)));
            }
            if values > *values_moment {
                undo.push(Undo::ValuesMoment(std::mem::replace(values_moment, values)));
            }
        }
    }

    fn take_table_moment(&mut self, id: TextId, moment: Moment) {
        let now = self.now();
        let Some(stamps) = self.stamps.as_deref_mut() else {
            return;
        };
        stamps.see(now, moment);
        stamps.touched.push(id);
        let undo = &mut stamps.pending.undo;
        if let Some((table, is_new)) = stamps.content.table_or_new(&mut self.texts, id) {
            if is_new {
                undo.push(Undo::TableAdded(id));
            }
            if moment > table.moment {
                undo.push(Undo::TableMoment(id, table.moment));
                table.moment = moment;
            }
        }
    }

    fn take_row(&mut self, table_id: TextId, row: TextId, moment: Moment) -> Option<Slot> {
        let now = self.now();
        let stamps = self.stamps.as_deref_mut()?;
        stamps.see(now, moment);
        let undo = &mut stamps.pending.undo;
        let table = stamps.content.tables.get_mut(table_id)?;
        let (slot, is_new) = table.row_or_new(&mut self.texts, row);
        if is_new {
            undo.push(Undo::RowAdded(table_id, row));
        }
        let old = table.row_moment(slot);
        if moment > old {
            undo.push(Undo::RowMoment(table_id, row, old));
            table.set_row_moment(slot, moment);
        }
        Some(slot)
    }

    fn take_cell(&mut self, [table_id, row]: [TextId; 2], slot: Slot, incoming: IncomingStamp) {
        let now = self.now();
        let IncomingStamp {
            id: cell,
            thing,
            moment,
        } = incoming;
        let Some(stamps) = self.stamps.as_deref_mut() else {
            return;
        };
        stamps.see(now, moment);
        let Some(table) = stamps.content.tables.get_mut(table_id) else {
            return;
        };
        let stamp = Stamp { thing, moment };
        let lets = |old| wins(moment, old);
        let Some(old) = table.set_if(&mut self.texts, slot, cell, stamp, lets) else {
            return;
        };
        let undo = Undo::Cell(table_id, row, cell, old);
        stamps.pending.undo.push(undo);
        self.log.push(Entry::CellStamped {
            table: table_id,
            row,
            cell,
        });
        if thing.is_identical(DELETED) {
            self.del_cell(table_id, row, cell, true);
        } else {
            self.set_cell(table_id, row, cell, thing);
        }
    }

    fn take_value(&mut self, incoming: IncomingStamp) {
        let now = self.now();
        let IncomingStamp { id, thing, moment } = incoming;
        let Some(stamps) = self.stamps.as_deref_mut() else {
            return;
        };
        stamps.see(now, moment);
        let old = stamps.content.value(id);
        if !wins(moment, old) {
            return;
        }
        let stamp = Stamp { thing, moment };
        stamps.content.set_value(&mut self.texts, id, stamp);
        stamps.pending.undo.push(Undo::Value(id, old));
        self.log.push(Entry::ValueStamped { value: id });
        if thing.is_identical(DELETED) {
            self.del_value(id);
        } else {
            self.set_value(id, thing);
        }
    }
}

/// Whether what comes is set. Of what has no HLC, as in TinyBase, what comes last stays.
fn wins(incoming: Moment, old: Option<Stamp>) -> bool {
    old.is_none_or(|old| old.moment.is_none() || incoming > old.moment)
}

impl Stamps {
    /// Takes note of what another clock has given.
    fn see(&mut self, now: u64, moment: Moment) {
        if let Some(hlc) = moment.hlc() {
            self.clock.seen(now, hlc);
        }
    }
}
