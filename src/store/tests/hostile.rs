//! Handles, slots and columns that stand for nothing, and calls in any order: nothing may panic.

use super::harness::Driver;
use crate::store::{
    Advance, CHUNK, Cell, Column, KINDS, ListenerId, ShapeId, Slot, Staged, Step, Store, Table,
    TextId, tag,
};

const NUMBERS: [u32; 6] = [0, 3, 63, 1_000_000, u32::MAX - 1, u32::MAX];

/// A store with a little of everything, and handles that it knows next to ones that it does not.
fn store_and_handles() -> (Store, Vec<TextId>) {
    let mut driver = Driver::with("t.r.a=1 t.r.b=text t.s.a=[1] u.r.c=true");
    driver.set_values("v=1 w=text");
    let mut handles: Vec<_> = ["t", "r", "a", "v"]
        .iter()
        .map(|id| driver.id(id))
        .collect();
    handles.extend(NUMBERS.map(TextId));
    (driver.store, handles)
}

fn finish(store: &mut Store) {
    if store.finish(false) {
        while !matches!(store.step(), Advance::Done) {}
    }
}

fn json(store: &mut Store) -> Vec<u8> {
    let mut out = Vec::new();
    store.write_json(&mut out);
    out
}

#[test]
fn reads_of_unknown_handles_find_nothing() {
    let (mut store, _) = store_and_handles();
    for number in [1_000_000, u32::MAX - 1, u32::MAX] {
        let id = TextId(number);
        assert!(!store.has_text(id));
        assert_eq!(store.text(id), b"");
        assert!(store.table(id).is_none());
        assert!(store.cell(id, id, id).is_absent());
        assert!(store.value(id).is_absent());
        assert!(!store.cell_change(id, id, id).is_touched);
        assert!(!store.value_change(id).is_touched);
        assert!(!store.remove_listener(ListenerId(number)));
    }
}

#[test]
fn unknown_slots_columns_and_shapes_read_as_absent() {
    let driver = Driver::with("t.r.a=1 t.s.b=1");
    let table: &Table = driver.table("t").unwrap();
    for number in [2, CHUNK as u32, 1_000_000, u32::MAX - 1, u32::MAX] {
        assert!(table.cell(Slot(number), Column(0)).is_absent());
        assert!(table.cell(Slot(0), Column(number)).is_absent());
        assert_eq!(table.row_id(Slot(number)), None);
        assert_eq!(table.shape(Slot(number)), ShapeId::DEAD);
        assert!(table.row_columns(Slot(number)).is_empty());
        assert_eq!(table.column_id(Column(number)), None);
        assert_eq!(table.column_rows(Column(number)), 0);
        assert_eq!(table.blocks_address(Column(number)), 0);
        assert_eq!(table.next_live(Slot(number)), None);
    }
    for number in [1_000_000, u32::MAX] {
        assert_eq!(table.find(TextId(number)), None);
        assert_eq!(table.column(TextId(number)), None);
        assert!(table.shape_columns(ShapeId(number)).is_empty());
    }
}

#[test]
fn writes_to_unknown_slots_and_columns_are_refused() {
    let (mut store, handles) = store_and_handles();
    let before = json(&mut store);
    let one = Cell::number(1.0).unwrap();
    store.start();
    for number in [2, 64, 1_000_000, u32::MAX] {
        assert!(!store.set_cell_at(handles[0], Slot(number), Column(0), one));
        assert!(!store.set_cell_at(handles[0], Slot(0), Column(number), one));
        assert!(!store.set_cell_at(TextId(number.max(1_000)), Slot(0), Column(0), one));
    }
    store.set_cell_at(handles[0], Slot(0), Column(0), Cell::ABSENT);
    finish(&mut store);
    assert!(
        !store.set_cell_at(handles[0], Slot(0), Column(0), one),
        "no transaction is open"
    );
    assert_eq!(json(&mut store), before);
}

#[test]
fn writing_by_slot_and_column_is_writing_by_ids() {
    let mut driver = Driver::with("t.r.a=1 t.s.b=1");
    let id = driver.id("t");
    driver.watch_changes();
    driver.together(|driver| {
        let two = driver.cell_of("2");
        assert!(driver.store.set_cell_at(id, Slot(0), Column(0), two));
        assert!(driver.store.set_cell_at(id, Slot(1), Column(0), two));
    });
    driver.expect(&[
        "start",
        "willFinish",
        "cellIds t.s +a",
        "cell t.r.a 1->2",
        "row t.r",
        "cell t.s.a undefined->2",
        "row t.s",
        "table t",
        "tables",
        "didFinish",
    ]);
    assert_eq!(driver.tables(), "t.r.a=2 t.s.b=1 t.s.a=2");
}

#[test]
fn deleting_by_unknown_handles_does_nothing() {
    let (mut store, handles) = store_and_handles();
    let before = json(&mut store);
    store.start();
    for number in [1_000_000, u32::MAX] {
        let id = TextId(number);
        store.del_table(id);
        store.del_row(id, id);
        store.del_row(handles[0], id);
        store.del_cell(id, id, id, false);
        store.del_cell(handles[0], id, id, false);
        store.del_cell(handles[0], handles[1], id, false);
        store.del_value(id);
    }
    assert!(!store.has_changed());
    finish(&mut store);
    assert_eq!(json(&mut store), before);
}

#[test]
fn writing_unknown_handles_does_not_panic() {
    let (_, handles) = store_and_handles();
    for (index, id) in handles.iter().enumerate() {
        for rolls_back in [false, true] {
            let (mut store, _) = store_and_handles();
            let other = handles[(index + 5) % handles.len()];
            for kind in KINDS {
                store.add_listener(
                    kind,
                    index % 2 == 0,
                    [Step::Id(*id), Step::Any, Step::Id(other)],
                );
            }
            for cell in [Cell::text(*id), Cell::json(other), Cell::NULL] {
                let mut staged = Staged::default();
                for (table, row) in [(*id, other), (other, *id), (*id, *id)] {
                    staged.cell(&store.texts, other, cell);
                    staged.cell(&store.texts, *id, cell);
                    staged.end_row(&store.texts, row);
                    staged.end_table(&store.texts, table);
                }
                store.start();
                store.set_cell(*id, other, *id, cell);
                store.set_row(other, *id, &[(*id, cell), (other, cell)], true);
                store.set_row(other, *id, &[(other, cell)], false);
                store.add_row(*id, &[(other, cell)], true);
                if let Some((table, rows)) = staged.tables.pop() {
                    store.set_table(table, rows);
                }
                store.set_value(*id, cell);
                store.set_values(&[(other, cell), (*id, cell)], false);
                store.set_tables(staged.tables);
                store.cell_change(*id, other, *id);
                store.changed();
                json(&mut store);
                store.del_cell(*id, other, *id, false);
                store.del_row(*id, other);
                if rolls_back {
                    store.roll_back();
                }
                finish(&mut store);
                json(&mut store);
            }
        }
    }
}

#[test]
fn words_of_any_kind_make_a_cell_or_none() {
    let highs = [0, 0x7FF0_0000, 0x7FF8_0000, 0xFFF0_0000, u32::MAX]
        .into_iter()
        .chain(tag::ABSENT..tag::JSON + 10);
    for high in highs {
        for low in NUMBERS {
            if let Some(cell) = Cell::from_words(high, low) {
                assert_eq!(cell.words(), (high, low));
            }
        }
    }
}

/// A small generator, so that the orders are many and always the same (Marsaglia's xorshift).
struct Random(u32);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % end
    }
}

#[test]
fn calls_in_any_order_do_not_panic_and_leave_a_store_that_works() {
    let mut random = Random(2_463_534_242);
    for _ in 0..300 {
        let (mut store, handles) = store_and_handles();
        for _ in 0..60 {
            let id = handles[random.below(handles.len())];
            let other = handles[random.below(handles.len())];
            let cell = [
                Cell::NULL,
                Cell::text(id),
                Cell::boolean(true),
                Cell::ABSENT,
            ];
            let cell = cell[random.below(4)];
            match random.below(16) {
                0 | 1 => drop(store.start()),
                2 | 3 => {
                    let _ = store.finish(random.below(2) == 0);
                }
                4 | 5 => drop(store.step()),
                6 => store.fail_call(),
                7 => store.fail_actions(),
                8 => store.roll_back(),
                9 => {
                    let kind = KINDS[random.below(KINDS.len())];
                    let mutator = random.below(2) == 0;
                    store.add_listener(kind, mutator, [Step::Id(id), Step::Any, Step::Never]);
                }
                10 => drop(store.remove_listener(ListenerId(random.below(4) as u32))),
                11 => store.pin(),
                12 => store.unpin(),
                13 => drop(store.set_cell(id, other, id, cell)),
                14 => store.del_cell(id, other, id, false),
                _ => store.set_value(id, cell),
            }
            store.id_set();
            store.changed();
        }
        // Whatever was going on can be brought to its end.
        for _ in 0..100 {
            while !matches!(store.step(), Advance::Done) {}
            let _ = store.finish(false);
        }
        assert!(!store.is_active() && !store.is_locked());
        let id = store.intern(b"works");
        store.start();
        store.set_value(id, Cell::boolean(true));
        while !matches!(store.step(), Advance::Done) {}
        finish(&mut store);
        assert_eq!(store.value(id).words(), Cell::boolean(true).words());
    }
}
