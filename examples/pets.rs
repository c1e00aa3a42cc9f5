//! A kennel in a store: content, a mutator, listeners, transactions, and JSON that outlives the store.
//!
//! `cargo run --example pets`

use cellarium::{Cell, Error, IdChange, Store, Tables, row};

fn main() -> Result<(), Error> {
    let store = Store::new();

    // A mutator runs before the others and may write: nobody gets younger than 0.
    store.add_cell_mutator("pets", None, "age", |store, event| {
        let age = event.new_cell.and_then(|age| age.as_number());
        if age.is_some_and(|age| age < 0.0) {
            store.set_cell(&event.table_id, &event.row_id, &event.cell_id, 0);
        }
    });

    // Listeners hear of what a transaction has changed in all, at its end.
    store.add_row_ids_listener("pets", |store, event| {
        for (id, change) in &event.id_changes {
            let verb = match change {
                IdChange::Added => "came",
                IdChange::Removed => "left",
            };
            println!(
                "{id} {verb}; there are {} pets",
                store.get_row_count("pets")
            );
        }
    });
    store.add_cell_listener("pets", None, None, |_store, event| {
        let show =
            |cell: Option<Cell>| cell.map_or_else(|| "nothing".to_owned(), |cell| cell.to_string());
        let (old, new) = (show(event.old_cell), show(event.new_cell));
        println!("  {}.{}: {old} -> {new}", event.row_id, event.cell_id);
    });

    store.set_table(
        "pets",
        [
            ("fido", row! {"species" => "dog", "age" => 4}),
            ("felix", row! {"species" => "cat", "age" => -2}),
        ],
    );

    store.transaction(|store| {
        store.set_cell_with("pets", "fido", "age", |age| {
            age.and_then(|age| age.as_number()).unwrap_or(0.0) + 1.0
        });
        store.add_row("pets", row! {"species" => "parrot", "talks" => true});
        store.del_row("pets", "felix");
    });

    // An error rolls everything back, and nobody hears of it.
    let result = store.try_transaction(|store| {
        store.set_tables_json("{}")?;
        store.set_values_json("{oops")?;
        Ok::<(), Error>(())
    });
    println!("rolled back, as this went wrong: {:?}", result.err());

    // JSON out of one store, and into another.
    let json = store.get_json();
    println!("{json}");
    let copy = Store::new();
    copy.set_json(&json)?;
    assert_eq!(copy.get_tables(), store.get_tables());

    // Content is plain data, which any code can go through.
    let tables: Tables = copy.get_tables();
    for (id, pet) in tables.get("pets").into_iter().flatten() {
        let species = pet.get("species").and_then(Cell::as_str);
        println!("{id} is a {}", species.unwrap_or("mystery"));
    }
    Ok(())
}
