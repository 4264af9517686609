//! Buttons.

use serde_json::{Value, json};

use super::interaction::Sent;
use super::{Asker, Reply, Trouble, demand, impossible};
use crate::Fake;
use crate::rest::interactions::COMPONENT;
use crate::shown::ShownMessage;

/// A button among components.
const BUTTON: u8 = 2;

impl Fake {
    /// Someone presses a button, named by its label or its custom id, and sees the first answer.
    ///
    /// # Panics
    /// When there is no such button that can be pressed, and when nothing is answered in time.
    pub async fn press(&self, asker: &Asker, message: &ShownMessage, button: &str) -> Reply {
        demand(self.try_press(asker, message, button).await)
    }

    /// The same, with an error instead of a panic.
    pub async fn try_press(
        &self,
        asker: &Asker,
        message: &ShownMessage,
        button: &str,
    ) -> Result<Reply, Trouble> {
        let buttons = self.message(message.id).unwrap_or_else(|| message.clone()).buttons();
        let found = buttons.iter().find(|it| it.label == button || it.custom_id == button);
        let Some(found) = found else {
            let labels: Vec<&str> = buttons.iter().map(|it| it.label.as_str()).collect();
            return impossible(format!("no button »{button}« among »{}«", labels.join("«, »")));
        };
        if found.disabled || found.custom_id.is_empty() {
            return impossible(format!("»{button}« cannot be pressed: {found:?}"));
        }
        self.try_press_raw(asker, message, &found.custom_id).await
    }

    /// Someone sends a button press with any custom id, also one that the message does not have.
    ///
    /// # Panics
    /// When the message is gone, and when nothing is answered in time.
    pub async fn press_raw(&self, asker: &Asker, message: &ShownMessage, custom_id: &str) -> Reply {
        demand(self.try_press_raw(asker, message, custom_id).await)
    }

    /// The same, with an error instead of a panic.
    pub async fn try_press_raw(
        &self,
        asker: &Asker,
        message: &ShownMessage,
        custom_id: &str,
    ) -> Result<Reply, Trouble> {
        let data = json!({ "custom_id": custom_id, "component_type": BUTTON });
        let sent = self.send_press(asker, message, &data)?;
        sent.answered().await?;
        Ok(sent.reply())
    }

    fn send_press(&self, asker: &Asker, message: &ShownMessage, data: &Value) -> Result<Sent, Trouble> {
        let mut state = self.shared().state();
        let Some(shown) = state.messages.get(message.id) else { return impossible("the message is gone") };
        if shown.only_for.is_some_and(|it| it != asker.user) {
            return impossible(format!("{} does not see the message", asker.user));
        }
        Self::enter(&state, asker.user, shown.channel)?;
        // Where the message is: a button is nowhere else.
        let source = (asker.user, message.channel);
        Ok(self.interact(&mut state, COMPONENT, source, data, Some(message.id)))
    }
}
