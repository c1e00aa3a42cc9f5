//! The files of one store: the snapshot, the log beside it, and copies of what could not be read.

use js_sys::{Date, Uint8Array};
use wasm_bindgen::prelude::JsValue;

use super::KIND;
use super::lock::{Lock, lock};
use super::web_files::{DirectoryHandle, File, FileHandle, FileWriter, error_name};
use crate::binding::futures::timer;
use crate::binding::persister_error::{storage_error, storage_unavailable};

/// The pauses before a file that someone else has in use is tried again, in milliseconds.
const PAUSES_MS: [u32; 8] = [5, 10, 20, 40, 80, 160, 320, 640];

/// The end of the log's name.
const LOG: &str = ".cellarium-log";

/// The end of the name of a file that is about to take another's place.
const NEW: &str = ".cellarium-new";

/// Where the files are.
pub struct Files {
    handle: FileHandle,
    name: String,
    /// What the lock and the channel are called.
    path: String,
    /// Where the file's siblings are; `None` if it is not in the origin private file system, as one
    /// that the user has picked is not.
    directory: Option<DirectoryHandle>,
    writer: Option<Writer>,
}

/// What writes in place for a window; dropping it ends it.
struct Writer(FileWriter);

impl Drop for Writer {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// When a snapshot was written, as far as the browser tells without reading it.
#[derive(Clone, Copy, PartialEq)]
pub struct Stamp {
    size: f64,
    last_modified: f64,
}

impl Files {
    /// Find out where a file is.
    ///
    /// # Errors
    /// If the browser has no such files, or cannot replace them as a whole.
    pub async fn find(handle: &FileHandle, writer: Option<FileWriter>) -> Result<Self, JsValue> {
        let found = Self::resolve(handle).await;
        let mut files = found.map_err(|cause| storage_unavailable("this file", &cause))?;
        files.writer = writer.map(Writer);
        let can_replace =
            handle.has_streams() || files.directory.is_some() && handle.can_be_moved();
        if !can_replace {
            return Err(no_streams());
        }
        Ok(files)
    }

    async fn resolve(handle: &FileHandle) -> Result<Self, JsValue> {
        let name = handle.name()?.as_string().unwrap_or_default();
        let mut files = Self {
            handle: handle.clone(),
            path: name.clone(),
            name,
            directory: None,
            writer: None,
        };
        let Some(mut directory) = DirectoryHandle::root().await? else {
            return Ok(files);
        };
        if let Some(path) = directory.path_to(handle).await? {
            if let Some((_, directories)) = path.split_last() {
                for name in directories {
                    directory = directory.directory(name).await?;
                }
            }
            let names = path.iter().map(|name| format!("/{}", String::from(name)));
            files.path = names.collect();
            files.directory = Some(directory);
        }
        Ok(files)
    }

    /// Whether there can be a log.
    pub fn have_siblings(&self) -> bool {
        self.directory.is_some()
    }

    /// The file's path, or its name if it is elsewhere.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The handle that the app gave.
    pub fn handle(&self) -> &FileHandle {
        &self.handle
    }

    /// Have the files to oneself until the lock is dropped, for writing or only for reading.
    pub async fn lock(&self, writes: bool) -> Result<Lock, JsValue> {
        let locked = match self.handle.is_of_node() {
            // A reader sees the old file or the new one, and may be one who must not write.
            true if !writes => Ok(Lock::none()),
            true => self.handle.lock().await.map(Lock::ended_by),
            false => lock(&format!("cellarium:{KIND}:{}", self.path)).await,
        };
        locked.map_err(|cause| match error_name(&cause).as_str() {
            "TimeoutError" | "AbortError" | "EEXIST" => {
                let message = format!("someone else keeps {} locked", self.path);
                storage_error(&message, "storage-blocked", &cause)
            }
            _ => self.error(&cause),
        })
    }

    /// The snapshot's bytes and its stamp; none if there is no file.
    pub async fn read_snapshot(&self) -> Result<(Vec<u8>, Option<Stamp>), JsValue> {
        self.retry(async || match self.handle.file().await? {
            Some(file) => Ok((file.bytes(0).await?, Some(Stamp::of(&file)))),
            None => Ok((Vec::new(), None)),
        })
        .await
    }

    /// The snapshot's stamp; `None` if there is no file.
    pub async fn stamp(&self) -> Result<Option<Stamp>, JsValue> {
        self.retry(async || Ok(self.handle.file().await?.as_ref().map(Stamp::of)))
            .await
    }

    /// The log's bytes from a position on, none if there is no log; and whether it is that long.
    pub async fn read_log(&self, from: u64) -> Result<(Vec<u8>, bool), JsValue> {
        self.retry(async || {
            let handle = match &self.directory {
                Some(directory) => directory.find_file(&self.log_name()).await?,
                None => None,
            };
            let file = match handle {
                Some(handle) => handle.file().await?,
                None => None,
            };
            match file {
                Some(file) if file.size() > from as f64 => Ok((file.bytes(from).await?, true)),
                file => {
                    let size = file.map_or(0.0, |file| file.size());
                    Ok((Vec::new(), size >= from as f64))
                }
            }
        })
        .await
    }

    /// Replace the snapshot. Gives its stamp.
    pub async fn write_snapshot(&self, bytes: &Uint8Array) -> Result<Option<Stamp>, JsValue> {
        self.retry(async || match &self.directory {
            Some(directory) => self.replace_in(directory, &self.name, bytes).await,
            None => self.handle.replace(bytes).await,
        })
        .await?;
        self.stamp().await
    }

    /// Replace a file as a whole, which is made if there is none: by a stream, or by one written
    /// beside it.
    async fn replace_in(
        &self,
        directory: &DirectoryHandle,
        name: &str,
        bytes: &Uint8Array,
    ) -> Result<(), JsValue> {
        if self.handle.has_streams() {
            return directory.file(name).await?.replace(bytes).await;
        }
        let beside = directory.file(&format!("{name}{NEW}")).await?;
        if !self.write_in_place(&beside, 0.0, bytes).await? {
            return Err(no_streams());
        }
        beside.replace_other(directory, name).await
    }

    /// Replace what follows the first `length` bytes of a file of the directory, not at once; whether that
    /// is possible.
    async fn write_in_place(
        &self,
        file: &FileHandle,
        length: f64,
        bytes: &Uint8Array,
    ) -> Result<bool, JsValue> {
        if file.can_be_written_in_place() {
            return file.write_in_place(length, bytes).await.map(|()| true);
        }
        match &self.writer {
            Some(writer) => file.write_by(&writer.0, length, bytes).await,
            None => Ok(false),
        }
    }

    /// Replace what follows the first `length` bytes of the log.
    pub async fn append_to_log(&self, length: u64, bytes: &[u8]) -> Result<(), JsValue> {
        let Some(directory) = &self.directory else {
            return Ok(());
        };
        let bytes = Uint8Array::from(bytes);
        self.retry(async || {
            let name = self.log_name();
            match length {
                0 => self.replace_in(directory, &name, &bytes).await,
                length => {
                    let (file, length) = (directory.file(&name).await?, length as f64);
                    match self.write_in_place(&file, length, &bytes).await? {
                        true => Ok(()),
                        false => file.append(length, &bytes).await,
                    }
                }
            }
        })
        .await
    }

    /// Copy what cannot be read to a file beside it. Gives that file's path.
    pub async fn set_aside(&self, bytes: &[u8]) -> Result<String, JsValue> {
        let time = String::from(Date::new_0().to_iso_string()).replace(':', "-");
        let ending = format!(".unreadable-{time}");
        let bytes = Uint8Array::from(bytes);
        if self.handle.is_of_node() {
            let copied = self.handle.set_aside(&bytes, &ending).await;
            return copied.map_err(|error| self.error(&error));
        }
        let Some(directory) = &self.directory else {
            let message = format!(
                "{} cannot be read, and there is no place to set it aside",
                self.path
            );
            return Err(storage_error(
                &message,
                "storage-failed",
                &JsValue::UNDEFINED,
            ));
        };
        let name = format!("{}{ending}", self.name);
        self.retry(async || self.replace_in(directory, &name, &bytes).await)
            .await?;
        let folder = self.path.strip_suffix(&self.name).unwrap_or_default();
        Ok(format!("{folder}{name}"))
    }

    fn log_name(&self) -> String {
        format!("{}{LOG}", self.name)
    }

    /// Try something again as long as someone else has the file in use.
    async fn retry<T>(&self, action: impl AsyncFn() -> Result<T, JsValue>) -> Result<T, JsValue> {
        for pause in PAUSES_MS {
            match action().await {
                Err(error) if is_passing(&error) => timer(pause).await,
                Err(error) => return Err(self.error(&error)),
                Ok(done) => return Ok(done),
            }
        }
        action().await.map_err(|error| self.error(&error))
    }

    /// An error of the browser's, as one with a code.
    fn error(&self, cause: &JsValue) -> JsValue {
        let name = error_name(cause);
        let (what, code) = match name.as_str() {
            "QuotaExceededError" | "ENOSPC" | "EDQUOT" => {
                ("there is no room for", "quota-exceeded")
            }
            "NoModificationAllowedError" => ("someone else has in use", "storage-blocked"),
            "SecurityError" | "NotAllowedError" | "EACCES" | "EPERM" | "EROFS" => {
                ("it is forbidden to use", "storage-unavailable")
            }
            "storage-unavailable" => return cause.clone(),
            "NotSupportedError" => ("there is no way here to use", "storage-unavailable"),
            _ => ("something went wrong with", "storage-failed"),
        };
        storage_error(&format!("{what} {}: {name}", self.path), code, cause)
    }
}

/// The error of a file that cannot be replaced as a whole.
fn no_streams() -> JsValue {
    let missing = "createWritable, without which files are replaced by workers only,";
    storage_unavailable(missing, &JsValue::UNDEFINED)
}

/// Whether an error comes from someone else's using a file, or writing one that is being read, which
/// is the last of these in Firefox.
fn is_passing(error: &JsValue) -> bool {
    let name = error_name(error);
    matches!(
        name.as_str(),
        "NoModificationAllowedError" | "NotReadableError" | "AbortError"
    )
}

impl Stamp {
    fn of(file: &File) -> Self {
        Self {
            size: file.size(),
            last_modified: file.last_modified(),
        }
    }

    /// Whether the file was empty.
    pub fn is_empty(self) -> bool {
        self.size == 0.0
    }
}
