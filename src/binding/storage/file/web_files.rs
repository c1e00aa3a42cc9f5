//! Files as the browser gives them: `web_sys`'s, but what a browser lacks is an error and no more.

use js_sys::{ArrayBuffer, Function, JsString, Object, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::DomException;

#[wasm_bindgen]
extern "C" {
    /// A handle of a file, which the app gives or a directory.
    #[wasm_bindgen(typescript_type = "FileSystemFileHandle")]
    #[derive(Clone)]
    pub type FileHandle;
    #[wasm_bindgen(method, catch, getter)]
    pub(super) fn name(this: &FileHandle) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &FileHandle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn create_writable(this: &FileHandle, options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createSyncAccessHandle)]
    fn create_sync_access_handle(this: &FileHandle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = move)]
    fn move_to(
        this: &FileHandle,
        directory: &DirectoryHandle,
        name: &str,
    ) -> Result<Promise, JsValue>;

    // What a file of Node's has beyond those (`src/facade/node-file.ts`).
    #[wasm_bindgen(method, catch, js_name = lock)]
    fn lock_file(this: &FileHandle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setAside)]
    fn copy_beside(this: &FileHandle, bytes: &Uint8Array, ending: &str)
    -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = watch)]
    fn watch_file(this: &FileHandle, listener: &Function) -> Result<Promise, JsValue>;

    /// What writes in place for a window, which cannot (`src/facade/file-writer.ts`).
    #[wasm_bindgen(typescript_type = "{\
        write: (handle: FileSystemFileHandle, length: number, bytes: Uint8Array) => Promise<boolean>, \
        end: () => void}")]
    pub type FileWriter;
    #[wasm_bindgen(method, catch)]
    fn write(
        this: &FileWriter,
        handle: &FileHandle,
        length: f64,
        bytes: &Uint8Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn end(this: &FileWriter);

    /// A `FileSystemDirectoryHandle`.
    #[derive(Clone)]
    pub type DirectoryHandle;
    #[wasm_bindgen(method, catch, js_name = getDirectoryHandle)]
    fn get_directory_handle(this: &DirectoryHandle, name: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    fn get_file_handle(
        this: &DirectoryHandle,
        name: &JsValue,
        options: &JsValue,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn resolve(this: &DirectoryHandle, handle: &FileHandle) -> Result<Promise, JsValue>;

    /// A `File`, or part of one.
    pub type File;
    #[wasm_bindgen(method, getter)]
    pub fn size(this: &File) -> f64;
    #[wasm_bindgen(method, getter, js_name = lastModified)]
    pub fn last_modified(this: &File) -> f64;
    #[wasm_bindgen(method, catch)]
    fn slice(this: &File, from: f64) -> Result<File, JsValue>;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &File) -> Result<Promise, JsValue>;

    /// A `FileSystemWritableFileStream`. The file stays as it is until the stream is closed.
    type Writable;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Writable, data: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn truncate(this: &Writable, size: f64) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Writable) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &Writable) -> Result<Promise, JsValue>;

    /// A `FileSystemSyncAccessHandle`, which dedicated workers alone have. It writes in place.
    type SyncAccess;
    #[wasm_bindgen(method, catch)]
    fn write(this: &SyncAccess, bytes: &Uint8Array, options: &JsValue) -> Result<f64, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn truncate(this: &SyncAccess, size: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn flush(this: &SyncAccess) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &SyncAccess);

    // With a string that does not cross.
    type TextEncoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;
    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsString) -> Uint8Array;
}

/// The UTF-8 bytes of a text.
pub fn utf8(text: &JsString) -> Vec<u8> {
    TextEncoder::new().encode(text).to_vec()
}

async fn settled<T: JsCast>(promise: Result<Promise, JsValue>) -> Result<T, JsValue> {
    JsFuture::from(promise?).await.map(JsCast::unchecked_into)
}

/// An object of one property.
fn option(name: &str, value: &JsValue) -> JsValue {
    let options = Object::new();
    // Setting a property of an object made just now cannot fail.
    drop(Reflect::set(&options, &name.into(), value));
    options.into()
}

/// The name of an error of the browser, such as `NotFoundError`.
pub fn error_name(error: &JsValue) -> String {
    let text = |name: &str| Reflect::get(error, &name.into()).ok()?.as_string();
    text("code").or_else(|| text("name")).unwrap_or_default()
}

/// Whether an error says that there is no such file.
pub fn is_not_found(error: &JsValue) -> bool {
    matches!(error_name(error).as_str(), "NotFoundError" | "ENOENT")
}

/// `None` in place of the error that there is no such file or directory.
fn if_found<T>(result: Result<T, JsValue>) -> Result<Option<T>, JsValue> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_not_found(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

impl FileHandle {
    fn has(&self, method: &str) -> bool {
        Reflect::get(self, &method.into()).is_ok_and(|method| method.is_function())
    }

    /// Whether streams can be written, which replace a file as a whole when they are closed.
    pub fn has_streams(&self) -> bool {
        self.has("createWritable")
    }

    /// Whether files can be moved over others.
    pub fn can_be_moved(&self) -> bool {
        self.has("move")
    }

    /// Whether files can be written in place, here and now.
    pub fn can_be_written_in_place(&self) -> bool {
        self.has("createSyncAccessHandle")
    }

    /// Whether this is a file of Node's.
    pub fn is_of_node(&self) -> bool {
        self.has("setAside")
    }

    /// Keep other processes from writing a file of Node's. Gives what ends that.
    pub async fn lock(&self) -> Result<Function, JsValue> {
        settled(self.lock_file()).await
    }

    /// Copy bytes to a new file beside one of Node's. Gives its path.
    pub async fn set_aside(&self, bytes: &Uint8Array, ending: &str) -> Result<String, JsValue> {
        let path: JsValue = settled(self.copy_beside(bytes, ending)).await?;
        Ok(path.as_string().unwrap_or_default())
    }

    /// Have a function called whenever a file of Node's may have changed. Gives what ends that.
    pub async fn watch(&self, listener: &Function) -> Result<Function, JsValue> {
        settled(self.watch_file(listener)).await
    }

    /// The file as it is now; `None` if there is none.
    pub async fn file(&self) -> Result<Option<File>, JsValue> {
        if_found(settled(self.get_file()).await)
    }

    /// Replace the file's bytes, all at once.
    pub async fn replace(&self, bytes: &Uint8Array) -> Result<(), JsValue> {
        let writable: Writable = settled(self.create_writable(&JsValue::UNDEFINED)).await?;
        finish(&writable, settled(writable.write(bytes)).await).await
    }

    /// Replace what follows the first `length` bytes, all at once.
    pub async fn append(&self, length: f64, bytes: &Uint8Array) -> Result<(), JsValue> {
        let options = option("keepExistingData", &true.into());
        let writable: Writable = settled(self.create_writable(&options)).await?;
        let written = async {
            settled::<JsValue>(writable.truncate(length)).await?;
            let write = option("type", &"write".into());
            Reflect::set(&write, &"position".into(), &length.into())?;
            Reflect::set(&write, &"data".into(), bytes)?;
            settled(writable.write(&write)).await
        };
        finish(&writable, written.await).await
    }

    /// As [`FileHandle::write_in_place`], but by a worker; whether there is one.
    pub async fn write_by(
        &self,
        writer: &FileWriter,
        length: f64,
        bytes: &Uint8Array,
    ) -> Result<bool, JsValue> {
        let written: JsValue = settled(writer.write(self, length, bytes)).await?;
        Ok(written.is_truthy())
    }

    /// As [`FileHandle::append`], but what interrupts it may leave part of the bytes. It is several times
    /// faster, and only dedicated workers can do it.
    pub async fn write_in_place(&self, length: f64, bytes: &Uint8Array) -> Result<(), JsValue> {
        let access: SyncAccess = settled(self.create_sync_access_handle()).await?;
        let write = || {
            access.truncate(length)?;
            let mut at = 0;
            while at < bytes.length() {
                let options = option("at", &(length + f64::from(at)).into());
                let written = access.write(&bytes.subarray(at, bytes.length()), &options)?;
                if written < 1.0 {
                    return Err(full());
                }
                at += written as u32;
            }
            access.flush()
        };
        let written = write();
        access.close();
        written
    }

    /// Move the file over another one.
    pub async fn replace_other(
        &self,
        directory: &DirectoryHandle,
        name: &str,
    ) -> Result<(), JsValue> {
        settled(self.move_to(directory, name))
            .await
            .map(|_: JsValue| ())
    }
}

/// What a stream says when there is no room; writing in place says so by writing less.
fn full() -> JsValue {
    let message = "not all bytes were written";
    match DomException::new_with_message_and_name(message, "QuotaExceededError") {
        Ok(error) => error.into(),
        Err(error) => error,
    }
}

/// Let what was written take effect, unless it failed.
async fn finish(writable: &Writable, written: Result<JsValue, JsValue>) -> Result<(), JsValue> {
    match written {
        Ok(_) => settled::<JsValue>(writable.close()).await.map(drop),
        Err(error) => {
            // The error that made this necessary is the one to report.
            drop(settled::<JsValue>(writable.abort()).await);
            Err(error)
        }
    }
}

impl File {
    /// The bytes from a position on.
    pub async fn bytes(&self, from: u64) -> Result<Vec<u8>, JsValue> {
        let part = match from {
            0 => settled::<ArrayBuffer>(self.array_buffer()).await?,
            from => settled(self.slice(from as f64)?.array_buffer()).await?,
        };
        Ok(Uint8Array::new(&part).to_vec())
    }
}

impl DirectoryHandle {
    /// The root of the origin private file system; `None` if the browser has none.
    pub async fn root() -> Result<Option<DirectoryHandle>, JsValue> {
        let Ok(storage) = Reflect::get(&global(), &"navigator".into())
            .and_then(|navigator| Reflect::get(&navigator, &"storage".into()))
        else {
            return Ok(None);
        };
        let get = match Reflect::get(&storage, &"getDirectory".into()) {
            Ok(get) if get.is_function() => get.unchecked_into::<Function>(),
            _ => return Ok(None),
        };
        let promise = get.call0(&storage).map(JsCast::unchecked_into);
        settled(promise).await.map(Some)
    }

    /// The names that lead from here to a file; `None` if it is elsewhere.
    pub async fn path_to(&self, handle: &FileHandle) -> Result<Option<Vec<JsString>>, JsValue> {
        let path: JsValue = settled(self.resolve(handle)).await?;
        Ok(path.dyn_into::<js_sys::Array>().ok().map(|names| {
            let names = names.iter();
            names.filter_map(|name| name.dyn_into().ok()).collect()
        }))
    }

    /// A directory in this one.
    pub async fn directory(&self, name: &JsString) -> Result<DirectoryHandle, JsValue> {
        settled(self.get_directory_handle(name)).await
    }

    /// A file in this directory, made if there is none.
    pub async fn file(&self, name: &str) -> Result<FileHandle, JsValue> {
        settled(self.get_file_handle(&name.into(), &option("create", &true.into()))).await
    }

    /// A file in this directory, if there is one.
    pub async fn find_file(&self, name: &str) -> Result<Option<FileHandle>, JsValue> {
        if_found(settled(self.get_file_handle(&name.into(), &JsValue::UNDEFINED)).await)
    }
}
