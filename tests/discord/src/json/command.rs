//! Registered commands.

use serde_json::{Value, json};

use super::fill;
use crate::setup::Setup;

/// A registered command: what was sent, with what Discord adds.
pub(crate) fn command(sent: &Value, id: u64, setup: &Setup, guild: Option<u64>) -> Value {
    let mut map = sent.as_object().cloned().unwrap_or_default();
    let application = json!(setup.application.to_string());
    map.insert("id".to_owned(), json!(id.to_string()));
    map.insert("application_id".to_owned(), application);
    map.insert("version".to_owned(), json!((id + 1).to_string()));
    if let Some(guild) = guild {
        map.insert("guild_id".to_owned(), json!(guild.to_string()));
    }
    let added = json!({
        "type": 1, "description": "", "default_member_permissions": null, "nsfw": false, "dm_permission": true,
        "contexts": null, "integration_types": [0], "name_localizations": null, "description_localizations": null,
    });
    if let Value::Object(added) = added {
        fill(&mut map, added);
    }
    Value::Object(map)
}
