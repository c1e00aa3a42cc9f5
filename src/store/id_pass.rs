//! The part of a pass that tells of ids that came and went, level by level.

use super::Tables;
use super::id_changes::{IdChanges, IdGroup, IdSet};
use super::kinds::Kind;
use super::listeners::Listeners;
use super::target::{Announcement, Detail};
use super::text::TextId;

/// What there is to tell of each group of ids of a level.
#[derive(Clone, Copy)]
enum Told {
    /// The ids that came and went, and then one by one whether there is such a one now.
    Ids { ids: Kind, has: Kind },
    /// How many rows the table has, if it has more or fewer.
    RowCount,
}

/// One level of ids.
struct Level {
    groups: fn(&IdChanges) -> &[IdGroup],
    told: Told,
}

impl Level {
    const fn ids(ids: Kind, has: Kind, groups: fn(&IdChanges) -> &[IdGroup]) -> Level {
        let told = Told::Ids { ids, has };
        Level { groups, told }
    }

    fn is_heard(&self, listeners: &Listeners, mutator: bool) -> bool {
        match self.told {
            Told::Ids { ids, has } => {
                listeners.hears(ids, mutator) || listeners.hears(has, mutator)
            }
            Told::RowCount => listeners.hears(Kind::RowCount, mutator),
        }
    }
}

/// The levels of tables, in the order in which they are told of.
static TABULAR: [Level; 5] = [
    Level::ids(Kind::TableIds, Kind::HasTable, |ids| &ids.tables),
    Level::ids(Kind::TableCellIds, Kind::HasTableCell, |ids| {
        &ids.table_cells
    }),
    Level {
        groups: |ids| &ids.rows,
        told: Told::RowCount,
    },
    Level::ids(Kind::RowIds, Kind::HasRow, |ids| &ids.rows),
    Level::ids(Kind::CellIds, Kind::HasCell, |ids| &ids.cells),
];

/// The one level of values.
static KEYED: [Level; 1] = [Level::ids(Kind::ValueIds, Kind::HasValue, |ids| {
    &ids.values
})];

/// What is to be told of ids, and how far the telling has come.
pub struct IdPass {
    changes: IdChanges,
    levels: &'static [Level],
    level: usize,
    group: usize,
    /// The next id of the group to tell of alone, once the whole group has been told of.
    member: Option<usize>,
}

impl IdPass {
    /// What is to be told of the ids of tables, rows and cells (`keyed` false) or values.
    pub fn new(changes: IdChanges, keyed: bool) -> IdPass {
        IdPass {
            changes,
            levels: if keyed { &KEYED } else { &TABULAR },
            level: 0,
            group: 0,
            member: None,
        }
    }

    /// The group of ids that the latest announcement was about; none if it was not about a group.
    pub fn id_set(&self) -> &[(TextId, i8)] {
        let none: &IdSet = const { &Vec::new() };
        let groups = self.levels.get(self.level).map(|level| level.groups);
        let group = groups.and_then(|groups| groups(&self.changes).get(self.group));
        match group {
            Some(group) if self.member == Some(0) => &group.ids,
            _ => none,
        }
    }

    /// The next thing to announce, skipping what nobody listens to.
    pub fn advance(
        &mut self,
        listeners: &Listeners,
        mutator: bool,
        tables: &Tables,
    ) -> Option<Announcement> {
        loop {
            let level = self.levels.get(self.level)?;
            let group = match (level.groups)(&self.changes).get(self.group) {
                Some(group) if level.is_heard(listeners, mutator) => group,
                _ => {
                    (self.level, self.group, self.member) = (self.level + 1, 0, None);
                    continue;
                }
            };
            let [first, second] = group.owner;
            let mut ids = [first, second, None];
            match (level.told, self.member) {
                (Told::RowCount, _) => {
                    self.group += 1;
                    let net: i64 = group.ids.iter().map(|(_, change)| i64::from(*change)).sum();
                    if net != 0 {
                        let table = first.and_then(|table| tables.get(table));
                        return Some(Announcement {
                            kind: Kind::RowCount,
                            ids,
                            detail: Detail::Count(table.map_or(0, |table| table.row_count())),
                        });
                    }
                }
                (Told::Ids { ids: kind, .. }, None) => {
                    self.member = Some(0);
                    if listeners.hears(kind, mutator) {
                        return Some(Announcement {
                            kind,
                            ids,
                            detail: Detail::None,
                        });
                    }
                }
                (Told::Ids { has: kind, .. }, Some(member)) => match group.ids.get(member) {
                    Some((id, change)) if listeners.hears(kind, mutator) => {
                        self.member = Some(member + 1);
                        if let Some(place) = ids.iter_mut().find(|place| place.is_none()) {
                            *place = Some(*id);
                        }
                        return Some(Announcement {
                            kind,
                            ids,
                            detail: Detail::Has(*change > 0),
                        });
                    }
                    _ => (self.group, self.member) = (self.group + 1, None),
                },
            }
        }
    }
}
