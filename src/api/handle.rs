//! The handle to a store, and how texts and cells cross to the core.

use super::cell::Cell;
use super::json::Json;
use super::listening::Listeners;
use crate::store::{Cell as CoreCell, CellKind, Store as Core, TextId, tag, wtf8};
use std::borrow::Cow;
use std::cell::{RefCell, RefMut};
use std::fmt;
use std::rc::Rc;

/// Tables of rows of cells, and values, held in memory; reactive, and changed in transactions.
///
/// ```
/// use cellarium::{Cell, Store, row};
///
/// let store = Store::new();
/// store
///     .set_row("pets", "fido", row! {"species" => "dog", "age" => 4})
///     .set_value("open", true);
///
/// store.add_cell_listener("pets", None, "age", |_store, event| {
///     println!("{} is {}", event.row_id, event.new_cell.unwrap_or(Cell::Null));
/// });
/// store.set_cell("pets", "fido", "age", 5);
/// // prints: fido is 5
///
/// assert_eq!(store.get_cell("pets", "fido", "age"), Some(Cell::from(5)));
/// assert_eq!(store.get_json(), r#"[{"pets":{"fido":{"species":"dog","age":5}}},{"open":true}]"#);
/// ```
///
/// # The handle
///
/// A `Store` is a handle: cloning it is cheap and gives another handle to the same store. Every
/// method takes `&self`, and a listener or a closure of a transaction may call any of them. The store
/// goes when the last handle goes. A listener that captured a handle to its own store would keep it
/// for ever; it is given one instead.
///
/// It belongs to one thread (it is neither `Send` nor `Sync`), as listeners run inside the call that
/// led to them. A program with several threads keeps the store in one and sends closures or
/// [`Changes`](super::Changes) to it through a channel: content, changes and events are plain data,
/// all `Send`.
///
/// # Writing
///
/// Each method that writes is a transaction, or part of the one that is open. Cells that are not
/// [valid](Cell::is_valid) are left out and the rest is written; where nothing is left, nothing
/// changes. [`Store::add_invalid_cell_listener`] and [`Store::add_invalid_value_listener`] tell of
/// what was left out. Listeners that are told of changes cannot write, unless they are mutators: their writes
/// do nothing. Methods that write give the store back, to chain them.
///
/// # Order
///
/// Tables, rows, cells and values are read in the order in which they came. In JSON, ids that are
/// array indices come first, as JavaScript orders the members of objects.
///
/// # Texts
///
/// Ids and texts are UTF-8. JSON can say what UTF-8 cannot, a lone surrogate (`"\ud800"`): the store
/// keeps it and writes it to JSON again, but it is read here as U+FFFD. An id that has one therefore
/// cannot be named here.
///
/// # Panics
///
/// No method panics by itself. If a closure panics, the transaction is ended first, as it is when a
/// callback throws in JavaScript; then the panic goes on, and the store can be used as before. See
/// [`Store::transaction`] for what is rolled back.
#[derive(Clone, Default)]
pub struct Store(pub(super) Rc<Inner>);

#[derive(Default)]
pub(super) struct Inner {
    core: RefCell<Core>,
    pub(super) listeners: RefCell<Listeners>,
    /// Gives the time, which only a mergeable store needs.
    get_now: Option<Box<dyn Fn() -> u64>>,
}

impl Store {
    /// An empty store.
    #[must_use]
    pub fn new() -> Store {
        Store::default()
    }

    /// A handle to a store of which there is the core.
    pub(super) fn with_core(core: Core, get_now: Box<dyn Fn() -> u64>) -> Store {
        Store(Rc::new(Inner {
            core: RefCell::new(core),
            listeners: RefCell::default(),
            get_now: Some(get_now),
        }))
    }

    /// Whether the store is a [`MergeableStore`](super::MergeableStore).
    #[must_use]
    pub fn is_mergeable(&self) -> bool {
        self.core().is_mergeable()
    }

    /// Tells the core the time, if it needs to know. It is the program's to give, so nothing is borrowed.
    pub(super) fn tick(&self) {
        if let Some(get_now) = &self.0.get_now {
            let now = get_now();
            self.core().set_now(now);
        }
    }

    /// The core. Whoever borrows it lets go of it before foreign code runs, so this never fails.
    pub(super) fn core(&self) -> RefMut<'_, Core> {
        self.0.core.borrow_mut()
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("tables", &self.get_table_ids())
            .field("values", &self.get_value_ids())
            .finish_non_exhaustive()
    }
}

/// The handle of an id, made if there is none.
pub(super) fn intern(core: &mut Core, id: &str) -> TextId {
    core.intern(id.as_bytes())
}

/// The handle of an id that the store has met.
pub(super) fn find(core: &Core, id: &str) -> Option<TextId> {
    core.find(id.as_bytes())
}

/// A text; lone surrogates as U+FFFD.
pub(super) fn text(core: &Core, id: TextId) -> String {
    utf8(core.text(id)).into_owned()
}

fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let character = |code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            Cow::Owned(wtf8::code_points(bytes).map(character).collect())
        }
    }
}

/// A cell on its way in. One that is not valid becomes one that the core rejects, and reports where
/// its turn comes.
pub(super) fn encode(core: &mut Core, cell: &Cell) -> CoreCell {
    match cell {
        Cell::Null => CoreCell::NULL,
        Cell::Bool(boolean) => CoreCell::boolean(*boolean),
        Cell::Number(number) => CoreCell::number_or_rejected(*number),
        Cell::Text(text) => {
            let id = core.cell_text(text.as_bytes());
            match cell.is_valid() {
                true => CoreCell::text(id),
                false => CoreCell::rejected_text(id),
            }
        }
        Cell::Json(json) => CoreCell::json(core.cell_text(json.as_str().as_bytes())),
    }
}

/// A cell on its way out, which may be one that was rejected; `None` if there is none.
pub(super) fn decode(core: &Core, cell: CoreCell) -> Option<Cell> {
    Some(match cell.kind() {
        CellKind::Absent => return None,
        CellKind::Null => Cell::Null,
        CellKind::Boolean(boolean) => Cell::Bool(boolean),
        CellKind::Number(number) => Cell::Number(number),
        CellKind::Text(id) => Cell::Text(text(core, id)),
        CellKind::Json(id) => Cell::Json(Json::from_store(text(core, id))),
        CellKind::Rejected => match cell.words() {
            (tag::REJECTED_TEXT, id) => Cell::Text(text(core, TextId(id))),
            (tag::REJECTED, _) => Cell::Number(f64::NAN),
            (high, low) => Cell::Number(f64::from_bits(u64::from(high) << 32 | u64::from(low))),
        },
    })
}
