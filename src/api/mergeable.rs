//! Stores whose content can be merged with that of others.

use super::content::{Tables, Values};
use super::error::Error;
use super::handle::Store;
use crate::store::hash::text_hash;
use crate::store::hlc::client;
use crate::store::{MergeableForm, Store as Core, read_mergeable};
use std::ops::Deref;

/// A [`Store`] whose content can be merged with that of others: whoever gets the same changes, in
/// whatever order and however often, ends up with the same content.
///
/// ```
/// use cellarium::{Cell, MergeableStore};
/// use std::time::{SystemTime, UNIX_EPOCH};
///
/// let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64);
/// let phone = MergeableStore::new("phone", now);
/// let laptop = MergeableStore::new("laptop", now);
/// phone.set_cell("pets", "fido", "species", "dog");
/// laptop.set_cell("pets", "fido", "age", 4);
///
/// phone.merge(&laptop);
/// assert_eq!(phone.get_cell("pets", "fido", "age"), Some(Cell::from(4)));
/// assert_eq!(phone.get_mergeable_content_hashes(), laptop.get_mergeable_content_hashes());
/// ```
///
/// Each change of a cell or value gets a stamp, with the text of a hybrid logical clock (an HLC) that
/// says when it was made and by whom, and of two changes of the same cell the later one wins. Deletions
/// are changes, too, and leave a stamp behind. Hashes say where two stores differ, without sending all
/// that they hold.
///
/// It has all methods of a `Store`, which it is a handle to, and it is what listeners are given. What
/// one store tells another is JSON text here, in TinyBase's format, since it is made to be sent: a stamp
/// is `[thing, hlc, hash]`; without hashes it is `[thing, hlc]`, or `[thing]` if there is no HLC. In place
/// of what was deleted is the text U+FFFC, and an object or array in a cell is a text: U+FFFD followed by
/// its JSON.
#[derive(Clone, Debug)]
pub struct MergeableStore(Store);

impl Deref for MergeableStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.0
    }
}

impl MergeableStore {
    /// An empty store.
    ///
    /// No two stores that are merged may have the same `unique_id`. `get_now` gives the time, in
    /// milliseconds since 1970; it is asked before each write.
    #[must_use]
    pub fn new(unique_id: &str, get_now: impl Fn() -> u64 + 'static) -> MergeableStore {
        let core = Core::new_mergeable(client(text_hash(unique_id.as_bytes())));
        MergeableStore(Store::with_core(core, Box::new(get_now)))
    }

    /// Everything, with its stamps: `[tables, values]`.
    #[must_use]
    pub fn get_mergeable_content(&self) -> String {
        self.json(|core, out| core.write_mergeable(true, out))
    }

    /// The hash of all tables, and that of all values. Two stores with the same hashes hold the same.
    #[must_use]
    pub fn get_mergeable_content_hashes(&self) -> (u32, u32) {
        self.core().content_hashes()
    }

    /// The hash of each table, by table id.
    #[must_use]
    pub fn get_mergeable_table_hashes(&self) -> String {
        self.json(Core::write_table_hashes)
    }

    /// Given the hashes of another store's tables, the tables that it does not have, and the hashes
    /// here of those that differ: what the other one is to be asked about next.
    ///
    /// # Errors
    /// If the text is no JSON.
    pub fn get_mergeable_table_diff(&self, other_table_hashes: &str) -> Result<String, Error> {
        self.difference(other_table_hashes, Core::write_table_diff)
    }

    /// Given the hashes of another store's tables, the hash of each row here of those tables that
    /// differ.
    ///
    /// # Errors
    /// If the text is no JSON.
    pub fn get_mergeable_row_hashes(&self, other_table_hashes: &str) -> Result<String, Error> {
        self.difference(other_table_hashes, Core::write_row_hashes)
    }

    /// Given the hashes of another store's rows, the rows of these tables that it does not have, and
    /// the hashes here of those that differ.
    ///
    /// # Errors
    /// If the text is no JSON.
    pub fn get_mergeable_row_diff(&self, other_row_hashes: &str) -> Result<String, Error> {
        self.difference(other_row_hashes, Core::write_row_diff)
    }

    /// Given the hashes of another store's rows, the hash of each cell here of those rows that differ.
    ///
    /// # Errors
    /// If the text is no JSON.
    pub fn get_mergeable_cell_hashes(&self, other_row_hashes: &str) -> Result<String, Error> {
        self.difference(other_row_hashes, Core::write_cell_hashes)
    }

    /// Given the hashes of another store's cells, the cells of these rows that it does not have, or
    /// that differ.
    ///
    /// # Errors
    /// If the text is no JSON.
    pub fn get_mergeable_cell_diff(&self, other_cell_hashes: &str) -> Result<String, Error> {
        self.difference(other_cell_hashes, Core::write_cell_diff)
    }

    /// The hash of each value, by value id.
    #[must_use]
    pub fn get_mergeable_value_hashes(&self) -> String {
        self.json(Core::write_value_hashes)
    }

    /// Given the hashes of another store's values, the values that it does not have, or that differ.
    ///
    /// # Errors
    /// If the text is no JSON.
    pub fn get_mergeable_value_diff(&self, other_value_hashes: &str) -> Result<String, Error> {
        self.difference(other_value_hashes, Core::write_value_diff)
    }

    /// Sets everything to the content of another store.
    ///
    /// # Errors
    /// If the text is no such content, or has a stamp of more than five minutes from now; then nothing
    /// happens.
    pub fn set_mergeable_content(&self, mergeable_content: &str) -> Result<&Self, Error> {
        self.take(MergeableForm::Content, mergeable_content)
    }

    /// Sets everything, as [`Store::set_content`] does, but without HLCs: any change that anyone has
    /// made or will make wins.
    pub fn set_default_content(
        &self,
        tables: impl Into<Tables>,
        values: impl Into<Values>,
    ) -> &Self {
        let (tables, values) = (tables.into(), values.into());
        self.write(|core| {
            core.set_defaulting(true);
            super::writing::set_content(core, &tables, &values);
            core.set_defaulting(false);
        });
        self
    }

    /// The stamps of what the transaction so far has written to: `[tables, values, 1]`.
    #[must_use]
    pub fn get_transaction_mergeable_changes(&self, with_hashes: bool) -> String {
        self.json(|core, out| core.write_mergeable_changes(with_hashes, false, out))
    }

    /// Merges changes, or the whole content, of another store: of each cell and value the later change
    /// wins.
    ///
    /// # Errors
    /// If the text is neither, or has a stamp of more than five minutes from now; then nothing happens.
    ///
    /// ```
    /// # use cellarium::{Error, MergeableStore};
    /// let (here, there) = (MergeableStore::new("here", || 1000), MergeableStore::new("there", || 1000));
    /// let sent = here.transaction(|_| {
    ///     here.set_cell("pets", "fido", "species", "dog");
    ///     here.get_transaction_mergeable_changes(false)
    /// });
    /// there.apply_mergeable_changes(&sent.unwrap_or_default())?;
    /// assert!(there.has_cell("pets", "fido", "species"));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn apply_mergeable_changes(&self, mergeable_changes: &str) -> Result<&Self, Error> {
        self.take(MergeableForm::Changes, mergeable_changes)
    }

    /// Merges another store's content and this one's, after which both hold the same.
    pub fn merge(&self, other: &MergeableStore) -> &Self {
        let (mine, theirs) = (self.get_mergeable_content(), other.get_mergeable_content());
        // What a store has written can be read, unless its clock is far ahead: then nothing happens.
        other.apply_mergeable_changes(&mine).ok();
        self.apply_mergeable_changes(&theirs).ok();
        self
    }

    fn difference(
        &self,
        other: &str,
        write: impl FnOnce(&mut Core, &[u8], &mut Vec<u8>) -> Result<(), crate::store::Error>,
    ) -> Result<String, Error> {
        let mut result = Ok(());
        let json = self.json(|core, out| result = write(core, other.as_bytes(), out));
        Ok(result.map(|()| json)?)
    }

    fn take(&self, form: MergeableForm, text: &str) -> Result<&Self, Error> {
        self.tick();
        let mut core = self.core();
        if core.is_locked() {
            return Ok(self);
        }
        let incoming = read_mergeable(&mut core, form, text.as_bytes())?;
        drop(core);
        self.write(|core| match form {
            MergeableForm::Content => core.set_mergeable(incoming),
            MergeableForm::Changes => core.merge(incoming),
        });
        Ok(self)
    }
}
