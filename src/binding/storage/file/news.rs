//! What others have stored: finding it and passing it on.

use wasm_bindgen::prelude::JsValue;

use super::FileStorage;
use super::files::{Files, Stamp};
use crate::binding::storage::edits::changes_of;
use crate::persister::Update;
use crate::persister::log::{HEADER_LENGTH, Rest, read_entries, read_header};

/// What others have stored since this persister has last looked.
pub(super) enum News {
    /// They have appended these edits, perhaps none.
    Edits(Vec<String>),
    /// They have written the snapshot.
    All,
}

impl FileStorage {
    /// What others have stored since this was last asked.
    pub(super) async fn news(&self, files: &Files) -> Result<News, JsValue> {
        let news = self.find_news(files).await?;
        if !matches!(&news, News::Edits(edits) if edits.is_empty()) {
            self.is_behind.set(true);
        }
        Ok(news)
    }

    async fn find_news(&self, files: &Files) -> Result<News, JsValue> {
        let stamp = files.stamp().await?;
        let Some(mut seen) = self.seen.get() else {
            return Ok(match stamp.is_none_or(Stamp::is_empty) {
                true => News::Edits(Vec::new()),
                false => News::All,
            });
        };
        if stamp != seen.stamp {
            return Ok(News::All);
        }
        let (bytes, is_long_enough) = files.read_log(seen.log.map_or(0, |end| end.length)).await?;
        let (bytes, end) = match seen.log {
            Some(end) => (&bytes[..], end),
            None => match read_header(&bytes).filter(|(owner, _)| *owner == seen.snapshot) {
                Some((_, end)) => (bytes.get(HEADER_LENGTH..).unwrap_or_default(), end),
                None => return Ok(News::Edits(Vec::new())),
            },
        };
        let entries = read_entries(bytes, end);
        if !is_long_enough || entries.rest == Rest::Damaged {
            return Ok(News::All);
        }
        seen.log = Some(entries.end);
        self.seen.set(Some(seen));
        let texts = entries.texts.into_iter();
        let texts = texts.map(|text| String::from_utf8_lossy(text).into_owned());
        Ok(News::Edits(texts.collect()))
    }

    /// Pass on to the store what others have stored, if it is to hear of that.
    pub(super) fn announce(&self, news: News) {
        let Some(watch) = self.watch.borrow().upgrade() else {
            return;
        };
        let is_other = |seen| self.has_other_version(seen);
        match news {
            News::Edits(edits) if edits.is_empty() => {}
            // What was loaded was migrated, so that edits of what is stored do not fit.
            News::Edits(_) if self.seen.get().is_some_and(is_other) => {
                watch.listener.announce(Ok(None));
            }
            News::All => watch.listener.announce(Ok(None)),
            News::Edits(edits) => {
                for edit in edits {
                    match changes_of(&edit) {
                        Ok(changes) => {
                            for changes in changes {
                                let update = Update::Changes(changes);
                                watch.listener.announce(Ok(Some(update)));
                            }
                        }
                        Err(error) => watch.listener.announce(Err(error)),
                    }
                }
            }
        }
    }

    /// Look for what others have stored, and pass it on.
    pub(super) async fn look(&self) -> Result<(), JsValue> {
        let files = self.files().await?;
        let lock = files.lock(false).await?;
        self.will_look.set(false);
        if self.is_busy.get() {
            self.is_look_put_off.set(true);
            return Ok(());
        }
        let news = self.news(&files).await?;
        drop(lock);
        self.announce(news);
        Ok(())
    }
}
