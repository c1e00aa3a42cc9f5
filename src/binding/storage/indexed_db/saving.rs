//! Saving in one transaction: everything, or only what was edited.

use std::future::ready;

use web_sys::IdbTransactionMode;

use super::connection::Connection;
use super::fault::Fault;
use super::layout::{Meta, Replaces, new_revision};
use super::records::{MOST, read_rows, read_some_rows, read_values};
use super::requests::{Transaction, result_of, write};
use super::step::InStep;
use crate::binding::persister_error::other_version;
use crate::binding::persister_functions::StoreFunctions;
use crate::persister::LocalFuture;
use crate::persister::records::{
    Edits, History, Piece, Step, Stored, merge, split, write_all, write_edited,
};

/// A save that has been handed to the browser.
pub(super) struct Begun {
    pub(super) end: LocalFuture<Result<(), Fault>>,
    pub(super) after: After,
}

impl Begun {
    /// A save of no edits.
    pub(super) fn nothing() -> Self {
        Self {
            end: Box::pin(ready(Ok(()))),
            after: After::Same,
        }
    }
}

/// What is known once a save has succeeded.
pub(super) enum After {
    /// All of this.
    All(InStep),
    /// From one state to the next.
    Next {
        from: u64,
        to: u64,
        history: History,
    },
    /// The store is in step with no more than it was before.
    Same,
}

fn malformed() -> Fault {
    let error = js_sys::Error::new("The store gave what is no content");
    Fault::of(error.into())
}

/// Replace everything by the store's content, provided that the state is the one to be replaced.
pub(super) fn save_all(
    connection: &Connection,
    store: &StoreFunctions,
    version: Option<u64>,
    replaces: Replaces,
) -> Result<Begun, Fault> {
    let transaction = connection.transaction(IdbTransactionMode::Readwrite)?;
    let step = replace(&transaction, store, version, replaces)?;
    Ok(Begun {
        end: transaction.commit(connection.undoes()),
        after: After::All(step),
    })
}

fn replace(
    transaction: &Transaction,
    store: &StoreFunctions,
    version: Option<u64>,
    replaces: Replaces,
) -> Result<InStep, Fault> {
    let text = content_of(store, version)?;
    let (writes, book) = write_all(&split(&text).map_err(|_| malformed())?);
    let meta = Meta::of_all(&writes, &book, version);
    // First, so that nothing is written in vain.
    meta.write(&transaction.meta, replaces)?;
    transaction.values.clear()?;
    write(transaction, writes)?;
    Ok(InStep {
        revision: meta.revision,
        history: meta.history,
        pages: meta.pages,
        version,
        book,
    })
}

/// Write what was edited, provided that the state is the one that the store is in step with. `is_alone` tells
/// that nobody else uses the database, so that nobody can have saved meanwhile.
pub(super) fn save_edited(
    connection: &Connection,
    store: &StoreFunctions,
    edits: &str,
    step: &mut InStep,
    is_alone: bool,
) -> Result<Begun, Fault> {
    let whole = String::from(store.edited_rows_text().map_err(Fault::Other)?);
    let whole = split(&whole).map_err(|_| malformed())?;
    let edits = Edits::read(edits).map_err(|_| malformed())?;
    let transaction = connection.transaction(IdbTransactionMode::Readwrite)?;
    let writes = write_edited(&edits, &whole, &mut step.book);
    let meta = Meta {
        revision: new_revision(),
        next: step.book.next(),
        pages: step.pages,
        version: step.version,
        history: step.history.clone().and(Step::new(step.revision, &edits)),
    };
    // Half of one record is never written, whatever the browser does.
    let now = connection.undoes() || is_alone && writes.count() <= 1;
    meta.write(&transaction.meta, Replaces::State(step.revision))?;
    write(&transaction, writes)?;
    Ok(Begun {
        end: transaction.commit(now),
        after: After::Next {
            from: step.revision,
            to: meta.revision,
            history: meta.history,
        },
    })
}

/// The JSON text of the store's content, without the version that comes with it.
fn content_of(store: &StoreFunctions, version: Option<u64>) -> Result<String, Fault> {
    let mut text = String::from(store.get_encoded_json().map_err(Fault::Other)?);
    if let Some(version) = version
        && let Some(content) = text.strip_suffix(&with_version("", version))
    {
        text.truncate(content.len());
        text.push(']');
    }
    Ok(text)
}

/// The JSON text of a content with its version.
pub(super) fn with_version(content: &str, version: u64) -> String {
    let content = content.strip_suffix(']').unwrap_or(content);
    format!(r#"{content},{{"version":{version}}}]"#)
}

/// The store's whole content as edits.
pub(super) fn all_as_edits(store: &StoreFunctions, version: Option<u64>) -> Result<String, Fault> {
    let mut text = content_of(store, version)?;
    // Before the last bracket.
    text.pop();
    text.push_str(",[]]");
    Ok(text)
}

/// Lay the edits over what is stored, whatever it is; if that is nothing, write everything.
pub(super) async fn save_merged(
    connection: &Connection,
    store: &StoreFunctions,
    version: Option<u64>,
    edits: &str,
) -> Result<Begun, Fault> {
    let edits = Edits::read(edits).map_err(|_| malformed())?;
    let transaction = connection.transaction(IdbTransactionMode::Readwrite)?;
    let meta = Meta::read(&result_of(transaction.meta.get_all()?).await?)?;
    let Some(meta) = meta else {
        let step = replace(&transaction, store, version, Replaces::Nothing)?;
        return Ok(Begun {
            end: transaction.commit(connection.undoes()),
            after: After::All(step),
        });
    };
    if let Some(own) = version
        && meta.version.unwrap_or_default() != own
    {
        // Contents of different versions cannot be mixed: what is stored has to be loaded first.
        let stored = meta.version.unwrap_or_default();
        return Err(Fault::Other(other_version(stored, own)));
    }
    let ids = edits.rows();
    let values: Vec<Piece<'_>> = edits.set.values.iter().map(|value| value.id).collect();
    let values = read_values(&transaction, &values).await?;
    let values: Vec<String> = values.into_iter().flatten().collect();
    let mut is_all = ids.len() > MOST;
    let (writes, book) = loop {
        let mut texts = if is_all {
            read_rows(&transaction).await?
        } else {
            read_some_rows(&transaction, meta.pages, &ids).await?
        };
        texts.values = values.join("\n");
        let next = meta.next;
        let stored = Stored {
            texts,
            is_all,
            next,
        };
        if let Some(merged) = merge(&edits, &stored).map_err(|_| Fault::Unreadable)? {
            break merged;
        }
        is_all = true;
    };
    let next = Meta {
        revision: new_revision(),
        next: book.next(),
        pages: meta.pages,
        version: meta.version,
        history: meta.history.clone().and(Step::new(meta.revision, &edits)),
    };
    next.write(&transaction.meta, Replaces::State(meta.revision))?;
    write(&transaction, writes)?;
    Ok(Begun {
        end: transaction.commit(false),
        after: After::Same,
    })
}
