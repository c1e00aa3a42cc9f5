//! Hybrid logical clocks (Kulkarni et al., "Logical Physical Clocks", 2014): which of two changes
//! made on different machines is the later one.
//!
//! There is no clock inside: whoever asks gives the time, in milliseconds since 1970.

use super::hash::Hash;
use std::fmt;

/// The latest time that an [`Hlc`] can hold, in the year 2109: it has 42 bits.
pub const MAX_TIME: u64 = (1 << 42) - 1;
/// The largest counter that an [`Hlc`] can hold: it has 24 bits.
pub const MAX_COUNTER: u32 = (1 << 24) - 1;
/// The bits of a client.
const MAX_CLIENT: u32 = (1 << 30) - 1;
/// Half of the bits of an HLC.
const MAX_HALF: u64 = (1 << 48) - 1;
/// An HLC that is further ahead of the time than this many milliseconds is not believed.
pub const MAX_AHEAD: u64 = 5 * 60 * 1000;
/// How many characters the text of an [`Hlc`] has.
pub const LENGTH: usize = 16;

/// Six bits a character, in the order of ASCII.
const DIGITS: &[u8; 64] = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/// What is no digit has this bit.
const NO_DIGIT: u8 = 64;

/// The value of each character.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut digit = 0;
    #[expect(clippy::indexing_slicing, reason = "it is done while compiling")]
    while digit < DIGITS.len() {
        values[DIGITS[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

/// When a change was made, and by whom. A later one is greater, and so is its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hlc {
    /// The time, of which 42 bits count.
    pub time: u64,
    /// Which change within that millisecond; 24 bits count.
    pub counter: u32,
    /// The client, of which 30 bits count. See [`client`].
    pub client: u32,
}

/// The client of a unique id, from the id's hash.
#[must_use]
pub fn client(hash: Hash) -> u32 {
    hash & MAX_CLIENT
}

impl Hlc {
    /// The text: 7 characters of time, 4 of counter, 5 of client. Bits that do not count are left out.
    #[must_use]
    pub fn encode(&self) -> [u8; LENGTH] {
        encode_halves(self.halves())
    }

    /// What a text stands for, if it is the text of an HLC.
    #[must_use]
    pub fn decode(text: &[u8]) -> Option<Hlc> {
        decode_halves(text).map(Hlc::from_halves)
    }

    /// The bits that count, in two times 48; the counter lies across the middle.
    pub(super) fn halves(&self) -> [u64; 2] {
        let counter = u64::from(self.counter & MAX_COUNTER);
        let client = u64::from(self.client & MAX_CLIENT);
        let first = (self.time & MAX_TIME) << 6 | counter >> 18;
        [first, counter << 30 & MAX_HALF | client]
    }

    /// The opposite of [`Hlc::halves`].
    pub(super) fn from_halves([first, last]: [u64; 2]) -> Hlc {
        Hlc {
            time: first >> 6,
            counter: (first << 18) as u32 & MAX_COUNTER | (last >> 30) as u32,
            client: last as u32 & MAX_CLIENT,
        }
    }
}

/// The text of two times 48 bits.
pub(super) fn encode_halves(halves: [u64; 2]) -> [u8; LENGTH] {
    let mut text = [b'-'; LENGTH];
    let (first, last) = text.split_at_mut(LENGTH / 2);
    for (mut half, text) in halves.into_iter().zip([first, last]) {
        for byte in text.iter_mut().rev() {
            *byte = DIGITS.get((half & 63) as usize).copied().unwrap_or(b'-');
            half >>= 6;
        }
    }
    text
}

/// The two times 48 bits of a text, if it has the right length and characters.
pub(super) fn decode_halves(text: &[u8]) -> Option<[u64; 2]> {
    let text: &[u8; LENGTH] = text.try_into().ok()?;
    let (first, last) = text.split_at(LENGTH / 2);
    let mut seen = 0;
    let mut half = |text: &[u8]| {
        text.iter().fold(0, |half, byte| {
            let value = VALUES.get(usize::from(*byte)).copied().unwrap_or(NO_DIGIT);
            seen |= value;
            half << 6 | u64::from(value & 63)
        })
    };
    let halves = [half(first), half(last)];
    (seen & NO_DIGIT == 0).then_some(halves)
}

impl fmt::Display for Hlc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.encode();
        text.iter()
            .try_for_each(|byte| fmt::Write::write_char(f, char::from(*byte)))
    }
}

/// Gives one client's changes their [`Hlc`]s, each greater than all that it has given or seen, even
/// if the time goes back or the other clients' clocks are ahead.
///
/// ```
/// use cellarium::store::{hash::text_hash, hlc::{Clock, client}};
///
/// let mut clock = Clock::new(client(text_hash(b"client1")));
/// let now = 1_000; // the time, in milliseconds
/// assert_eq!(clock.next(now).to_string(), "-----Ec----mmxrx");
/// assert_eq!(clock.next(now).to_string(), "-----Ec---0mmxrx");
/// ```
#[derive(Clone, Debug)]
pub struct Clock {
    client: u32,
    time: u64,
    /// The latest counter of that time, if it has one.
    counter: Option<u32>,
}

impl Clock {
    /// A clock that has given and seen nothing.
    #[must_use]
    pub fn new(client: u32) -> Clock {
        Clock {
            client,
            time: 0,
            counter: None,
        }
    }

    /// The HLC of a change that is made now.
    ///
    /// If more changes fall into a millisecond than can be counted, the clock goes on with the next
    /// one. A time after [`MAX_TIME`] leaves it where it is, and so does the greatest HLC there is.
    pub fn next(&mut self, now: u64) -> Hlc {
        self.advance(now, 0, 0);
        match self.counter {
            None => self.counter = Some(0),
            Some(counter) if counter < MAX_COUNTER => self.counter = Some(counter + 1),
            Some(_) if self.time < MAX_TIME => {
                self.time += 1;
                self.counter = Some(0);
            }
            Some(_) => {}
        }
        Hlc {
            time: self.time,
            counter: self.counter.unwrap_or_default(),
            client: self.client,
        }
    }

    /// Takes note of another client's HLC, so that what follows here is later. One that is more than
    /// [`MAX_AHEAD`] ahead of `now` is ignored.
    pub fn seen(&mut self, now: u64, remote: Hlc) {
        if remote.time <= MAX_TIME && remote.time <= now.saturating_add(MAX_AHEAD) {
            self.advance(now, remote.time, remote.counter.min(MAX_COUNTER));
        }
    }

    fn advance(&mut self, now: u64, time: u64, counter: u32) {
        let now = if now <= MAX_TIME { now } else { 0 };
        let previous = self.time;
        self.time = previous.max(time).max(now);
        if self.time != previous {
            self.counter = None;
        }
        if self.time == time {
            self.counter = self.counter.max(Some(counter));
        }
    }

    /// The time of the latest HLC that was given or seen, or 0.
    #[must_use]
    pub fn last_time(&self) -> u64 {
        self.time
    }

    /// The counter of the latest HLC of that time, if there has been one.
    #[must_use]
    pub fn last_counter(&self) -> Option<u32> {
        self.counter
    }

    /// The client.
    #[must_use]
    pub fn client(&self) -> u32 {
        self.client
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::hash::text_hash;

    const MINUTE: u64 = 60 * 1000;

    fn clock(unique_id: &str) -> Clock {
        Clock::new(client(text_hash(unique_id.as_bytes())))
    }

    fn at(time: u64, counter: u32) -> Hlc {
        Hlc {
            time,
            counter,
            client: 7,
        }
    }

    fn last(clock: &Clock) -> (u64, Option<u32>) {
        (clock.last_time(), clock.last_counter())
    }

    // The expected texts were printed by TinyBase 10.0.1.

    #[test]
    fn texts_are_those_of_tinybase_and_stand_for_what_they_were_made_of() {
        let expected = [
            ("abcde", 0, 0, "-----------oaww7"),
            ("client1", 1000, 0, "-----Ec----mmxrx"),
            ("client2", 1000, 0, "-----Ec----jmx_3"),
            ("", 1, 1, "------0---0068r4"),
            ("abcde", 1 << 32, MAX_COUNTER, "-3-----zzzzoaww7"),
            ("abcde", MAX_TIME, 1, "zzzzzzz---0oaww7"),
            ("abcde", 1_000_000_000_000, 64, "DYJdG----0-oaww7"),
        ];
        for (unique_id, time, counter, text) in expected {
            let hlc = Hlc {
                time,
                counter,
                client: client(text_hash(unique_id.as_bytes())),
            };
            assert_eq!(hlc.to_string(), text);
            assert_eq!(Hlc::decode(text.as_bytes()), Some(hlc));
        }
    }

    #[test]
    fn a_text_is_made_of_the_bits_that_count() {
        let hlc = Hlc {
            time: MAX_TIME + 6,
            counter: MAX_COUNTER + 2,
            client: u32::MAX,
        };
        assert_eq!(hlc.to_string(), "------4---0zzzzz");
    }

    #[test]
    fn what_is_no_text_of_an_hlc_stands_for_nothing() {
        for text in [
            "",
            "-----Ec",
            "-----Ec----oaww",
            "-----Ec----oaww7-",
            "-----Ec----oaww7\n",
            "-----Ec---!oaww7",
            "!----Ec----oaww7",
            "-----Ec----oawé",
        ] {
            assert_eq!(Hlc::decode(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn texts_are_in_the_order_of_what_they_stand_for() {
        let numbers = [0, 1, 10, 11, 36, 37, 38, 63, 64, 4095, 1 << 23];
        let mut hlcs = Vec::new();
        for time in numbers {
            for counter in numbers {
                for client in numbers {
                    hlcs.push(Hlc {
                        time: time.into(),
                        counter,
                        client,
                    });
                }
            }
        }
        for pair in hlcs.windows(2) {
            let [first, second] = pair else { continue };
            assert!(first < second);
            assert!(first.encode() < second.encode());
        }
    }

    #[test]
    fn counts_within_a_millisecond_and_starts_again_in_the_next() {
        let mut clock = clock("client1");
        assert_eq!(last(&clock), (0, None));
        assert_eq!(clock.next(1000).to_string(), "-----Ec----mmxrx");
        assert_eq!(clock.next(1000).to_string(), "-----Ec---0mmxrx");
        assert_eq!(clock.next(1001).to_string(), "-----Ed----mmxrx");
        assert_eq!(last(&clock), (1001, Some(0)));
    }

    #[test]
    fn goes_through_times_that_are_seen_and_times_that_go_back_as_tinybase_does() {
        let mut clock = clock("abcde");
        clock.seen(1000, at(500, 7));
        assert_eq!(last(&clock), (1000, None));
        assert_eq!(clock.next(1000).to_string(), "-----Ec----oaww7");
        clock.seen(1000, at(1000, 7));
        clock.seen(1000, at(1000, 3));
        assert_eq!(last(&clock), (1000, Some(7)));
        assert_eq!(clock.next(1000).to_string(), "-----Ec---7oaww7");
        clock.seen(1000, at(5000, 9));
        assert_eq!(clock.next(1000).to_string(), "----0D7---9oaww7");
        assert_eq!(clock.next(500).to_string(), "----0D7---Aoaww7");
        clock.seen(500, at(100, 3));
        assert_eq!(clock.next(5000).to_string(), "----0D7---Boaww7");
        clock.seen(6000, at(6000, 50));
        assert_eq!(last(&clock), (6000, Some(50)));
        clock.seen(7000, at(6000, 60));
        assert_eq!(last(&clock), (7000, None));
        assert_eq!(clock.next(7000).to_string(), "----0hN----oaww7");
    }

    #[test]
    fn does_not_believe_what_is_more_than_five_minutes_ahead() {
        let mut clock = clock("abcde");
        clock.seen(1000, at(1000 + 5 * MINUTE + 1, 3));
        assert_eq!(last(&clock), (0, None));
        clock.seen(1000, at(1000 + 5 * MINUTE, 3));
        assert_eq!(last(&clock), (1000 + 5 * MINUTE, Some(3)));
        clock.seen(u64::MAX, at(u64::MAX, 3));
        assert_eq!(last(&clock), (1000 + 5 * MINUTE, Some(3)));
    }

    #[test]
    fn goes_on_with_the_next_millisecond_if_the_counter_is_used_up() {
        let mut clock = clock("abcde");
        clock.seen(20, at(20, MAX_COUNTER - 1));
        assert_eq!(clock.next(20).to_string(), "------Jzzzzoaww7");
        assert_eq!(clock.next(20).to_string(), "------K----oaww7");
        assert_eq!(clock.next(20).to_string(), "------K---0oaww7");
        assert_eq!(clock.next(21).to_string(), "------K---1oaww7");
    }

    #[test]
    fn each_hlc_is_greater_than_all_before_up_to_the_greatest() {
        let mut clock = clock("abcde");
        let mut latest = clock.next(5);
        for now in [MAX_TIME - 1, u64::MAX, MAX_TIME + 1, 0, MAX_TIME] {
            let hlc = clock.next(now);
            assert!(hlc > latest, "{now}");
            latest = hlc;
        }
        clock.seen(MAX_TIME, at(MAX_TIME, u32::MAX));
        assert_eq!(clock.next(0).to_string(), "zzzzzzzzzzzoaww7");
        assert_eq!(clock.next(0).to_string(), "zzzzzzzzzzzoaww7");
    }
}
