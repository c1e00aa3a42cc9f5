//! Stamps, hashes and merging.
//!
//! The expected texts were printed by TinyBase 10.0.1; what was deleted is U+FFFC in them, and an object
//! in a cell U+FFFD and its JSON.

use super::freeing::sweep;
use super::harness::Driver;
use crate::store::{Error, Kind, Store};

#[test]
fn each_write_gets_the_stamp_that_tinybase_gives_it() {
    let mut driver = Driver::mergeable("client1");
    driver.set_cell("t", "r", "c", "1");
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"r":[{"c":[1,"-----Ec----mmxrx",3975242331]},"",3657868001]},"",2755874153]},"",1588436608],[{},"",0]]"#
    );
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "2");
        driver.set_cell("t", "r", "c", "1");
    });
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"r":[{"c":[1,"-----Ec---1mmxrx",897366247]},"",3609458572]},"",3359871938]},"",3852582871],[{},"",0]]"#
    );
    driver.together(|driver| {
        driver.set_cell("t", "r", "d", "true");
        driver.set_cell("t", "s", "c", "x");
        driver.del_cell("t", "r", "c");
    });
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"r":[{"c":["￼","-----Ec---4mmxrx",3176316086],"d":[true,"-----Ec---2mmxrx",2587903091]},"",3393889719],"s":[{"c":["x","-----Ec---3mmxrx",1585972860]},"",2074837089]},"",3406739349]},"",1615785455],[{},"",0]]"#
    );
    driver.rolled_back(|driver| driver.set_cell("u", "r", "c", "1"));
    driver.set_value("v", "null");
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"r":[{"c":["￼","-----Ec---4mmxrx",3176316086],"d":[true,"-----Ec---2mmxrx",2587903091]},"",3393889719],"s":[{"c":["x","-----Ec---3mmxrx",1585972860]},"",2074837089]},"",3406739349]},"",1615785455],[{"v":[null,"-----Ec---7mmxrx",1135382125]},"",1046364687]]"#
    );
    driver.set_tables("t.s.c=x t.s.e=0.5 u.9.b=2 u.10.b=1");
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"r":[{"c":["￼","-----Ec---4mmxrx",3176316086],"d":["￼","-----Ec---9mmxrx",2353505287]},"",2459510303],"s":[{"c":["x","-----Ec---3mmxrx",1585972860],"e":[0.5,"-----Ec---8mmxrx",1274966720]},"",1287172487]},"",3686961750],"u":[{"9":[{"b":[2,"-----Ec---Ammxrx",2821593576]},"",3463195710],"10":[{"b":[1,"-----Ec---Bmmxrx",514898652]},"",3930294744]},"",3155218520]},"",610678286],[{"v":[null,"-----Ec---7mmxrx",1135382125]},"",1046364687]]"#
    );
    driver.set_cell("t", "s", "o", r#"{"a":[1]}"#);
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"r":[{"c":["￼","-----Ec---4mmxrx",3176316086],"d":["￼","-----Ec---9mmxrx",2353505287]},"",2459510303],"s":[{"c":["x","-----Ec---3mmxrx",1585972860],"e":[0.5,"-----Ec---8mmxrx",1274966720],"o":["�{\"a\":[1]}","-----Ec---Cmmxrx",2887257573]},"",1718804991]},"",3769951195],"u":[{"9":[{"b":[2,"-----Ec---Ammxrx",2821593576]},"",3463195710],"10":[{"b":[1,"-----Ec---Bmmxrx",514898652]},"",3930294744]},"",3155218520]},"",2221065110],[{"v":[null,"-----Ec---7mmxrx",1135382125]},"",1046364687]]"#
    );
    let hashes = [
        driver.written(Store::write_table_hashes),
        driver.written(|store, out| store.write_row_hashes(br#"{"t":0,"u":0}"#, out).unwrap()),
        driver.written(|store, out| store.write_cell_hashes(br#"{"t":{"s":0}}"#, out).unwrap()),
        driver.written(Store::write_value_hashes),
        driver.hashes(),
    ];
    let expected = [
        r#"{"t":3769951195,"u":3155218520}"#,
        r#"{"t":{"r":2459510303,"s":1718804991},"u":{"9":3463195710,"10":3930294744}}"#,
        r#"{"t":{"s":{"c":1585972860,"e":1274966720,"o":2887257573}}}"#,
        r#"{"v":1135382125}"#,
        r#"[2221065110,1046364687]"#,
    ];
    assert_eq!(hashes, expected);
}

#[test]
fn what_is_there_by_default_has_no_hlc_and_loses_to_what_has_one() {
    let mut driver = Driver::mergeable("client2");
    driver.together(|driver| {
        driver.store.set_defaulting(true);
        driver.set_tables("t.s.c=y t.s.z=1");
        driver.set_values("v=1 w=2");
        driver.store.set_defaulting(false);
    });
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"s":[{"c":["y","",3076223336],"z":[1,"",367730898]},"",3312980136]},"",4173713438]},"",1138918034],[{"v":[1,"",367730898],"w":[2,"",2549262653]},"",3375293831]]"#
    );
    driver.set_tables_schema("t.c=string t.d=number,default:7");
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"s":[{"c":["y","-----Ec---1jmx_3",1744150656],"z":["￼","-----Ec---0jmx_3",2988084719],"d":[7,"",2514868772]},"",2684936719]},"",3793450397]},"",762969943],[{"v":[1,"",367730898],"w":[2,"",2549262653]},"",3375293831]]"#
    );
    driver.set_row("t", "q", "c=x");
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"s":[{"c":["y","-----Ec---1jmx_3",1744150656],"z":["￼","-----Ec---0jmx_3",2988084719],"d":[7,"",2514868772]},"",2684936719],"q":[{"c":["x","-----Ec---2jmx_3",112739092],"d":[7,"",2514868772]},"",3333896192]},"",3845012666]},"",2487570700],[{"v":[1,"",367730898],"w":[2,"",2549262653]},"",3375293831]]"#
    );
    driver.del_row("t", "q");
    driver.set_row("t", "q", "c=z");
    assert_eq!(
        driver.stamps(),
        r#"[[{"t":[{"s":[{"c":["y","-----Ec---1jmx_3",1744150656],"z":["￼","-----Ec---0jmx_3",2988084719],"d":[7,"",2514868772]},"",2684936719],"q":[{"c":["z","-----Ec---5jmx_3",1027338753],"d":["￼","-----Ec---4jmx_3",433602475]},"",2694081611]},"",4065693127]},"",1118806304],[{"v":[1,"",367730898],"w":[2,"",2549262653]},"",3375293831]]"#
    );
    assert_eq!(driver.cell("t", "q", "d"), "7");
}

/// Content with one cell of that stamp.
fn cell(stamp: &str) -> String {
    format!(r#"[[{{"t":[{{"r":[{{"c":[{stamp}]}},"",1]}},"",1]}},"",1],[{{}},"",0]]"#)
}

/// The texts of the tables of a store that has got two cells, one after the other.
fn after(first: &str, second: &str) -> String {
    let mut driver = Driver::mergeable("a");
    driver.merge(&cell(first)).unwrap();
    driver.merge(&cell(second)).unwrap();
    driver.tables()
}

#[test]
fn the_later_change_wins_whatever_comes_first() {
    let (early, late) = (r#"1,"-----Ec----mmxrx",1"#, r#"2,"-----Ec---0aaaaa",1"#);
    let deleted = "\"\u{FFFC}\",\"-----Ed----aaaaa\"";
    assert_eq!(after(early, late), "t.r.c=2");
    assert_eq!(after(late, early), "t.r.c=2");
    assert_eq!(after(late, deleted), "");
    assert_eq!(after(deleted, late), "");
    assert_eq!(after(early, early), "t.r.c=1");
    // Of what has no HLC, what comes last stays; and anything else wins.
    assert_eq!(after("1", r#"2,"""#), "t.r.c=2");
    assert_eq!(after(early, "2"), "t.r.c=1");
    assert_eq!(after("2", early), "t.r.c=1");
}

#[test]
fn what_is_no_content_of_a_mergeable_store_changes_nothing() {
    let hlc = "-----Ec----mmxrx";
    let mut driver = Driver::mergeable("a");
    driver.set_cell("kept", "r", "c", "1");
    let before = driver.stamps();
    let good = cell(&format!("1,\"{hlc}\",1"));
    for text in [
        cell(""),
        cell(&format!("1,\"{hlc}\",1,1")),
        cell(&format!("1,\"{hlc}\",\"1\"")),
        cell(&format!("1,\"{hlc}-\"")),
        cell("1,\"-----Ec----mmxr\""),
        cell("1,\"-----Ec----mmxr!\""),
        cell("1,5"),
        cell("1,null"),
        // More than five minutes ahead of the time, which is 1000; and the greatest there is.
        cell("1,\"---08U8----mmxrx\""),
        cell("1,\"zzzzzzzzzzzzzzzz\""),
        cell(&format!("\"\u{FFFD}no JSON\",\"{hlc}\",1")),
        cell(&format!("1e999,\"{hlc}\",1")),
        good.replace("[{\"c\"", "[5,{\"c\""),
        good.replace("{\"r\"", "[\"r\"")
            .replace("1]},\"\",1]},", "1],\"\",1]},"),
        good.replace("\"t\":", "\"t\":null,\"u\":"),
        good.replace(",[{},\"\",0]]", "]"),
        good.replace(",[{},\"\",0]]", ",[]]"),
        good.replace(",[{},\"\",0]]", ",[{},\"\",0],2]"),
        good.replace(",[{},\"\",0]]", ",[{},\"\",0],1,1]"),
        good.replace("\"\",0]]", "\"-----Ec----mmxr!\",0]]"),
        "[{\"t\":{\"r\":{\"c\":1}}},{}]".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        format!("{good}]"),
        good.replace("]]", "]"),
    ] {
        assert!(driver.merge(&text).is_err(), "{text}");
        assert!(driver.set_mergeable(&text).is_err(), "{text}");
        assert_eq!(driver.stamps(), before);
    }
    for text in ["[[{}],[{}]]", "[[{}],[{}],1]", "[[{},\"\"],[{},\"\",0]]"] {
        assert_eq!(
            driver.set_mergeable(text),
            Err(Error::InvalidStamps),
            "{text}"
        );
        assert_eq!(driver.merge(text), Ok(()), "{text}");
    }
    assert_eq!(driver.stamps(), before);
    // Exactly five minutes is not more.
    driver.merge(&cell("1,\"---08U7----mmxrx\"")).unwrap();
    assert_eq!(driver.tables(), "kept.r.c=1 t.r.c=1");
}

#[test]
fn the_clock_goes_on_from_what_has_come() {
    let mut driver = Driver::mergeable("client1");
    driver.merge(&cell(r#"1,"-----Eh---2MOzhp",1"#)).unwrap();
    driver.set_value("v", "1");
    assert!(driver.stamps().contains(r#""v":[1,"-----Eh---3mmxrx","#));
}

#[test]
fn each_write_has_the_time_that_was_said_before_it() {
    let mut driver = Driver::mergeable("client1");
    driver.together(|driver| {
        driver.set_value("a", "1");
        driver.store.set_now(2000);
        driver.set_value("b", "1");
        driver.store.set_now(500);
        driver.set_value("c", "1");
        driver.store.set_now(3000);
        driver.set_value("a", "2");
    });
    let stamps = driver.stamps();
    for stamp in [
        r#""a":[2,"-----is----mmxrx","#,
        r#""b":[1,"-----UF----mmxrx","#,
        r#""c":[1,"-----UF---0mmxrx","#,
    ] {
        assert!(stamps.contains(stamp), "{stamps}");
    }
}

#[test]
fn setting_the_content_takes_the_place_of_all_there_was_unless_it_is_rolled_back() {
    let mut driver = Driver::mergeable("client1");
    driver.set_tables("t.r.a=1 t.r.b=2");
    let before = driver.stamps();
    let content = cell(r#"5,"-----Ec---9aaaaa",1"#);
    let set = |driver: &mut Driver| {
        driver.set_cell("t", "r", "d", "1");
        driver.set_mergeable(&content).unwrap();
        driver.set_value("v", "1");
        assert_eq!(driver.tables(), "t.r.c=5");
    };
    driver.rolled_back(set);
    assert_eq!(driver.stamps(), before);
    assert_eq!(driver.tables(), "t.r.a=1 t.r.b=2");
    driver.together(set);
    let stamps = driver.stamps();
    assert!(
        !stamps.contains("\"a\"") && !stamps.contains("\"d\""),
        "{stamps}"
    );
    assert!(stamps.contains(r#""c":[5,"-----Ec---9aaaaa","#));
}

#[test]
fn what_a_schema_refuses_is_stamped_nevertheless() {
    let mut driver = Driver::mergeable("client1");
    driver.set_tables_schema("t.c=number");
    driver.merge(&cell(r#""x","-----Ec---9aaaaa",1"#)).unwrap();
    assert_eq!(driver.tables(), "");
    let stamps = driver.stamps();
    assert!(
        stamps.contains(r#""c":["x","-----Ec---9aaaaa","#),
        "{stamps}"
    );
}

#[test]
fn changes_are_those_of_the_transaction_and_more_if_all_stamps_are_asked_for() {
    let mut driver = Driver::mergeable("client1");
    driver.set_tables("t.r.a=1 u.r.a=1");
    let none = "[[{}],[{}],1]";
    assert_eq!(driver.stamped_changes(), none);
    driver.together(|driver| {
        driver.set_cell("t", "r", "b", "2");
        driver.del_row("u", "r");
        driver.set_value("v", "1");
        let text = r#"[[{"t":[{"r":[{"a":[1,"-----Ec---9aaaaa"]}]}]}],[{}],1]"#;
        driver.merge(text).unwrap();
        let changes = driver.written(|store, out| store.write_mergeable_changes(false, false, out));
        let own = r#"{"b":[2,"-----Ec---1mmxrx"]}"#;
        let both = r#"{"b":[2,"-----Ec---1mmxrx"],"a":[1,"-----Ec---9aaaaa"]}"#;
        let all = changes.replace(own, both);
        assert_ne!(all, changes);
        assert_eq!(
            changes,
            "[[{\"t\":[{\"r\":[{\"b\":[2,\"-----Ec---1mmxrx\"]}]}],\"u\":[{\"r\":[{\"a\":[\"\u{FFFC}\",\"-----Ec---2mmxrx\"]}]}]}],[{\"v\":[1,\"-----Ec---3mmxrx\"]}],1]"
        );
        assert_eq!(driver.stamped_changes(), all);
    });
    assert_eq!(driver.stamped_changes(), none);
}

#[test]
fn mutators_writes_are_changes_of_this_store() {
    let mut driver = Driver::mergeable("client1");
    driver.mutate("m", Kind::Cell, &["t", "r", "c"], |driver, _| {
        driver.set_cell("t", "r", "m", "1");
        Ok(())
    });
    driver.merge(&cell(r#"5,"-----Ec---9aaaaa",1"#)).unwrap();
    let stamps = driver.stamps();
    assert!(stamps.contains(r#""m":[1,"-----Ec---Ammxrx","#), "{stamps}");
}

#[test]
fn texts_that_no_stamp_has_any_more_are_freed() {
    let mut driver = Driver::mergeable("client1");
    let empty = r#"[[{},"",0],[{},"",0]]"#;
    driver.set_mergeable(empty).unwrap();
    sweep(&mut driver);
    let base = driver.store.text_count();
    for round in 0..3 {
        for number in 0..200 {
            let (row, value) = (format!("row{number}"), format!("{round}-{number}"));
            driver.set_row("t", &row, &format!("a={value} b=[{number}]"));
            driver.set_value(&row, &value);
            driver.rolled_back(|driver| driver.set_row(&value, &value, "c=x"));
        }
        driver.del_tables();
        sweep(&mut driver);
        let kept = driver.store.text_count();
        assert!(kept < base + 500, "a row's id is kept, and a value: {kept}");
    }
    driver.del_values();
    driver.rolled_back(|driver| driver.set_mergeable(&cell("\"new\",\"\",1")).unwrap());
    driver.set_mergeable(empty).unwrap();
    sweep(&mut driver);
    assert_eq!(driver.store.text_count(), base);
}

#[test]
fn wide_rows_and_many_rollbacks_leave_the_stamps_as_they_are() {
    let mut driver = Driver::mergeable("client1");
    for number in 0..1200 {
        driver.set_cell("t", "wide", &format!("c{number}"), &number.to_string());
        driver.rolled_back(|driver| {
            driver.set_cell("t", &format!("r{number}"), "c", "1");
            driver.stamps();
        });
        if number % 3 == 0 {
            driver.del_cell("t", "wide", &format!("c{number}"));
        }
    }
    let stamps = driver.stamps();
    let mut copy = Driver::mergeable("client2");
    copy.set_mergeable(&stamps).unwrap();
    assert_eq!(copy.stamps(), stamps);
    assert_eq!(copy.tables(), driver.tables());
    assert_eq!(stamps.matches("\u{FFFC}").count(), 400);
}

#[test]
fn a_store_that_is_not_mergeable_has_no_stamps_and_takes_none() {
    let mut driver = Driver::with("t.r.c=1");
    driver.merge(&cell(r#"5,"-----Ec---9aaaaa",1"#)).unwrap();
    assert_eq!(driver.tables(), "t.r.c=1");
    assert_eq!(driver.stamps(), r#"[[{},"",0],[{},"",0]]"#);
    assert_eq!(driver.hashes(), "[0,0]");
    assert!(!driver.store.is_mergeable());
}
