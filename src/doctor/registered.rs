//! Whether Discord knows the commands as the table has them.

use serde_json::Value;

/// What differs, by name, as a person would say it; empty when nothing does.
pub(super) fn differences(ours: &Value, theirs: &Value) -> Vec<String> {
    let (ours, theirs) = (list(ours), list(theirs));
    let name = |command: &Value| command["name"].as_str().unwrap_or_default().to_owned();
    let mut differences = Vec::new();
    for command in ours {
        match theirs
            .iter()
            .find(|other| name(other) == name(command) && same(&command["type"], &other["type"]))
        {
            None => differences.push(format!("»{}« mangler", name(command))),
            Some(other) if !same(command, other) => {
                differences.push(format!("»{}« er ændret", name(command)));
            }
            Some(_) => {}
        }
    }
    let known = |other: &Value| ours.iter().any(|command| name(command) == name(other));
    differences.extend(
        theirs
            .iter()
            .filter(|other| !known(other))
            .map(|other| format!("»{}« findes ikke længere", name(other))),
    );
    differences
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Whether `theirs` says all that `ours` says. Discord adds fields of its own, and leaves out what is null, false or empty.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(_)) => {
            // Discord gives translations only to those who ask for them.
            let counts = |key: &str| !key.ends_with("_localizations");
            ours.iter().filter(|(key, _)| counts(key)).all(|(key, value)| same(value, &theirs[key]))
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (ours, Value::Null) => is_nothing(ours),
        (ours, theirs) => ours == theirs,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.values().all(is_nothing),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_is_named() {
        let ours = json!([
            { "name": "sag", "type": 1, "description": "a", "options": [{ "name": "nummer", "required": true, "choices": [] }] },
            { "name": "råd", "type": 1, "description": "b", "options": [] },
        ]);
        let added = json!({ "id": "1", "name": "sag", "type": 1, "description": "a", "version": "9",
            "options": [{ "name": "nummer", "required": true }] });
        let raad = json!({ "name": "råd", "type": 1, "description": "b" });
        assert!(differences(&ours, &json!([added, raad])).is_empty());
        assert_eq!(differences(&ours, &json!([added])), ["»råd« mangler"]);
        let old = json!({ "name": "budget", "type": 1, "description": "c" });
        assert_eq!(differences(&ours, &json!([added, raad, old])), ["»budget« findes ikke længere"]);
        let changed = json!({ "name": "råd", "type": 1, "description": "x" });
        assert_eq!(differences(&ours, &json!([added, changed])), ["»råd« er ændret"]);
        let optional =
            json!({ "name": "sag", "type": 1, "description": "a", "options": [{ "name": "nummer" }] });
        assert_eq!(differences(&ours, &json!([optional, raad])), ["»sag« er ændret"]);
    }
}
