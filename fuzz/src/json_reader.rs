//! Arbitrary bytes read as JSON: whole, in pieces, and next to what serde_json makes of them.

use crate::harness::Driver;
use crate::input::Input;
use crate::parsed::{self, depth, printed};
use crate::store::json::{
    self, Content, Half, MAX_DEPTH, Purpose, Reader, Stop, Whole, canonical, is_object_or_array,
};
use crate::store::{Error, Store};

/// Reads bytes every way there is. The first three say as what and in which pieces; the text follows.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let whole = input.pick(&[Whole::Content, Whole::Tables, Whole::Values]);
    let lengths = [input.byte() + 1, input.below(16) + 1];
    let text = input.rest();
    let outcome = read(text, |store| json::read(store, whole, text));
    let pieces = read(text, |store| {
        match in_pieces(store, whole, text, &lengths) {
            Err(Stop::Reread) => json::read(store, whole, text),
            Err(Stop::Error(error)) => Err(error),
            Ok(content) => Ok(content),
        }
    });
    assert_eq!(pieces, outcome, "in pieces it is another text");
    compare_with_serde(whole, text, outcome);
}

/// What was read: each half, and the JSON of a store with that content.
type Outcome = Result<(Half, Half, Vec<u8>), Error>;

fn read(text: &[u8], reader: impl Fn(&mut Store) -> Result<Content, Error>) -> Outcome {
    let mut driver = Driver::new();
    let content = reader(&mut driver.store)?;
    let (tables, values) = (content.tables, content.values);
    driver.apply(content);
    let out = json_of(&mut driver);
    if std::str::from_utf8(text).is_ok() {
        // A store's own JSON stands for the same content.
        let mut again = Driver::new();
        again.set_json(&out).unwrap();
        assert_eq!(json_of(&mut again), out);
    }
    Ok((tables, values, out))
}

fn json_of(driver: &mut Driver) -> Vec<u8> {
    let mut out = Vec::new();
    driver.store.write_json(&mut out);
    out
}

fn in_pieces(
    store: &mut Store,
    whole: Whole,
    text: &[u8],
    lengths: &[usize],
) -> Result<Content, Stop> {
    let mut reader = Reader::new(whole);
    let mut rest = text;
    for length in lengths.iter().cycle() {
        let (piece, after) = rest.split_at((*length).min(rest.len()));
        rest = after;
        reader.feed(store, piece, rest.is_empty())?;
        if rest.is_empty() {
            break;
        }
    }
    Ok(reader.finish())
}

/// What serde_json refuses is refused, and what it accepts is accepted, unless it is too deep; then
/// it is the same content.
fn compare_with_serde(whole: Whole, text: &[u8], outcome: Outcome) {
    let is_json = parsed::is_json(text);
    let printed_here = canonical(text, Purpose::Print);
    let is_deep = is_json && depth(text) > MAX_DEPTH;
    for error in [outcome.as_ref().err(), printed_here.as_ref().err()] {
        match error {
            None => assert!(is_json, "accepted, but it is no JSON"),
            Some(Error::TooDeep) => assert!(!is_json || is_deep, "refused, but it is not deep"),
            Some(_) => assert!(!is_json, "refused, but it is JSON"),
        }
    }
    let first = text.iter().find(|byte| !b" \t\r\n".contains(byte));
    let is_compound = is_json && matches!(first, Some(b'{' | b'['));
    assert_eq!(is_object_or_array(text), is_compound);
    if is_deep {
        return;
    }
    let (Some(value), Ok((tables, values, out))) = (parsed::value(text), outcome) else {
        return;
    };
    let printed = printed(&value);
    assert_eq!(printed_here.as_deref(), Ok(printed.as_bytes()));
    assert_eq!(
        canonical(printed.as_bytes(), Purpose::Print).as_deref(),
        Ok(printed.as_bytes())
    );
    let expected = parsed::halves(whole, &value);
    let out = String::from_utf8(out).unwrap();
    assert_eq!(
        ([tables, values], out),
        (
            expected.each_ref().map(|(half, _)| *half),
            format!("[{},{}]", expected[0].1, expected[1].1)
        )
    );
}
