//! The keys of one JSON object: whether each is new, and in the order of an object's.

use crate::store::order::IndexOrder;
use crate::store::text::{TextId, Texts};
use rustc_hash::FxHashSet;

/// The keys of one object so far.
#[derive(Default)]
pub struct Keys {
    order: IndexOrder,
    few: Vec<TextId>,
    many: FxHashSet<TextId>,
}

/// Up to this many keys of an object are compared one by one.
const FEW: usize = 16;

impl Keys {
    /// Forgets the keys.
    pub fn clear(&mut self) {
        self.order = IndexOrder::default();
        self.few.clear();
        self.many.clear();
    }

    /// Takes note of a key; true if it is new and in order.
    pub fn note(&mut self, texts: &Texts, id: TextId) -> bool {
        self.order.note(texts.bytes(id));
        let is_new = if self.few.len() < FEW {
            let is_new = !self.few.contains(&id);
            self.few.push(id);
            is_new
        } else {
            !self.few.contains(&id) && self.many.insert(id)
        };
        is_new && self.order.is_object_order()
    }
}
