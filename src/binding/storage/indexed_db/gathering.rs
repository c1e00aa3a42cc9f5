//! Gathering into pages what saves have left apart from them.

use web_sys::IdbTransactionMode;

use super::connection::Connection;
use super::fault::Fault;
use super::layout::{Meta, Pages, Replaces, new_revision};
use super::records::read_rows;
use super::requests::{Transaction, result_of, write};
use crate::persister::records::{History, Step, gather};

/// The state that gathering has led to.
pub(super) struct Gathered {
    pub(super) revision: u64,
    pub(super) pages: Pages,
    pub(super) history: History,
}

/// Write all rows to new pages, provided that the state is that of `revision`; `None` if it is another one.
pub(super) async fn gather_rows(
    connection: &Connection,
    revision: u64,
) -> Result<Option<Gathered>, Fault> {
    let transaction = connection.transaction(IdbTransactionMode::Readwrite)?;
    let Some(meta) = read_meta(&transaction, revision).await? else {
        return Ok(None);
    };
    let texts = read_rows(&transaction).await?;
    let writes = gather(&texts).map_err(|_| Fault::Unreadable)?;
    drop(texts);
    let new = new_revision();
    let gathered = Meta {
        revision: new,
        next: meta.next,
        pages: Pages {
            count: writes.page_count.unwrap_or_default(),
            written_by: new,
        },
        version: meta.version,
        history: meta.history.and(Step::of_nothing(revision)),
    };
    gathered.write(&transaction.meta, Replaces::State(revision))?;
    write(&transaction, writes)?;
    transaction.commit(false).await?;
    Ok(Some(Gathered {
        revision: new,
        pages: gathered.pages,
        history: gathered.history,
    }))
}

async fn read_meta(transaction: &Transaction, revision: u64) -> Result<Option<Meta>, Fault> {
    let meta = Meta::read(&result_of(transaction.meta.get_all()?).await?)?;
    Ok(meta.filter(|meta| meta.revision == revision))
}
