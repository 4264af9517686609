//! Discord's own description of its API as a judge: the schema of a route's body. Only when the environment names a folder with it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde_json::{Value, json};

use super::Finding;
use crate::rest::Route;

/// Names the folder with `openapi.json`.
const VARIABLE: &str = "REFERENT_DISCORD_SCHEMA";
/// The name under which the description refers to itself.
const NAME: &str = "https://discord.test/openapi";
/// How much of a value is shown in a finding.
const SHOWN: usize = 200;

/// What Discord takes though its description says otherwise.
struct Deviation {
    /// The end of a value's place; `*` is any name or number.
    place: &'static [&'static str],
    /// How the value is to be written for the description.
    written: Written,
    #[allow(dead_code, reason = "says why the row is here")]
    reason: &'static str,
}

enum Written {
    AsText,
    AsNumber,
}

const DEVIATIONS: &[Deviation] = &[
    Deviation {
        place: &["attachments", "*", "id"],
        written: Written::AsText,
        reason: "the number n of files[n]; Discord's own examples of uploads write a number, its description wants an id",
    },
    Deviation {
        place: &["default_member_permissions"],
        written: Written::AsNumber,
        reason: "Discord's documentation of commands says string, as for all permissions; its description says integer",
    },
];

/// The description and what was compiled of it.
pub(super) struct Schemas {
    document: Value,
    registry: Registry<'static>,
    compiled: Mutex<HashMap<(&'static str, &'static str), Arc<Validator>>>,
}

/// The description, read once; `None` when the environment names none.
///
/// # Panics
/// When the environment names a folder where it is not.
pub(super) fn schemas() -> Option<&'static Schemas> {
    static SCHEMAS: OnceLock<Option<Schemas>> = OnceLock::new();
    SCHEMAS
        .get_or_init(|| {
            let folder = std::env::var_os(VARIABLE).filter(|it| !it.is_empty())?;
            match read(Path::new(&folder)) {
                Ok(schemas) => Some(schemas),
                // Who asks for the judge and does not get it would believe that all is well.
                Err(trouble) => {
                    panic!("{VARIABLE} is set, but there is no openapi.json to be used: {trouble}")
                }
            }
        })
        .as_ref()
}

fn read(folder: &Path) -> Result<Schemas, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(folder.join("openapi.json"))?;
    let document: Value = serde_json::from_str(&text)?;
    let registry = Registry::new().draft(Draft::Draft202012).add(NAME, document.clone())?.prepare()?;
    Ok(Schemas { document, registry, compiled: Mutex::default() })
}

pub(super) fn judge(route: &Route, body: &Value) -> Vec<Finding> {
    let Some(schemas) = schemas() else { return Vec::new() };
    let finding = |text: String| vec![Finding { judge: "openapi", text, refused: true }];
    let validator = match schemas.validator(route) {
        Ok(validator) => validator,
        Err(trouble) => return finding(trouble),
    };
    let mut body = body.clone();
    forgive(&mut body, &mut Vec::new());
    let first = validator.iter_errors(&body).next();
    first.map_or_else(Vec::new, |error| finding(explain(&error)))
}

impl Schemas {
    fn validator(&'static self, route: &Route) -> Result<Arc<Validator>, String> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = compiled.get(&(route.method, route.path)) {
            return Ok(known.clone());
        }
        let method = route.method.to_lowercase();
        let path = route.path.replace('/', "~1");
        let place = format!("/paths/{path}/{method}/requestBody/content/application~1json/schema");
        if self.document.pointer(&place).is_none() {
            return Err("the description has no such route".to_owned());
        }
        let fragment = place.replace('{', "%7B").replace('}', "%7D");
        let schema = json!({ "$ref": format!("{NAME}#{fragment}") });
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_registry(&self.registry)
            .build(&schema)
            .map_err(|it| format!("the schema cannot be used: {it}"))?;
        let validator = Arc::new(validator);
        compiled.insert((route.method, route.path), validator.clone());
        Ok(validator)
    }
}

/// Rewrites what deviates from the description by the table.
fn forgive(value: &mut Value, place: &mut Vec<String>) {
    if let Some(deviation) = DEVIATIONS.iter().find(|it| ends_with(place, it.place)) {
        match deviation.written {
            Written::AsText if value.is_u64() => *value = json!(value.to_string()),
            Written::AsNumber => {
                let number = value.as_str().and_then(|it| it.parse::<u64>().ok());
                if let Some(number) = number {
                    *value = json!(number);
                }
            }
            Written::AsText => {}
        }
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                place.push(index.to_string());
                forgive(item, place);
                place.pop();
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                place.push(name.clone());
                forgive(field, place);
                place.pop();
            }
        }
        _ => {}
    }
}

fn ends_with(place: &[String], end: &[&str]) -> bool {
    let Some(from) = place.len().checked_sub(end.len()) else { return false };
    place[from..].iter().zip(end).all(|(part, wanted)| *wanted == "*" || part == wanted)
}

/// The place and the rule that a person would name: of several alternatives, the one that goes deepest into the body.
fn explain(error: &ValidationError<'_>) -> String {
    let deepest = deepest(error);
    let text: String = deepest.to_string().chars().take(SHOWN).collect();
    format!("{}: {}: {text}", deepest.instance_path(), deepest.schema_path())
}

fn deepest<'a, 'b>(error: &'b ValidationError<'a>) -> &'b ValidationError<'a> {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) =
        error.kind()
    else {
        return error;
    };
    let depth = |it: &&ValidationError<'_>| it.instance_path().as_str().matches('/').count();
    context.iter().flatten().map(deepest).max_by_key(depth).unwrap_or(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviations_are_forgiven_where_they_stand_and_nowhere_else() {
        let mut body = json!({
            "id": 3,
            "data": { "attachments": [{ "id": 0, "filename": "svar.txt" }] },
            "list": [{ "default_member_permissions": "32" }],
        });
        forgive(&mut body, &mut Vec::new());
        let expected = json!({
            "id": 3,
            "data": { "attachments": [{ "id": "0", "filename": "svar.txt" }] },
            "list": [{ "default_member_permissions": 32 }],
        });
        assert_eq!(body, expected);
    }
}
