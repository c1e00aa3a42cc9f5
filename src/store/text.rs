//! The store's texts: ids and cell texts by number, counted, and freed when unused.
//!
//! A [`TextId`] is a slot of one table of texts. Ids and short texts are interned (equal bytes,
//! equal handle); long texts are not looked up, since they seldom repeat and hashing them costs
//! more than it saves, so two handles may read the same and equality must then compare the bytes.
//!
//! Invariant: a text whose count falls to zero stays readable, and may be taken up again, until the
//! next [`Texts::sweep`]. A sweep happens only between transactions, so a handle that was obtained
//! inside a transaction is good until its end. Whoever keeps one longer must [`Texts::acquire`] it.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The number of a text in its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct TextId(pub u32);

/// Cell texts of up to this many bytes are interned.
const INTERNED_LENGTH: usize = 64;

/// A sweep is worth its cost from this many unused texts on.
const SWEEP_FROM: usize = 4096;

/// How many bytes a text may have to be kept without memory of its own.
const SHORT: usize = size_of::<Box<[u8]>>() + 2;

/// The bytes of a text. Most ids are short, and an allocation costs more than they do.
enum Bytes {
    Short(u8, [u8; SHORT]),
    Long(Box<[u8]>),
}

impl Bytes {
    const EMPTY: Bytes = Bytes::Short(0, [0; SHORT]);

    fn new(bytes: &[u8]) -> Bytes {
        let mut short = [0; SHORT];
        match short.get_mut(..bytes.len()) {
            Some(place) => {
                place.copy_from_slice(bytes);
                Bytes::Short(bytes.len() as u8, short)
            }
            None => Bytes::Long(bytes.into()),
        }
    }

    fn get(&self) -> &[u8] {
        match self {
            Bytes::Short(length, bytes) => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Bytes::Long(bytes) => bytes,
        }
    }
}

struct Text {
    bytes: Bytes,
    hash: u32,
    references: u32,
    interned: bool,
    free: bool,
}

/// All texts of one store.
#[derive(Default)]
pub struct Texts {
    texts: Vec<Text>,
    free: Vec<TextId>,
    index: HashTable<TextId>,
    unused: usize,
}

fn hash(bytes: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    // The low half, since where addresses have 32 bits there is no other.
    hasher.finish() as u32
}

/// What the index takes for a hash: it looks at the lowest bits and at the highest seven of an address's size.
fn key(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

impl Texts {
    /// The handle of an id, made if there is none. Ids are always interned.
    pub fn intern(&mut self, bytes: &[u8]) -> TextId {
        let hash = hash(bytes);
        match self.lookup(bytes, hash) {
            Some(id) => id,
            None => self.insert(bytes, hash, true),
        }
    }

    /// A handle for a cell's text, shared with other cells if the text is short.
    pub fn cell_text(&mut self, bytes: &[u8]) -> TextId {
        if bytes.len() <= INTERNED_LENGTH {
            self.intern(bytes)
        } else {
            self.insert(bytes, 0, false)
        }
    }

    /// The handle of an id that the store has met, without making one.
    #[must_use]
    pub fn find(&self, bytes: &[u8]) -> Option<TextId> {
        self.lookup(bytes, hash(bytes))
    }

    /// The WTF-8 bytes of a text; empty if the handle stands for nothing.
    #[must_use]
    pub fn bytes(&self, id: TextId) -> &[u8] {
        self.texts
            .get(id.0 as usize)
            .map_or(&[], |text| text.bytes.get())
    }

    /// Whether the handle stands for a text.
    #[must_use]
    pub fn contains(&self, id: TextId) -> bool {
        self.texts.get(id.0 as usize).is_some_and(|text| !text.free)
    }

    /// Whether two handles read the same.
    #[must_use]
    pub fn equal(&self, a: TextId, b: TextId) -> bool {
        a == b
            || match (self.texts.get(a.0 as usize), self.texts.get(b.0 as usize)) {
                (Some(a), Some(b)) if a.interned && b.interned => false,
                (Some(a), Some(b)) => a.bytes.get() == b.bytes.get(),
                _ => false,
            }
    }

    /// Counts one more user of the text.
    pub fn acquire(&mut self, id: TextId) {
        if let Some(text) = self.texts.get_mut(id.0 as usize) {
            if text.references == 0 {
                self.unused = self.unused.saturating_sub(1);
            }
            text.references = text.references.saturating_add(1);
        }
    }

    /// Counts one user of the text less. The text stays until the next sweep.
    pub fn release(&mut self, id: TextId) {
        if let Some(text) = self.texts.get_mut(id.0 as usize) {
            text.references = text.references.saturating_sub(1);
            if text.references == 0 {
                self.unused += 1;
            }
        }
    }

    /// How many texts are in use or were since the last sweep.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len() - self.free.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether so many texts are unused that a sweep would pay: more than half of all, so that the
    /// work of a sweep, and of the caches that must be refilled after it, is a constant a text.
    #[must_use]
    pub fn is_sweep_due(&self) -> bool {
        self.unused > SWEEP_FROM && self.unused > self.len() / 2
    }

    /// Frees every text that nobody uses. Handles of those texts mean nothing afterwards, or mean
    /// another text: call it only when no handle is held outside the counts.
    pub fn sweep(&mut self) {
        for (index, text) in self.texts.iter_mut().enumerate() {
            if text.references == 0 && !text.free {
                let id = TextId(index as u32);
                if text.interned
                    && let Ok(entry) = self.index.find_entry(key(text.hash), |t| *t == id)
                {
                    entry.remove();
                }
                text.bytes = Bytes::EMPTY;
                text.free = true;
                self.free.push(id);
            }
        }
        self.unused = 0;
    }

    fn lookup(&self, bytes: &[u8], hash: u32) -> Option<TextId> {
        self.index
            .find(key(hash), |id| {
                self.texts
                    .get(id.0 as usize)
                    .is_some_and(|text| text.hash == hash && text.bytes.get() == bytes)
            })
            .copied()
    }

    fn insert(&mut self, bytes: &[u8], hash: u32, interned: bool) -> TextId {
        let text = Text {
            bytes: Bytes::new(bytes),
            hash,
            references: 0,
            interned,
            free: false,
        };
        let id = match self.free.pop() {
            Some(id) => {
                if let Some(slot) = self.texts.get_mut(id.0 as usize) {
                    *slot = text;
                }
                id
            }
            None => {
                let id = TextId(self.texts.len() as u32);
                self.texts.push(text);
                id
            }
        };
        self.unused += 1;
        if interned {
            let texts = &self.texts;
            self.index.insert_unique(key(hash), id, |id| {
                texts.get(id.0 as usize).map_or(0, |text| key(text.hash))
            });
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ids_share_a_handle_and_unequal_ones_do_not() {
        let mut texts = Texts::default();
        let dog = texts.intern(b"dog");
        assert_eq!(texts.intern(b"dog"), dog);
        assert_ne!(texts.intern(b"cat"), dog);
        assert_eq!(texts.find(b"dog"), Some(dog));
        assert_eq!(texts.find(b"cow"), None);
        assert_eq!(texts.bytes(dog), b"dog");
    }

    #[test]
    fn long_cell_texts_are_not_shared_but_compare_equal() {
        let mut texts = Texts::default();
        let long = [b'x'; INTERNED_LENGTH + 1];
        let (a, b) = (texts.cell_text(&long), texts.cell_text(&long));
        assert_ne!(a, b);
        assert!(texts.equal(a, b));
        let id = texts.intern(&long);
        assert_eq!(texts.intern(&long), id);
        assert!(texts.equal(a, id));
        let other = texts.cell_text(&[b'y'; INTERNED_LENGTH + 1]);
        assert!(!texts.equal(a, other));
    }

    #[test]
    fn a_sweep_frees_what_nobody_uses_and_keeps_the_rest() {
        let mut texts = Texts::default();
        let kept = texts.intern(b"kept");
        texts.acquire(kept);
        let gone = texts.intern(b"gone");
        texts.acquire(gone);
        texts.release(gone);
        assert_eq!(texts.bytes(gone), b"gone", "readable until the sweep");
        texts.sweep();
        assert_eq!(texts.find(b"gone"), None);
        assert!(!texts.contains(gone));
        assert_eq!(texts.find(b"kept"), Some(kept));
        assert_eq!(texts.intern(b"new"), gone, "the slot is used again");
        assert_eq!(texts.len(), 2);
    }

    #[test]
    fn a_text_taken_up_again_before_the_sweep_survives_it() {
        let mut texts = Texts::default();
        let id = texts.intern(b"again");
        texts.acquire(id);
        texts.release(id);
        texts.acquire(id);
        texts.sweep();
        assert_eq!(texts.bytes(id), b"again");
    }

    #[test]
    fn a_sweep_is_due_when_more_than_half_of_many_are_unused() {
        let mut texts = Texts::default();
        for number in 0..SWEEP_FROM {
            texts.intern(number.to_string().as_bytes());
        }
        assert!(!texts.is_sweep_due());
        texts.intern(b"one more");
        assert!(texts.is_sweep_due());
    }
}
