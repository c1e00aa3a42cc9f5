//! Schemas: which cells and values there may be, and what they are by default.

use super::cell::Cell;
use super::handle::encode;
use super::id_map::IdMap;
use crate::store::json::write_string;
use crate::store::{Cell as CoreCell, CellSchema as CoreSchema, Member, Store as Core, Types};

/// A type of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellType {
    /// [`Cell::Text`].
    String,
    /// [`Cell::Number`].
    Number,
    /// [`Cell::Bool`].
    Boolean,
    /// [`Cell::Json`] of an object.
    Object,
    /// [`Cell::Json`] of an array.
    Array,
}

impl CellType {
    /// The name that JSON has for it, and what the core does.
    fn name_and_bit(self) -> (&'static str, Types) {
        match self {
            CellType::String => ("string", Types::STRING),
            CellType::Number => ("number", Types::NUMBER),
            CellType::Boolean => ("boolean", Types::BOOLEAN),
            CellType::Object => ("object", Types::OBJECT),
            CellType::Array => ("array", Types::ARRAY),
        }
    }
}

/// What a cell or value may be, and what it is by default.
///
/// ```
/// use cellarium::{Cell, CellSchema, CellType, Store, row};
///
/// let store = Store::new();
/// store.set_tables_schema([(
///     "pets",
///     [
///         ("species", CellSchema::one_of(["dog", "cat"]).default("dog")),
///         ("name", CellSchema::string().required()),
///         ("age", CellSchema::number().allow_null()),
///         ("tag", CellSchema::types([CellType::String, CellType::Number])),
///     ],
/// )]);
/// store.set_row("pets", "fido", row! {"name" => "Fido", "age" => "four", "tag" => 7});
/// assert_eq!(
///     store.get_row("pets", "fido"),
///     row! {"name" => "Fido", "tag" => 7, "species" => "dog"},
/// );
/// ```
///
/// # What makes no sense
///
/// A store ignores a schema without types or choices, with choices that are not texts, numbers and
/// booleans, or whose default is `null` though that is not allowed. A default that is of another type,
/// or not among the choices, is ignored, and the rest counts.
#[derive(Clone, Debug, PartialEq)]
pub struct CellSchema {
    types: Vec<CellType>,
    choices: Vec<Cell>,
    default: Option<Cell>,
    allow_null: bool,
    required: bool,
}

/// What a value may be; the same as for a cell.
pub type ValueSchema = CellSchema;

/// The cells that the rows of a table may have, by cell id.
pub type TableSchema = IdMap<CellSchema>;

/// The tables that there may be, by table id.
pub type TablesSchema = IdMap<TableSchema>;

/// The values that there may be, by value id.
pub type ValuesSchema = IdMap<ValueSchema>;

impl CellSchema {
    fn new(types: Vec<CellType>, choices: Vec<Cell>) -> CellSchema {
        CellSchema {
            types,
            choices,
            default: None,
            allow_null: false,
            required: false,
        }
    }

    /// A text.
    #[must_use]
    pub fn string() -> CellSchema {
        CellType::String.into()
    }

    /// A number.
    #[must_use]
    pub fn number() -> CellSchema {
        CellType::Number.into()
    }

    /// A boolean.
    #[must_use]
    pub fn boolean() -> CellSchema {
        CellType::Boolean.into()
    }

    /// An object.
    #[must_use]
    pub fn object() -> CellSchema {
        CellType::Object.into()
    }

    /// An array.
    #[must_use]
    pub fn array() -> CellSchema {
        CellType::Array.into()
    }

    /// Something of any of these types.
    #[must_use]
    pub fn types(types: impl IntoIterator<Item = CellType>) -> CellSchema {
        CellSchema::new(types.into_iter().collect(), Vec::new())
    }

    /// One of these choices, which are texts, numbers or booleans.
    #[must_use]
    pub fn one_of<C: Into<Cell>>(choices: impl IntoIterator<Item = C>) -> CellSchema {
        let choices = choices.into_iter().map(Into::into).collect();
        CellSchema::new(Vec::new(), choices)
    }

    /// The same with a default: what it is in a new row or in all values if it is not given, and if
    /// what is given is not allowed.
    #[must_use]
    pub fn default(mut self, default: impl Into<Cell>) -> CellSchema {
        self.default = Some(default.into());
        self
    }

    /// The same, but it may also be `null`.
    #[must_use]
    pub fn allow_null(mut self) -> CellSchema {
        self.allow_null = true;
        self
    }

    /// The same, but a whole row, or all values, may be set only with it.
    #[must_use]
    pub fn required(mut self) -> CellSchema {
        self.required = true;
        self
    }

    /// What the core takes; `None` if it makes no sense.
    pub(super) fn encode(&self, core: &mut Core) -> Option<CoreSchema> {
        let can_be_chosen = |cell: &Cell| {
            let is_plain = matches!(cell, Cell::Bool(_) | Cell::Number(_) | Cell::Text(_));
            is_plain && cell.is_valid()
        };
        if !self.choices.iter().all(can_be_chosen) {
            return None;
        }
        let default = self.default.as_ref().filter(|cell| cell.is_valid());
        let types = self.types.iter().map(|kind| kind.name_and_bit().1);
        Some(CoreSchema {
            types: types.fold(Types::default(), Types::or),
            choices: self.choices.iter().map(|cell| encode(core, cell)).collect(),
            default: default.map_or(CoreCell::ABSENT, |cell| encode(core, cell)),
            allows_null: self.allow_null,
            is_required: self.required,
            members: self.members(),
        })
    }

    /// What was said, with its JSON.
    fn members(&self) -> Vec<(Member, Box<[u8]>)> {
        let mut members = Vec::new();
        let mut add = |member, json: Vec<u8>| members.push((member, json.into_boxed_slice()));
        let names = self
            .types
            .iter()
            .map(|kind| Cell::from(kind.name_and_bit().0));
        match &names.collect::<Vec<_>>()[..] {
            [] => {}
            [name] => add(Member::Type, json(name)),
            names => add(Member::Type, json_of_all(names)),
        }
        if !self.choices.is_empty() {
            add(Member::Enum, json_of_all(&self.choices));
        }
        if let Some(default) = &self.default {
            add(Member::Default, json(default));
        }
        for (member, is_said) in [
            (Member::AllowNull, self.allow_null),
            (Member::Required, self.required),
        ] {
            if is_said {
                add(member, json(&Cell::Bool(true)));
            }
        }
        members
    }
}

/// Something of that type.
impl From<CellType> for CellSchema {
    fn from(kind: CellType) -> CellSchema {
        CellSchema::types([kind])
    }
}

impl From<&CellSchema> for CellSchema {
    fn from(schema: &CellSchema) -> CellSchema {
        schema.clone()
    }
}

fn json(cell: &Cell) -> Vec<u8> {
    match cell {
        Cell::Text(text) => {
            let mut out = Vec::new();
            write_string(&mut out, text.as_bytes());
            out
        }
        other => other.to_string().into_bytes(),
    }
}

fn json_of_all(cells: &[Cell]) -> Vec<u8> {
    let cells: Vec<_> = cells.iter().map(json).collect();
    [b"[", &*cells.join(&b","[..]), b"]"].concat()
}
