//! Who listens to sorted row ids: what each wants, and the page that it was told of last.

use super::Store;
use super::kinds::Kind;
use super::listeners::{ListenerId, Path};
use super::sorted::{SortBy, Window};
use super::sorted_order::{Order, Source};
use super::text::TextId;
use rustc_hash::FxHashMap;

/// Who sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortedBy {
    /// The store.
    Store,
    /// The store while the keys are all numbers or all texts, otherwise the caller.
    StoreIfPlain,
    /// The caller.
    Caller,
}

/// What a listener to sorted row ids wants.
#[derive(Clone, Copy, Debug)]
pub struct SortedArgs {
    /// The table and the cell.
    pub by: SortBy,
    /// Whether the order is turned round.
    pub descending: bool,
    /// The page.
    pub window: Window,
    /// Who sorts.
    pub sorted_by: SortedBy,
}

/// What has become of the page of a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is the same as before.
    Same,
    /// It is another one: [`Store::page`].
    New,
    /// It is for the caller to sort the rows and to say what the page is: [`Store::offer_page`].
    Open,
}

struct Reader {
    args: SortedArgs,
    /// What it was told of last, or what was there when it was registered. Each id is counted.
    page: Vec<TextId>,
    is_open: bool,
}

/// All listeners to sorted row ids, and the orders that serve them.
#[derive(Default)]
pub struct SortedListeners {
    readers: FxHashMap<ListenerId, Reader>,
    orders: FxHashMap<SortBy, Order>,
}

impl Store {
    /// Registers a listener to a page of sorted row ids, which is called when another one is there
    /// ([`Store::page`]). The path is of a table and a cell, [`super::Step::Never`] if there is none;
    /// its third step may part listeners that would otherwise be called in one turn. If it is for the
    /// caller to sort, the first page must be offered.
    pub fn add_sorted_listener(
        &mut self,
        mutator: bool,
        path: Path,
        args: SortedArgs,
    ) -> ListenerId {
        let id = self.add_listener(Kind::SortedRowIds, mutator, path);
        let by = args.by;
        self.texts.acquire(by.table);
        by.cell
            .into_iter()
            .for_each(|cell| self.texts.acquire(cell));
        if args.sorted_by != SortedBy::Caller {
            let order = self.sorted.orders.entry(by);
            order.or_insert_with(|| Order::new(by)).users += 1;
        }
        let reader = Reader {
            args,
            page: Vec::new(),
            is_open: true,
        };
        self.sorted.readers.insert(id, reader);
        self.turn_page(id);
        id
    }

    /// A listener is gone.
    pub(super) fn forget_page(&mut self, listener: ListenerId) {
        let Some(reader) = self.sorted.readers.remove(&listener) else {
            return;
        };
        let by = reader.args.by;
        let ids = reader.page.into_iter().chain(by.cell).chain([by.table]);
        ids.for_each(|id| self.texts.release(id));
        if reader.args.sorted_by != SortedBy::Caller
            && let Some(order) = self.sorted.orders.get_mut(&by)
        {
            order.users -= 1;
            if order.users == 0 {
                self.sorted.orders.remove(&by);
            }
        }
    }

    /// Looks up what is on a listener's page now.
    pub fn turn_page(&mut self, listener: ListenerId) -> Turn {
        let Some(reader) = self.sorted.readers.get_mut(&listener) else {
            return Turn::Same;
        };
        reader.is_open = true;
        let SortedArgs {
            by,
            descending,
            window,
            sorted_by,
        } = reader.args;
        let page = match sorted_by {
            SortedBy::Store => Some(self.sorted_row_ids(by, descending, window)),
            SortedBy::StoreIfPlain => self.plainly_sorted_row_ids(by, descending, window),
            SortedBy::Caller => None,
        };
        match page.map(|page| self.offer_page(listener, page)) {
            None => Turn::Open,
            Some(true) => Turn::New,
            Some(false) => Turn::Same,
        }
    }

    /// Says what is on a listener's page. True if it is another one than before.
    pub fn offer_page(&mut self, listener: ListenerId, page: Vec<TextId>) -> bool {
        let Some(reader) = self.sorted.readers.get_mut(&listener) else {
            return false;
        };
        reader.is_open = false;
        if reader.page == page {
            return false;
        }
        page.iter().for_each(|id| self.texts.acquire(*id));
        let old = std::mem::replace(&mut reader.page, page);
        old.into_iter().for_each(|id| self.texts.release(id));
        true
    }

    /// What is on a listener's page; `None` if the caller has yet to say so.
    #[must_use]
    pub fn page(&self, listener: ListenerId) -> Option<&[TextId]> {
        let reader = self.sorted.readers.get(&listener)?;
        (!reader.is_open).then_some(&reader.page)
    }

    /// How many orders are kept.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) fn kept_orders(&self) -> usize {
        self.sorted.orders.len()
    }

    /// The order that someone listens to, up to date.
    pub(super) fn kept_order(&mut self, by: SortBy) -> Option<&Order> {
        let order = self.sorted.orders.get_mut(&by)?;
        order.update(&Source {
            table: self.tables.get(by.table).map(|table| &**table),
            texts: &self.texts,
            log: &self.log,
            transaction: self.transaction.serial,
        });
        Some(order)
    }

    /// Brings all orders up to date with the log, which is to be cleared.
    pub(super) fn update_orders(&mut self) {
        for (by, order) in &mut self.sorted.orders {
            order.update(&Source {
                table: self.tables.get(by.table).map(|table| &**table),
                texts: &self.texts,
                log: &self.log,
                transaction: self.transaction.serial,
            });
            order.start_anew();
        }
    }
}
