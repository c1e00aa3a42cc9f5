//! Random programs on mergeable stores: they do what they do on others, and whoever merges their results, in
//! whatever order and however often, ends up with the same.

use super::harness::Driver;
use super::model::Model;
use super::program::{Write, apply, compare};
use super::random::{End, Program, config, program, run, write};
use proptest::prelude::*;

/// Runs programs on stores of their own; gives their contents. Schemas are left out: nothing says whose default
/// wins.
fn contents(programs: &[Program]) -> Vec<String> {
    let mut contents = Vec::new();
    for (number, program) in programs.iter().enumerate() {
        let (mut driver, mut model) = (Driver::mergeable(&number.to_string()), Model::default());
        for (index, (writes, end)) in program.iter().enumerate() {
            driver
                .store
                .set_now(1000 + (index * 7 + number * 3) as u64 % 20);
            let rolls_back = !matches!(end, End::Commit);
            let actions = |driver: &mut Driver| {
                for write in writes {
                    if !matches!(write, Write::SetTablesSchema(_) | Write::SetValuesSchema(_)) {
                        apply(write, driver, &mut model);
                    }
                }
                Ok(())
            };
            let before = driver.stamps();
            driver
                .transaction_unless(actions, Some(&|_| Ok(rolls_back)))
                .unwrap();
            if rolls_back {
                model.roll_back();
                assert_eq!(driver.stamps(), before);
            }
            model.finish();
            compare(&mut driver, &model);
            let stamps = driver.stamps();
            let mut copy = Driver::mergeable("copy");
            copy.merge(&stamps).unwrap();
            assert_eq!(copy.hashes(), driver.hashes(), "{stamps}");
        }
        contents.push(driver.stamps());
    }
    contents
}

/// What a store has that merges these contents: its hashes, and how many cells and values of which kind.
fn merged(contents: &[&String]) -> (String, usize) {
    let mut driver = Driver::mergeable("merging");
    driver.store.set_now(2000);
    for content in contents {
        driver.merge(content).unwrap();
    }
    let count = driver.tables().split_whitespace().count();
    (
        driver.hashes(),
        count + driver.values().split_whitespace().count(),
    )
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        programs in proptest::collection::vec(program(write()), 3),
    ) {
        let contents = contents(&programs);
        let [a, b, c] = &contents[..] else { panic!("there are three") };
        let all = merged(&[a, b, c]);
        for order in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
            prop_assert_eq!(&merged(&order), &all);
        }
        prop_assert_eq!(&merged(&[a, b, a, c, c, b, a]), &all);
        let content_of = |contents: &[&String]| {
            let mut driver = Driver::mergeable("together");
            contents.iter().for_each(|content| driver.merge(content).unwrap());
            driver.stamps()
        };
        prop_assert_eq!(&merged(&[a, &content_of(&[b, c])]), &all);
        prop_assert_eq!(&merged(&[&content_of(&[a, b]), c]), &all);
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn a_program_does_on_a_mergeable_store_what_it_does_on_others(
        program in program(write()),
        is_watched in any::<bool>(),
    ) {
        run(Driver::mergeable("a"), &program, is_watched, !is_watched);
    }
}
