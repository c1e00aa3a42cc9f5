//! Who listens to what: registrations by kind and path. Pure data; nothing is called from here.

use super::id_pool::IdPool;
use super::kinds::{KINDS, Kind, Kinds};
use super::text::TextId;
use rustc_hash::FxHashMap;

/// One step of a listener's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Just this id.
    Id(TextId),
    /// Any id.
    Any,
    /// No id, as where something invalid was offered that had none.
    Undefined,
    /// Nothing: what a listener registered with something that is neither gets.
    Never,
}

/// A listener's path; steps past the arity of its kind are [`Step::Any`].
pub type Path = [Step; 3];

/// The number of a listener; as text, it is the id that users get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListenerId(pub u32);

struct Leaf {
    serial: u32,
    /// In order of registration; the first number tells that order.
    registrations: Vec<(u32, ListenerId)>,
}

#[derive(Default)]
struct Group {
    leaves: FxHashMap<Path, Leaf>,
    /// The leaf of all wildcards has a place of its own: every change asks for it.
    widest: Option<Leaf>,
    /// How many leaves there are of each combination of exact ids and wildcards.
    combinations: [u32; 8],
    /// Which of them there are any of, as bits.
    mask: u8,
    /// How many listeners there are.
    count: usize,
}

/// The path of all wildcards, which is also that of kinds without ids.
pub const WIDEST: Path = [Step::Any; 3];

impl Group {
    fn leaf(&self, path: &Path) -> Option<&Leaf> {
        if *path == WIDEST {
            self.widest.as_ref()
        } else {
            self.leaves.get(path)
        }
    }
}

/// Which steps of a path are wildcards, as bits, the first step's the highest of the kind's arity.
pub fn combination(kind: Kind, path: &Path) -> usize {
    let steps = path.iter().take(kind.arity());
    steps.fold(0, |bits, step| bits << 1 | usize::from(*step == Step::Any))
}

struct Place {
    kind: Kind,
    mutator: bool,
    path: Path,
}

/// A listener as found in its leaf.
pub struct Registered {
    /// Tells the order of registration.
    pub serial: u32,
    /// The listener.
    pub listener: ListenerId,
    /// Whether no other follows it in the leaf, so far.
    pub is_last: bool,
}

/// All listeners of one store.
#[derive(Default)]
pub struct Listeners {
    groups: [[Group; KINDS.len()]; 2],
    /// The kinds that anyone listens to: not as mutators, and as mutators.
    heard: [Kinds; 2],
    places: FxHashMap<ListenerId, Place>,
    ids: IdPool,
    serial: u32,
    version: u32,
}

impl Listeners {
    /// Registers a listener.
    pub fn add(&mut self, kind: Kind, mutator: bool, path: Path) -> ListenerId {
        let text = self.ids.take(true);
        let number = std::str::from_utf8(&text)
            .ok()
            .and_then(|text| text.parse().ok());
        let id = ListenerId(number.unwrap_or(u32::MAX));
        self.version = self.version.wrapping_add(1);
        self.serial += 1;
        let serial = self.serial;
        if let Some(heard) = self.heard.get_mut(usize::from(mutator)) {
            *heard = heard.and(Kinds::of(&[kind]));
        }
        if let Some(group) = self.group_mut(kind, mutator) {
            group.count += 1;
            if group.leaf(&path).is_none()
                && let Some(count) = group.combinations.get_mut(combination(kind, &path))
            {
                *count += 1;
                group.mask |= 1 << combination(kind, &path);
            }
            let new = || Leaf {
                serial,
                registrations: Vec::new(),
            };
            let leaf = if path == WIDEST {
                group.widest.get_or_insert_with(new)
            } else {
                group.leaves.entry(path).or_insert_with(new)
            };
            leaf.registrations.push((serial, id));
        }
        self.places.insert(
            id,
            Place {
                kind,
                mutator,
                path,
            },
        );
        id
    }

    /// Takes a listener out; gives its path back if there was one.
    pub fn remove(&mut self, id: ListenerId) -> Option<Path> {
        let Place {
            kind,
            mutator,
            path,
        } = self.places.remove(&id)?;
        self.version = self.version.wrapping_add(1);
        let mut is_last = false;
        if let Some(group) = self.group_mut(kind, mutator) {
            group.count -= 1;
            is_last = group.count == 0;
            let leaf = if path == WIDEST {
                group.widest.as_mut()
            } else {
                group.leaves.get_mut(&path)
            };
            let registrations = leaf.map(|leaf| &mut leaf.registrations);
            if let Some(registrations) = registrations {
                registrations.retain(|(_, listener)| *listener != id);
                if registrations.is_empty() {
                    if path == WIDEST {
                        group.widest = None;
                    } else {
                        group.leaves.remove(&path);
                    }
                    if let Some(count) = group.combinations.get_mut(combination(kind, &path)) {
                        *count -= 1;
                        if *count == 0 {
                            group.mask &= !(1 << combination(kind, &path));
                        }
                    }
                }
            }
        }
        if is_last && let Some(heard) = self.heard.get_mut(usize::from(mutator)) {
            *heard = heard.without(Kinds::of(&[kind]));
        }
        self.ids.give_back(id.0.to_string().as_bytes());
        Some(path)
    }

    /// Whether there is no listener at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether anyone listens to any of these kinds.
    #[must_use]
    pub fn any(&self, kinds: Kinds, mutator: bool) -> bool {
        let heard = self.heard.get(usize::from(mutator));
        heard.is_some_and(|heard| heard.meets(kinds))
    }

    /// Whether anyone listens to this kind.
    #[must_use]
    pub fn hears(&self, kind: Kind, mutator: bool) -> bool {
        self.any(Kinds::of(&[kind]), mutator)
    }

    /// On which combinations of exact ids and wildcards anyone listens to this kind, as bits. The
    /// number of a combination has a bit for each step, the highest the first one's, set for a
    /// wildcard.
    #[must_use]
    pub fn combinations(&self, kind: Kind, mutator: bool) -> u8 {
        self.group(kind, mutator).map_or(0, |group| group.mask)
    }

    /// The serial number of the leaf at a path, if anyone listens there. A leaf that empties and
    /// fills again gets a new one.
    #[must_use]
    pub fn leaf(&self, kind: Kind, mutator: bool, path: &Path) -> Option<u32> {
        Some(self.group(kind, mutator)?.leaf(path)?.serial)
    }

    /// The leaves whose paths begin with an id, or else with a wildcard, in the order in which they
    /// came to be.
    #[must_use]
    pub fn leaves_of(&self, kind: Kind, mutator: bool, first: TextId) -> Vec<(Path, u32)> {
        let Some(group) = self.group(kind, mutator) else {
            return Vec::new();
        };
        let leaves = group.leaves.iter().map(|(path, leaf)| (*path, leaf.serial));
        let widest = group.widest.iter().map(|leaf| (WIDEST, leaf.serial));
        let mut found: Vec<_> = leaves
            .chain(widest)
            .filter(|(path, _)| path[0] == Step::Id(first) || path[0] == Step::Any)
            .collect();
        found.sort_unstable_by_key(|(path, serial)| (path[0] == Step::Any, *serial));
        found
    }

    /// Changes whenever a listener is added or removed.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The first listener of a leaf that was registered after number `after`.
    #[must_use]
    pub fn next(
        &self,
        kind: Kind,
        mutator: bool,
        path: &Path,
        leaf: u32,
        after: u32,
    ) -> Option<Registered> {
        let found = self.group(kind, mutator)?.leaf(path)?;
        if found.serial != leaf {
            return None;
        }
        let registrations = &found.registrations;
        let at = registrations.partition_point(|(serial, _)| *serial <= after);
        let (serial, listener) = *registrations.get(at)?;
        let is_last = at + 1 == registrations.len();
        Some(Registered {
            serial,
            listener,
            is_last,
        })
    }

    /// The one listener to a kind of three ids that is no mutator, if it listens to any ids: the serial
    /// number of its leaf, and itself.
    #[must_use]
    pub fn only(&self, kind: Kind) -> Option<(u32, Registered)> {
        let group = self.group(kind, false)?;
        match group.widest.as_ref() {
            Some(leaf) if group.count == 1 => {
                let found = self.next(kind, false, &WIDEST, leaf.serial, 0)?;
                Some((leaf.serial, found))
            }
            _ => None,
        }
    }

    /// How many listeners there are of a kind, mutators included.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.sum(kind, |group| group.count)
    }

    /// How many paths they listen to, mutators' paths apart.
    #[must_use]
    pub fn path_count(&self, kind: Kind) -> usize {
        self.sum(kind, |group| {
            group.leaves.len() + usize::from(group.widest.is_some())
        })
    }

    fn sum(&self, kind: Kind, count: impl Fn(&Group) -> usize) -> usize {
        let groups = [false, true].map(|mutator| self.group(kind, mutator));
        groups.into_iter().flatten().map(count).sum()
    }

    fn group(&self, kind: Kind, mutator: bool) -> Option<&Group> {
        self.groups.get(usize::from(mutator))?.get(kind as usize)
    }

    fn group_mut(&mut self, kind: Kind, mutator: bool) -> Option<&mut Group> {
        self.groups
            .get_mut(usize::from(mutator))?
            .get_mut(kind as usize)
    }
}
