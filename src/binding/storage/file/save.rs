//! Saving: appending edits to the log, or writing the snapshot.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::JsValue;

use super::files::Files;
use super::news::News;
use super::web_files::utf8;
use super::{FileStorage, Seen, Stored};
use crate::binding::persister_error::{other_version, storage_error};
use crate::binding::persister_functions::StoreFunctions;
use crate::binding::storage::{NO_EDITS, Save};
use crate::persister::log::{HEADER_LENGTH, Snapshot, compacted, entry, header};

/// A snapshot of no more bytes than this is written anew at every save, which costs no more than
/// appending to a log.
const SMALL: u64 = 1 << 16;

/// No log grows longer than this: browsers copy a file to append to it.
const LONGEST_LOG: u64 = 1 << 19;

/// How long the log of a snapshot may be.
fn longest_log(files: &Files, snapshot: Snapshot) -> u64 {
    match snapshot.size() {
        size if size > SMALL && files.have_siblings() => LONGEST_LOG.min(size / 4),
        _ => 0,
    }
}

impl FileStorage {
    /// See [`super::BuiltIn::save`].
    pub(super) async fn save_now(&self, save: Save) -> Result<(), JsValue> {
        let files = self.files().await?;
        let lock = files.lock(true).await?;
        let result = match save.edits {
            Some(edits) => {
                let edits = String::from(&edits);
                match self.append(&files, &save.store, edits).await? {
                    Ok(()) => Ok(()),
                    // Nothing is there to which edits could be appended.
                    Err(error) => self.write_all(&files, &save.store, error, None).await,
                }
            }
            None => {
                let (others, error) = self.look_before_overwriting(&files).await?;
                let is_merged = others.is_some() && save.store.merged_json().is_some();
                let written = self.write_all(&files, &save.store, error, others).await;
                if is_merged && written.is_ok() {
                    // The store does not have yet what it was merged with.
                    self.announce(News::All);
                }
                written
            }
        };
        drop(lock);
        if let Some(channel) = self.channel(&files) {
            channel.post(&JsValue::TRUE);
        }
        result
    }

    /// What is overwritten unseen may be something that cannot be read, and is then set aside. Gives
    /// what others have written, and the error that says so.
    async fn look_before_overwriting(
        &self,
        files: &Files,
    ) -> Result<(Option<Vec<u8>>, Option<JsValue>), JsValue> {
        if let Some(seen) = self.seen.get()
            && files.stamp().await? == seen.stamp
        {
            return Ok((None, None));
        }
        Ok(match self.read(files).await? {
            Stored::Content(bytes) => (Some(bytes), None),
            stored => (None, stored.news()),
        })
    }

    /// Write the store's content, over what others may have written; then give the error that made it
    /// necessary, if one did.
    async fn write_all(
        &self,
        files: &Files,
        store: &StoreFunctions,
        error: Option<JsValue>,
        others: Option<Vec<u8>>,
    ) -> Result<(), JsValue> {
        let others = others.map(|bytes| String::from_utf8_lossy(&bytes).as_ref().into());
        let bytes = utf8(&store.json_over(async || Ok(others)).await?);
        self.write_snapshot(files, &bytes).await?;
        error.map_or(Ok(()), Err)
    }

    async fn write_snapshot(&self, files: &Files, bytes: &[u8]) -> Result<(), JsValue> {
        let snapshot = Snapshot::of(bytes);
        self.seen.set(None);
        let stamp = files.write_snapshot(&Uint8Array::from(bytes)).await?;
        let mut seen = Seen {
            snapshot,
            stamp,
            log: None,
            version: self.version_of(bytes),
        };
        self.seen.set(Some(seen));
        if longest_log(files, snapshot) > 0 {
            // It says, too, that the snapshot is this library's, and need not be checked.
            let (bytes, end) = header(snapshot);
            files.append_to_log(0, &bytes).await?;
            seen.log = Some(end);
            self.seen.set(Some(seen));
        }
        Ok(())
    }

    /// Append edits to the log, or write the snapshot anew with them. An inner error, or none, if
    /// there is nothing to append to.
    async fn append(
        &self,
        files: &Files,
        store: &StoreFunctions,
        edits: String,
    ) -> Result<Result<(), Option<JsValue>>, JsValue> {
        let mut news = self.news(files).await?;
        if let News::All = news
            && let Some(error) = self.read(files).await?.news()
        {
            return Ok(Err(Some(error)));
        }
        let Some(seen) = self.seen.get() else {
            return Ok(Err(None));
        };
        if self.has_other_version(seen) {
            if self.is_behind.get() {
                self.announce(News::All);
                let own = self.version.unwrap_or_default();
                return Err(other_version(seen.version, own));
            }
            // What was loaded was migrated, all of it.
            return Ok(Err(None));
        }
        let written = self.write_edits(files, store, seen, &edits).await;
        if let News::Edits(others) = &mut news
            && !others.is_empty()
            && written.is_ok()
        {
            // Those of this save come after theirs, in the store as in the log.
            others.push(edits);
        }
        self.announce(news);
        written.map(Ok)
    }

    async fn write_edits(
        &self,
        files: &Files,
        store: &StoreFunctions,
        mut seen: Seen,
        edits: &str,
    ) -> Result<(), JsValue> {
        let (mut bytes, length, end) = match seen.log {
            Some(end) => (Vec::new(), end.length, end),
            None => {
                let (bytes, end) = header(seen.snapshot);
                (bytes, 0, end)
            }
        };
        if edits == NO_EDITS {
            // Whoever saves what is saved already wants it in the snapshot.
            return match end.length > HEADER_LENGTH as u64 {
                true => self.compact(files, store, edits).await,
                false => Ok(()),
            };
        }
        match entry(end, edits.as_bytes()) {
            Some((entry, end)) if end.length <= longest_log(files, seen.snapshot) => {
                bytes.extend(entry);
                files.append_to_log(length, &bytes).await?;
                seen.log = Some(end);
                self.seen.set(Some(seen));
                Ok(())
            }
            _ => self.compact(files, store, edits).await,
        }
    }

    /// Write the snapshot anew, with what the log holds, and edits.
    async fn compact(
        &self,
        files: &Files,
        store: &StoreFunctions,
        edits: &str,
    ) -> Result<(), JsValue> {
        if !self.is_behind.get() {
            return self.write_all(files, store, None, None).await;
        }
        let (snapshot, _) = files.read_snapshot().await?;
        let (log, _) = files.read_log(0).await?;
        let content = compacted(&snapshot, &log, edits.as_bytes()).map_err(|error| {
            let message = format!("the log cannot be compacted: {error}");
            storage_error(&message, "storage-failed", &JsValue::UNDEFINED)
        })?;
        self.write_snapshot(files, &content).await
    }
}
