//! Rows in the order of a cell or of their ids, and listeners to that.

use super::events::{Event, Told};
use super::handle::{Store, intern, text};
use super::listening::ListenerId;
use crate::store::{Kind, SortBy, SortedArgs, SortedBy, Step, Store as Core, Window};

/// What rows are sorted by, and which of them are wanted.
///
/// Numbers are sorted as numbers and texts by their UTF-16 units; `true` counts as 1, and `false`,
/// `null` and a missing cell as 0. Rows that are equal stay in the order in which they came, or in the
/// opposite one if it is descending.
///
/// ```
/// use cellarium::{Sorting, Store};
///
/// let store = Store::new();
/// store.set_table("pets", [("fido", [("age", 4)]), ("felix", [("age", 2)]), ("cujo", [("age", 7)])]);
/// assert_eq!(store.get_sorted_row_ids("pets", Sorting::by_cell("age")), ["felix", "fido", "cujo"]);
/// assert_eq!(
///     store.get_sorted_row_ids("pets", Sorting::by_cell("age").descending().limit(2)),
///     ["cujo", "fido"],
/// );
/// assert_eq!(store.get_sorted_row_ids("pets", Sorting::by_row_id().offset(1)), ["felix", "fido"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sorting {
    cell_id: Option<String>,
    descending: bool,
    offset: usize,
    limit: Option<usize>,
}

impl Sorting {
    /// By the cells of an id.
    #[must_use]
    pub fn by_cell(cell_id: impl Into<String>) -> Sorting {
        Sorting {
            cell_id: Some(cell_id.into()),
            ..Sorting::default()
        }
    }

    /// By the ids of the rows.
    #[must_use]
    pub fn by_row_id() -> Sorting {
        Sorting::default()
    }

    /// The same, the greatest first.
    #[must_use]
    pub fn descending(mut self) -> Sorting {
        self.descending = true;
        self
    }

    /// The same without so many rows at the beginning.
    #[must_use]
    pub fn offset(mut self, offset: usize) -> Sorting {
        self.offset = offset;
        self
    }

    /// The same with so many rows at most.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Sorting {
        self.limit = Some(limit);
        self
    }

    fn args(&self, core: &mut Core, table_id: &str) -> SortedArgs {
        let place = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
        let end = self.limit.map(|limit| self.offset.saturating_add(limit));
        SortedArgs {
            by: SortBy {
                table: intern(core, table_id),
                cell: self.cell_id.as_ref().map(|id| intern(core, id)),
            },
            descending: self.descending,
            window: Window {
                start: place(self.offset),
                end: end.map_or(i64::MAX, place),
            },
            sorted_by: SortedBy::Store,
        }
    }
}

/// A page of sorted rows is another one than before.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SortedRowIdsEvent {
    /// The table.
    pub table_id: String,
    /// What the rows are sorted by, and which are on the page.
    pub sorting: Sorting,
    /// The ids of the rows on the page, in order.
    pub sorted_row_ids: Vec<String>,
}

/// The ids on the page alone; the rest is known when the listener is added.
impl Event for Vec<String> {
    fn read(told: &Told<'_>) -> Self {
        let page = told.core.page(told.call.listener).unwrap_or_default();
        page.iter().map(|id| text(told.core, *id)).collect()
    }
}

impl Store {
    /// The ids of a table's rows in order, or a page of them.
    #[must_use]
    pub fn get_sorted_row_ids(&self, table_id: &str, sorting: Sorting) -> Vec<String> {
        let mut core = self.core();
        let args = sorting.args(&mut core, table_id);
        let ids = core.sorted_row_ids(args.by, args.descending, args.window);
        ids.into_iter().map(|id| text(&core, id)).collect()
    }

    /// Listens to a page of sorted row ids being another one than before: one that has a row more or
    /// less, or in another order. Here the table is a certain one. The order is kept while someone
    /// listens to it, so it costs little, and serves [`Store::get_sorted_row_ids`] too.
    ///
    /// ```
    /// # use cellarium::{Sorting, Store};
    /// let store = Store::new();
    /// let oldest = Sorting::by_cell("age").descending().limit(2);
    /// store.add_sorted_row_ids_listener("pets", oldest, |_store, event| {
    ///     println!("the oldest are {}", event.sorted_row_ids.join(", "));
    /// });
    /// store.set_table("pets", [("fido", [("age", 4)]), ("felix", [("age", 2)])]);
    /// store.set_cell("pets", "felix", "age", 3);
    /// store.set_cell("pets", "felix", "age", 5);
    /// // prints: the oldest are fido, felix
    /// //         the oldest are felix, fido
    /// ```
    pub fn add_sorted_row_ids_listener(
        &self,
        table_id: &str,
        sorting: Sorting,
        listener: impl Fn(&Store, SortedRowIdsEvent) + 'static,
    ) -> ListenerId {
        self.listen_sorted(table_id, sorting, false, listener)
    }

    /// The same for a mutator, which may write.
    pub fn add_sorted_row_ids_mutator(
        &self,
        table_id: &str,
        sorting: Sorting,
        mutator: impl Fn(&Store, SortedRowIdsEvent) + 'static,
    ) -> ListenerId {
        self.listen_sorted(table_id, sorting, true, mutator)
    }

    fn listen_sorted(
        &self,
        table_id: &str,
        sorting: Sorting,
        mutator: bool,
        listener: impl Fn(&Store, SortedRowIdsEvent) + 'static,
    ) -> ListenerId {
        let mut core = self.core();
        let args = sorting.args(&mut core, table_id);
        let cell = args.by.cell.map_or(Step::Never, Step::Id);
        let path = [Step::Id(args.by.table), cell, Step::Any];
        let id = core.add_sorted_listener(mutator, path, args);
        drop(core);
        let table_id = table_id.to_owned();
        self.keep_listener(
            id,
            Kind::SortedRowIds,
            path,
            move |store, sorted_row_ids| {
                let (table_id, sorting) = (table_id.clone(), sorting.clone());
                listener(
                    store,
                    SortedRowIdsEvent {
                        table_id,
                        sorting,
                        sorted_row_ids,
                    },
                );
            },
        )
    }
}
