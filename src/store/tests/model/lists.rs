//! Lists that are searched from the front.

/// Entries in order of insertion.
pub type List<T> = Vec<(String, T)>;

/// The entry of an id.
pub fn get<'a, T>(list: &'a List<T>, id: &str) -> Option<&'a T> {
    list.iter()
        .find(|(key, _)| key == id)
        .map(|(_, value)| value)
}

/// The entry of an id, which is made at the end if there is none.
pub fn get_or_new<'a, T: Default>(list: &'a mut List<T>, id: &str) -> &'a mut T {
    let at = list
        .iter()
        .position(|(key, _)| key == id)
        .unwrap_or_else(|| {
            list.push((id.to_owned(), T::default()));
            list.len() - 1
        });
    &mut list[at].1
}

/// Takes an entry out.
pub fn remove<T>(list: &mut List<T>, id: &str) -> Option<T> {
    let at = list.iter().position(|(key, _)| key == id)?;
    Some(list.remove(at).1)
}

/// The order of the keys of an object: array indices first.
pub fn sorted<T: Clone>(list: &List<T>) -> List<T> {
    let index = |id: &str| {
        id.parse::<u32>()
            .ok()
            .filter(|n| n.to_string() == id && *n < u32::MAX)
    };
    let mut list = list.clone();
    list.sort_by_key(|(id, _)| index(id).map_or(u64::MAX, u64::from));
    list
}
