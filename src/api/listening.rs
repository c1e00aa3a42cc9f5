//! Keeps the listeners' closures, and calls the one that the core names.
//!
//! A kind of listener is a line in the list below and an event in `events`.

use super::events::*;
use super::handle::{Store, intern};
use crate::store::{Call, Kind, ListenerId as CoreId, Path, Step};
use std::rc::Rc;

/// The id of a listener, to delete it with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListenerId {
    id: CoreId,
    /// The core uses its ids again, this number never: an id that is kept too long names nobody.
    serial: u64,
}

impl ListenerId {
    /// The core's number of the listener.
    pub(super) fn core_id(self) -> CoreId {
        self.id
    }
}

/// Calls a closure with what a call is about; told also whether the core has given the call out.
type Callback = Rc<dyn Fn(&Store, &Call, bool)>;

/// A listener as it was registered.
#[derive(Clone)]
pub(super) struct Registration {
    serial: u64,
    pub(super) kind: Kind,
    pub(super) path: Path,
    pub(super) callback: Callback,
}

/// The listeners of a store, by the number that the core has given each.
#[derive(Default)]
pub(super) struct Listeners {
    registrations: Vec<Option<Registration>>,
    serial: u64,
}

impl Store {
    fn registration(&self, id: CoreId) -> Option<Registration> {
        let listeners = self.0.listeners.borrow();
        listeners.registrations.get(id.0 as usize)?.clone()
    }

    /// A listener that has not been deleted.
    pub(super) fn find_listener(&self, listener_id: ListenerId) -> Option<Registration> {
        let found = self.registration(listener_id.id)?;
        (found.serial == listener_id.serial).then_some(found)
    }

    /// Calls the closure of a listener.
    pub(super) fn call_back(&self, call: &Call) {
        if let Some(found) = self.registration(call.listener) {
            (found.callback)(self, call, true);
        }
    }

    fn listen<E: Event>(
        &self,
        kind: Kind,
        mutator: bool,
        ids: &[Option<&str>],
        listener: impl Fn(&Store, E) + 'static,
    ) -> ListenerId {
        let mut core = self.core();
        let mut path = [Step::Any; 3];
        for (step, id) in path.iter_mut().zip(ids) {
            if let Some(id) = id {
                *step = Step::Id(intern(&mut core, id));
            }
        }
        let id = core.add_listener(kind, mutator, path);
        drop(core);
        self.keep_listener(id, kind, path, listener)
    }

    /// Keeps the closure of a listener that the core has been told of.
    pub(super) fn keep_listener<E: Event>(
        &self,
        id: CoreId,
        kind: Kind,
        path: Path,
        listener: impl Fn(&Store, E) + 'static,
    ) -> ListenerId {
        let callback = Rc::new(move |store: &Store, call: &Call, is_due| {
            let event = E::read(&Told {
                core: &store.core(),
                call,
                is_due,
            });
            listener(store, event);
        });
        let mut listeners = self.0.listeners.borrow_mut();
        listeners.serial += 1;
        let serial = listeners.serial;
        let place = id.0 as usize;
        if listeners.registrations.len() <= place {
            listeners.registrations.resize_with(place + 1, || None);
        }
        if let Some(there) = listeners.registrations.get_mut(place) {
            *there = Some(Registration {
                serial,
                kind,
                path,
                callback,
            });
        }
        ListenerId { id, serial }
    }

    /// Takes a listener out. Does nothing if it has been taken out before.
    pub fn del_listener(&self, listener_id: ListenerId) -> &Self {
        let ListenerId { id, serial } = listener_id;
        let place = id.0 as usize;
        let removed = match self.0.listeners.borrow_mut().registrations.get_mut(place) {
            Some(place) => place.take_if(|there| there.serial == serial),
            None => None,
        };
        if removed.is_some() {
            self.core().remove_listener(id);
        }
        // What the closure has captured may do anything when it is dropped: nothing is borrowed here.
        drop(removed);
        self
    }
}

/// For each kind: what it is told of, its two methods, the ids that it takes, and its event.
macro_rules! listeners {
    ($($kind:ident, $doc:literal, $listener:ident $mutator:ident ($($id:ident),*) -> $event:ty;)*) => {
        /// # Listeners
        ///
        /// A listener is called at the end of a transaction, of what has changed in all, with the store
        /// and an event. Where ids are given, `None` stands for any. It cannot write, but may do all
        /// else: read, add and delete listeners. [`Store::get_cell_change`] and
        /// [`Store::get_value_change`] tell more of what has happened.
        ///
        /// A *mutator* is called before the others and may write.
        #[allow(clippy::extra_unused_lifetimes, reason = "some kinds take no ids")]
        impl Store {$(
            #[doc = concat!("Listens to ", $doc, ".")]
            pub fn $listener<'a>(
                &self,
                $($id: impl Into<Option<&'a str>>,)*
                listener: impl Fn(&Store, $event) + 'static,
            ) -> ListenerId {
                self.listen(Kind::$kind, false, &[$($id.into()),*], listener)
            }

            #[doc = concat!("The same for a mutator, which may write.")]
            pub fn $mutator<'a>(
                &self,
                $($id: impl Into<Option<&'a str>>,)*
                mutator: impl Fn(&Store, $event) + 'static,
            ) -> ListenerId {
                self.listen(Kind::$kind, true, &[$($id.into()),*], mutator)
            }
        )*}
    };
}

listeners! {
    HasTables, "whether there are any tables",
        add_has_tables_listener add_has_tables_mutator () -> HasTablesEvent;
    TableIds, "tables coming and going",
        add_table_ids_listener add_table_ids_mutator () -> TableIdsEvent;
    HasTable, "whether there is a table",
        add_has_table_listener add_has_table_mutator (table_id) -> HasTableEvent;
    Table, "changes in a table",
        add_table_listener add_table_mutator (table_id) -> TableEvent;
    TableCellIds, "cell ids coming into use in a table, and out of it",
        add_table_cell_ids_listener add_table_cell_ids_mutator (table_id) -> TableCellIdsEvent;
    HasTableCell, "whether a cell id is in use in a table",
        add_has_table_cell_listener add_has_table_cell_mutator (table_id, cell_id)
            -> HasTableCellEvent;
    RowCount, "how many rows a table has",
        add_row_count_listener add_row_count_mutator (table_id) -> RowCountEvent;
    RowIds, "rows of a table coming and going",
        add_row_ids_listener add_row_ids_mutator (table_id) -> RowIdsEvent;
    HasRow, "whether there is a row",
        add_has_row_listener add_has_row_mutator (table_id, row_id) -> HasRowEvent;
    Row, "changes in a row",
        add_row_listener add_row_mutator (table_id, row_id) -> RowEvent;
    CellIds, "cells of a row coming and going",
        add_cell_ids_listener add_cell_ids_mutator (table_id, row_id) -> CellIdsEvent;
    HasCell, "whether there is a cell",
        add_has_cell_listener add_has_cell_mutator (table_id, row_id, cell_id) -> HasCellEvent;
    Cell, "changes of a cell",
        add_cell_listener add_cell_mutator (table_id, row_id, cell_id) -> CellEvent;
    InvalidCell, "what is offered as a cell and cannot be set. What is offered where there is no id, \
                  as a row without cells is, comes only to those who listen to any",
        add_invalid_cell_listener add_invalid_cell_mutator (table_id, row_id, cell_id)
            -> InvalidCellEvent;
    HasValues, "whether there are any values",
        add_has_values_listener add_has_values_mutator () -> HasValuesEvent;
    ValueIds, "values coming and going",
        add_value_ids_listener add_value_ids_mutator () -> ValueIdsEvent;
    HasValue, "whether there is a value",
        add_has_value_listener add_has_value_mutator (value_id) -> HasValueEvent;
    Value, "changes of a value",
        add_value_listener add_value_mutator (value_id) -> ValueEvent;
    InvalidValue, "what is offered as a value and cannot be set",
        add_invalid_value_listener add_invalid_value_mutator (value_id) -> InvalidValueEvent;
}

/// The same for those that are told nothing but that it happened.
macro_rules! plain_listeners {
    ($($kind:ident, $is_mutator:literal, $doc:literal, $method:ident;)*) => {
        impl Store {$(
            #[doc = $doc]
            pub fn $method(&self, listener: impl Fn(&Store) + 'static) -> ListenerId {
                self.listen(Kind::$kind, $is_mutator, &[], move |store, ()| listener(store))
            }
        )*}
    };
}

plain_listeners! {
    Tables, false, "Listens to any change in the tables.", add_tables_listener;
    Tables, true, "The same for a mutator, which may write.", add_tables_mutator;
    Values, false, "Listens to any change of values.", add_values_listener;
    Values, true, "The same for a mutator, which may write.", add_values_mutator;
    StartTransaction, false, "Listens to the start of transactions; may write.",
        add_start_transaction_listener;
    WillFinishTransaction, false, "Listens to transactions about to finish; may write.",
        add_will_finish_transaction_listener;
    DidFinishTransaction, false, "Listens to transactions having finished.",
        add_did_finish_transaction_listener;
}
