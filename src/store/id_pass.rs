//! The part of a pass that tells of ids that came and went, level by level.

use super::Tables;
use super::id_changes::{IdChanges, IdGroup, IdSet};
use super::kinds::Kind;
use super::listeners::Listeners;
use super::sorted_pass::SortedPass;
use super::target::{Announcement, Detail, Target};
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
    /// Whether sorted row ids are told of after each group, and after all of them.
    sorts: bool,
}

impl Level {
    const fn ids(ids: Kind, has: Kind, groups: fn(&IdChanges) -> &[IdGroup]) -> Level {
        let told = Told::Ids { ids, has };
        Level {
            groups,
            told,
            sorts: false,
        }
    }

    const fn sorting(self) -> Level {
        Level {
            sorts: true,
            ..self
        }
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
        sorts: false,
    },
    Level::ids(Kind::RowIds, Kind::HasRow, |ids| &ids.rows).sorting(),
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
    sorted: SortedPass,
}

impl IdPass {
    /// What is to be told of the ids of tables, rows and cells (`keyed` false) or values.
    pub fn new(changes: IdChanges, keyed: bool, sorted: SortedPass) -> IdPass {
        IdPass {
            changes,
            levels: if keyed { &KEYED } else { &TABULAR },
            level: 0,
            group: 0,
            member: None,
            sorted,
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
    ) -> Option<Target> {
        let announce = |kind, ids, detail| {
            let announcement = Announcement { kind, ids, detail };
            Some(Target::new(listeners, mutator, announcement))
        };
        loop {
            if let Some(target) = self.sorted.next(listeners, mutator) {
                return Some(target);
            }
            let level = self.levels.get(self.level)?;
            let group = match (level.groups)(&self.changes).get(self.group) {
                Some(group)
                    if level.is_heard(listeners, mutator)
                        || level.sorts && self.sorted.is_heard() =>
                {
                    group
                }
                _ => {
                    if level.sorts {
                        self.sorted.enter_cells(&self.changes.rows);
                    }
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
                        let count = table.map_or(0, |table| table.row_count());
                        return announce(Kind::RowCount, ids, Detail::Count(count));
                    }
                }
                (Told::Ids { ids: kind, .. }, None) => {
                    self.member = Some(0);
                    if listeners.hears(kind, mutator) {
                        return announce(kind, ids, Detail::None);
                    }
                }
                (Told::Ids { has: kind, .. }, Some(member)) => match group.ids.get(member) {
                    Some((id, change)) if listeners.hears(kind, mutator) => {
                        self.member = Some(member + 1);
                        if let Some(place) = ids.iter_mut().find(|place| place.is_none()) {
                            *place = Some(*id);
                        }
                        return announce(kind, ids, Detail::Has(*change > 0));
                    }
                    _ => {
                        (self.group, self.member) = (self.group + 1, None);
                        if level.sorts
                            && let Some(table) = first
                        {
                            self.sorted.enter_table(table, listeners, mutator);
                        }
                    }
                },
            }
        }
    }
}
