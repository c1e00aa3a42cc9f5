//! JSON in and out.

use super::error::Error;
use super::handle::Store;
use crate::store::Store as Core;
use crate::store::json::{Whole, read};

impl Store {
    /// The tables as JSON. An object or array in a cell is a text in it: U+FFFD followed by its JSON.
    #[must_use]
    pub fn get_tables_json(&self) -> String {
        self.json(Core::write_tables_json)
    }

    /// The values as JSON; see [`Store::get_tables_json`] for objects and arrays.
    #[must_use]
    pub fn get_values_json(&self) -> String {
        self.json(|core, out| core.write_values_json(out))
    }

    /// The content as JSON, `[tables, values]`; see [`Store::get_tables_json`] for objects and arrays.
    #[must_use]
    pub fn get_json(&self) -> String {
        self.json(Core::write_json)
    }

    /// Replaces all tables from JSON. `{}` deletes them; what is no object leaves them as they are.
    ///
    /// # Errors
    /// If the text is no JSON; then nothing happens.
    pub fn set_tables_json(&self, json: &str) -> Result<&Self, Error> {
        self.set_from_json(Whole::Tables, json)
    }

    /// Replaces all values from JSON. `{}` deletes them; what is no object leaves them as they are.
    ///
    /// # Errors
    /// If the text is no JSON; then nothing happens.
    pub fn set_values_json(&self, json: &str) -> Result<&Self, Error> {
        self.set_from_json(Whole::Values, json)
    }

    /// Replaces the content from JSON, `[tables, values]` or only tables.
    ///
    /// # Errors
    /// If the text is no JSON; then nothing happens.
    ///
    /// ```
    /// # use cellarium::{Error, Store};
    /// let store = Store::new();
    /// store.set_json(r#"[{"pets": {"fido": {"species": "dog"}}}, {"open": true}]"#)?;
    /// assert!(store.has_cell("pets", "fido", "species") && store.has_value("open"));
    /// assert_eq!(store.set_json("[{").err(), Some(Error::MalformedJson { offset: 2 }));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn set_json(&self, json: &str) -> Result<&Self, Error> {
        self.set_from_json(Whole::Content, json)
    }

    pub(super) fn json(&self, write: impl FnOnce(&mut Core, &mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut self.core(), &mut out);
        // Lone surrogates are escapes in it, so it is UTF-8.
        String::from_utf8(out).unwrap_or_default()
    }

    fn set_from_json(&self, whole: Whole, json: &str) -> Result<&Self, Error> {
        let mut core = self.core();
        if core.is_locked() {
            return Ok(self);
        }
        let content = read(&mut core, whole, json.as_bytes())?;
        drop(core);
        Ok(self.write(|core| core.set_content(content)))
    }
}
