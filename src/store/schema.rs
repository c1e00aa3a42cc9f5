//! Schemas: which cells a table's rows may have, or which values there may be, of what types, and
//! what they are by default.

use super::cell::{Cell, Kind};
use super::equality::is_same;
use super::ordered::OrderedMap;
use super::text::{TextId, Texts};
use rustc_hash::FxHashSet;

/// A set of types of cells; [`Types::ALL`] has all that there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types(pub u8);

impl Types {
    /// Texts.
    pub const STRING: Types = Types(1);
    /// Numbers.
    pub const NUMBER: Types = Types(2);
    /// Booleans.
    pub const BOOLEAN: Types = Types(4);
    /// Objects.
    pub const OBJECT: Types = Types(8);
    /// Arrays.
    pub const ARRAY: Types = Types(16);
    /// Every type by the name that schemas have for it.
    pub const ALL: [(&'static str, Types); 5] = [
        ("string", Types::STRING),
        ("number", Types::NUMBER),
        ("boolean", Types::BOOLEAN),
        ("object", Types::OBJECT),
        ("array", Types::ARRAY),
    ];

    /// The types of both.
    #[must_use]
    pub const fn or(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    fn has(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    /// The type of a cell; none if it is absent or `null`.
    fn of(texts: &Texts, cell: Cell) -> Types {
        match cell.kind() {
            Kind::Absent | Kind::Null | Kind::Rejected => Types::default(),
            Kind::Boolean(_) => Types::BOOLEAN,
            Kind::Number(_) => Types::NUMBER,
            Kind::Text(_) => Types::STRING,
            Kind::Json(json) => {
                let first = texts.bytes(json).iter().find(|byte| **byte > b' ');
                match first {
                    Some(b'[') => Types::ARRAY,
                    _ => Types::OBJECT,
                }
            }
        }
    }
}

/// A member of the object that users give as the schema of one cell or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// `type`
    Type,
    /// `enum`
    Enum,
    /// `default`
    Default,
    /// `allowNull`
    AllowNull,
    /// `required`
    Required,
}

impl Member {
    /// All members, by the number that the facade gives them.
    pub const ALL: [Member; 5] = [
        Member::Type,
        Member::Enum,
        Member::Default,
        Member::AllowNull,
        Member::Required,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Member::Type => "type",
            Member::Enum => "enum",
            Member::Default => "default",
            Member::AllowNull => "allowNull",
            Member::Required => "required",
        }
    }
}

/// The schema of one cell or value: its types or its choices, one of the two.
#[derive(Clone, Debug)]
pub struct CellSchema {
    /// The types that are allowed; none if there are choices.
    pub types: Types,
    /// What is allowed; empty if there are types.
    pub choices: Vec<Cell>,
    /// What it is if nothing is set; absent if there is no default.
    pub default: Cell,
    /// Whether it may be `null`.
    pub allows_null: bool,
    /// Whether a whole row, or all values, may be set only with it.
    pub is_required: bool,
    /// Its members in the order in which they were given, with their JSON.
    pub members: Vec<(Member, Box<[u8]>)>,
}

impl CellSchema {
    /// The same, if it makes sense, and without a default that it does not allow. It makes none
    /// without types or choices, or with both, or if `null` is the default but not allowed.
    #[must_use]
    pub fn checked(mut self, texts: &Texts) -> Option<CellSchema> {
        if (self.types == Types::default()) == self.choices.is_empty() {
            return None;
        }
        if matches!(self.default.kind(), Kind::Null) && !self.allows_null {
            return None;
        }
        if !self.allows(texts, self.default) {
            self.default = Cell::ABSENT;
            self.members
                .retain(|(member, _)| *member != Member::Default);
        }
        Some(self)
    }

    /// Whether this may be set.
    pub fn allows(&self, texts: &Texts, cell: Cell) -> bool {
        match cell.kind() {
            Kind::Absent | Kind::Rejected => false,
            Kind::Null => self.allows_null,
            _ if self.choices.is_empty() => self.types.has(Types::of(texts, cell)),
            _ => self
                .choices
                .iter()
                .any(|choice| is_same(texts, *choice, cell)),
        }
    }

    fn text_ids(&self) -> impl Iterator<Item = TextId> {
        let cells = self.choices.iter().chain([&self.default]);
        cells.filter_map(|cell| cell.text_id())
    }
}

/// The schema of a table's rows, or of the values.
#[derive(Clone, Default)]
pub struct Schema {
    /// In the order in which users see them.
    cells: OrderedMap<CellSchema>,
    /// In the order in which defaults are added.
    defined: Vec<TextId>,
}

impl Schema {
    /// A schema of these, in the place of `previous`: what stays keeps its position.
    #[must_use]
    pub fn replacing(previous: Option<&Schema>, cells: Vec<(TextId, CellSchema)>) -> Schema {
        let mut schema = previous.cloned().unwrap_or_default();
        schema.defined = cells.iter().map(|(id, _)| *id).collect();
        schema.cells.keep(&schema.defined);
        for (id, cell) in cells {
            schema.cells.insert(id, cell);
        }
        schema
    }

    /// The same where these come back by a roll-back: what has a default in both, or in none, keeps its
    /// position in the order of definition, too.
    #[must_use]
    pub fn returning(current: Option<&Schema>, cells: Vec<(TextId, CellSchema)>) -> Schema {
        let mut schema = Schema::replacing(current, cells);
        let defined = current.map_or(&[][..], |current| &current.defined);
        let has_default = |schema: &Schema, id| Some(!schema.get(id)?.default.is_absent());
        let stays = |id: &&TextId| {
            let now = current.and_then(|current| has_default(current, **id));
            now.is_some() && now == has_default(&schema, **id)
        };
        let mut order: Vec<_> = defined.iter().filter(stays).copied().collect();
        let stay: FxHashSet<_> = order.iter().copied().collect();
        order.extend(schema.defined.iter().filter(|id| !stay.contains(id)));
        schema.defined = order;
        schema
    }

    /// What there may be, in the order in which users see it.
    pub fn cells(&self) -> impl Iterator<Item = (TextId, &CellSchema)> {
        self.cells.iter()
    }

    /// The same, in the order in which it was defined last.
    pub fn defined(&self) -> impl Iterator<Item = (TextId, &CellSchema)> {
        let cell = |id: &TextId| Some((*id, self.cells.get(*id)?));
        self.defined.iter().filter_map(cell)
    }

    /// The schema of one cell or value.
    #[must_use]
    pub fn get(&self, id: TextId) -> Option<&CellSchema> {
        self.cells.get(id)
    }

    /// The default of one; absent if there is none.
    #[must_use]
    pub fn default_of(&self, id: TextId) -> Cell {
        self.get(id).map_or(Cell::ABSENT, |cell| cell.default)
    }

    /// Every text that it refers to.
    pub fn text_ids(&self) -> impl Iterator<Item = TextId> {
        self.cells()
            .flat_map(|(id, cell)| cell.text_ids().chain([id]))
    }
}

/// The schema of all tables.
#[derive(Clone, Default)]
pub struct TablesSchema {
    tables: OrderedMap<Schema>,
}

impl TablesSchema {
    /// A schema of these tables, in the place of `previous`: what stays keeps its position.
    #[must_use]
    pub fn replacing(
        previous: Option<&TablesSchema>,
        tables: Vec<(TextId, Vec<(TextId, CellSchema)>)>,
    ) -> TablesSchema {
        let mut schema = previous.cloned().unwrap_or_default();
        let ids: Vec<_> = tables.iter().map(|(id, _)| *id).collect();
        schema.tables.keep(&ids);
        for (id, cells) in tables {
            let table = Schema::replacing(schema.tables.get(id), cells);
            schema.tables.insert(id, table);
        }
        schema
    }

    /// The tables that there may be.
    pub fn tables(&self) -> impl Iterator<Item = (TextId, &Schema)> {
        self.tables.iter()
    }

    /// The schema of one table.
    #[must_use]
    pub fn get(&self, table: TextId) -> Option<&Schema> {
        self.tables.get(table)
    }

    /// Every text that it refers to.
    pub fn text_ids(&self) -> impl Iterator<Item = TextId> {
        self.tables()
            .flat_map(|(id, table)| table.text_ids().chain([id]))
    }
}
