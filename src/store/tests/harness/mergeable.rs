//! What the driver does with mergeable stores: contents and changes cross as JSON.

use super::Driver;
use crate::store::hash::text_hash;
use crate::store::hlc::client;
use crate::store::{Error, MergeableForm, Store, read_mergeable};

impl Driver {
    /// An empty mergeable store of that unique id, at the time 1000.
    pub fn mergeable(unique_id: &str) -> Driver {
        let mut store = Store::new_mergeable(client(text_hash(unique_id.as_bytes())));
        store.set_now(1000);
        Driver {
            store,
            ..Driver::default()
        }
    }

    /// What a writer of JSON writes.
    pub fn written(&mut self, write: impl FnOnce(&mut Store, &mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut self.store, &mut out);
        String::from_utf8(out).unwrap()
    }

    /// The mergeable content.
    pub fn stamps(&mut self) -> String {
        self.written(|store, out| store.write_mergeable(true, out))
    }

    /// The hashes of the tables and of the values.
    pub fn hashes(&mut self) -> String {
        self.written(Store::write_content_hashes)
    }

    /// The mergeable changes of the transaction so far.
    pub fn stamped_changes(&mut self) -> String {
        self.written(|store, out| store.write_mergeable_changes(false, true, out))
    }

    /// Merges content or changes.
    pub fn merge(&mut self, text: &str) -> Result<(), Error> {
        let incoming = read_mergeable(&mut self.store, MergeableForm::Changes, text.as_bytes())?;
        self.together(|driver| driver.store.merge(incoming));
        Ok(())
    }

    /// Sets the mergeable content.
    pub fn set_mergeable(&mut self, text: &str) -> Result<(), Error> {
        let incoming = read_mergeable(&mut self.store, MergeableForm::Content, text.as_bytes())?;
        self.together(|driver| driver.store.set_mergeable(incoming));
        Ok(())
    }
}
