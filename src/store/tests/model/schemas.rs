//! The schemas of the naive store.

use super::lists::{List, get, sorted};
use super::{Model, Row, Value, object};

/// The schema of a cell or value: an index into [`RULES`].
pub type Rule = usize;

/// A rule in the notation of the driver, what it allows, its default, whether it is required, and its
/// JSON, which is empty if it makes no sense.
type RuleText = (
    &'static str,
    &'static [Value],
    Option<Value>,
    bool,
    &'static str,
);

/// The rules that occur.
#[rustfmt::skip]
pub const RULES: [RuleText; 9] = [
    ("number", &[0, 1, 2, 3], None, false, r#"{"type":"number"}"#),
    ("default:1,number", &[0, 1, 2, 3], Some(2), false, r#"{"default":1,"type":"number"}"#),
    (
        "string|number|boolean|object|array,allowNull", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], None, false,
        r#"{"type":["string","number","boolean","object","array"],"allowNull":true}"#,
    ),
    (
        "string|array,allowNull,default:null", &[4, 6, 7, 8, 9], Some(4), false,
        r#"{"type":["string","array"],"allowNull":true,"default":null}"#,
    ),
    ("choice:x|1|0,required", &[6, 2, 0, 1], None, true, r#"{"enum":["x",1,0],"required":true}"#),
    (
        "required,array|string,default:[1]", &[6, 7, 8, 9], Some(8), true,
        r#"{"required":true,"type":["array","string"],"default":[1]}"#,
    ),
    ("string,default:true", &[6, 7, 9], None, false, r#"{"type":"string"}"#),
    ("number,default:null", &[], None, false, ""),
    (
        "choice:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|true,default:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        &[9, 5], Some(9), false,
        r#"{"enum":["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",true],"default":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}"#,
    ),
];

/// What a rule has for a default.
pub fn default_of(rule: Rule) -> Option<Value> {
    RULES[rule].2
}

/// The rules of a table's cells, or of the values.
#[derive(Clone, Default)]
pub struct Schema {
    /// In the order in which users see them.
    seen: List<Rule>,
    /// In the order in which they were given last.
    given: List<Rule>,
}

#[derive(Clone, Default)]
struct Held {
    tables: Option<List<Schema>>,
    values: Option<Schema>,
    are_known: [bool; 2],
}

/// The schemas, and those that this transaction has replaced.
#[derive(Clone, Default)]
pub struct Schemas {
    now: Held,
    tables_before: Option<Option<List<Schema>>>,
    values_before: Option<Option<Schema>>,
}

/// New entries in the place of old ones: what stays keeps its place.
fn replaced<T: Clone>(old: &List<T>, new: &List<T>) -> List<T> {
    let stays = old
        .iter()
        .filter_map(|(id, _)| Some((id.clone(), get(new, id)?.clone())));
    let comes = new.iter().filter(|(id, _)| get(old, id).is_none()).cloned();
    stays.chain(comes).collect()
}

fn with_sense(rules: &List<Rule>) -> List<Rule> {
    let has_sense = |(_, rule): &&(String, Rule)| !RULES[*rule].4.is_empty();
    rules.iter().filter(has_sense).cloned().collect()
}

impl Schemas {
    /// The rules of a table's cells, or of the values, in the order given. `None` if there is no
    /// schema; no rules if it does not have the table.
    pub fn rules(&self, table: Option<&str>) -> Option<List<Rule>> {
        let schema = match table {
            Some(table) => get(self.now.tables.as_ref()?, table).cloned(),
            None => Some(self.now.values.clone()?),
        };
        Some(schema.unwrap_or_default().given)
    }

    fn set_tables(&mut self, tables: Option<&List<List<Rule>>>) {
        let old = self.now.tables.clone();
        self.tables_before.get_or_insert_with(|| old.clone());
        let old = old.unwrap_or_default();
        self.now.are_known[0] = true;
        self.now.tables = tables.map(|tables| {
            let schema = |(id, given): &(String, List<Rule>)| {
                let seen = get(&old, id).cloned().unwrap_or_default().seen;
                let (seen, given) = (replaced(&seen, given), given.clone());
                (id.clone(), Schema { seen, given })
            };
            replaced(&old, &tables.iter().map(schema).collect())
        });
    }

    fn set_values(&mut self, seen: List<Rule>, given: List<Rule>) {
        self.forget_values();
        self.now.values = Some(Schema { seen, given });
    }

    fn forget_values(&mut self) {
        let old = self.now.values.take();
        self.values_before.get_or_insert(old);
        self.now.are_known[1] = true;
    }

    /// Brings back what the transaction has replaced, in the order of an object.
    pub fn roll_back(&mut self) {
        if let Some(before) = self.tables_before.take() {
            let before = before.map(|before| {
                let table = |(id, schema): &(String, Schema)| (id.clone(), sorted(&schema.seen));
                sorted(&before).iter().map(table).collect()
            });
            self.set_tables(before.as_ref());
        }
        if let Some(before) = self.values_before.take() {
            let now = self.now.values.clone().unwrap_or_default();
            match before {
                Some(before) => {
                    let before = sorted(&before.seen);
                    // What has a default and what has none are two lists to TinyBase.
                    let is_listed = |(id, rule): &&(String, Rule)| {
                        let has_default = |rule: &Rule| default_of(*rule).is_some();
                        get(&before, id).map(has_default) == Some(has_default(rule))
                    };
                    let listed = now.given.iter().filter(is_listed).cloned().collect();
                    let given = replaced(&listed, &before);
                    self.set_values(replaced(&now.seen, &before), given);
                }
                None => self.forget_values(),
            }
        }
        self.keep();
    }

    /// The transaction ends, and they stay.
    pub fn keep(&mut self) {
        (self.tables_before, self.values_before) = (None, None);
    }
}

impl Model {
    pub fn set_tables_schema(&mut self, schema: &List<List<Rule>>) {
        let schema: List<List<Rule>> = schema
            .iter()
            .map(|(id, rules)| (id.clone(), with_sense(rules)))
            .filter(|(_, rules)| !rules.is_empty())
            .collect();
        if schema.is_empty() {
            return;
        }
        self.schemas.set_tables(Some(&schema));
        let held = self.clone().in_object_order().tables;
        let held: List<List<Row>> = held
            .into_iter()
            .map(|(id, table)| (id, table.rows))
            .collect();
        if !held.is_empty() {
            self.del_tables();
            self.set_tables(&held);
        }
    }

    pub fn set_values_schema(&mut self, schema: &List<Rule>) {
        let schema = with_sense(schema);
        if schema.is_empty() {
            return;
        }
        self.schemas.set_values(schema.clone(), schema);
        let held = self.values.clone();
        for (id, _) in &held {
            self.remove_value(id);
        }
        self.set_values(&sorted(&held));
    }

    pub fn del_tables_schema(&mut self) {
        self.schemas.set_tables(None);
    }

    pub fn del_values_schema(&mut self) {
        self.schemas.forget_values();
    }

    /// The JSON of both schemas.
    pub fn schemas_json(&self) -> [String; 2] {
        let rule = |rule: &Rule| RULES[*rule].4.to_owned();
        let schema = |schema: &Schema| object(&schema.seen, rule);
        let tables = self.schemas.now.tables.clone().unwrap_or_default();
        let values = self.schemas.now.values.clone().unwrap_or_default();
        [object(&tables, schema), schema(&values)]
    }

    /// Whether there are schemas, as far as that has been said.
    pub fn has_schemas(&self) -> [Option<bool>; 2] {
        let now = &self.schemas.now;
        let [tables, values] = now.are_known;
        [
            tables.then_some(now.tables.is_some()),
            values.then_some(now.values.is_some()),
        ]
    }
}
