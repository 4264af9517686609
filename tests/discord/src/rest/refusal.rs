//! Discord's refusals: status, code and message.
//! Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.

/// Why a request was not carried out.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: u32,
    pub(crate) message: &'static str,
    /// What is wrong with a form.
    pub(crate) errors: Option<String>,
    /// When there is room again, in seconds; of a limit only.
    pub(crate) retry_after: Option<f64>,
    /// Whether that limit goes for everything.
    pub(crate) global: bool,
}

const fn refusal(status: u16, code: u32, message: &'static str) -> Refusal {
    Refusal { status, code, message, errors: None, retry_after: None, global: false }
}

/// Too many requests.
pub(crate) fn limited(retry_after: f64, global: bool) -> Refusal {
    Refusal { retry_after: Some(retry_after), global, ..refusal(429, 0, "You are being rate limited.") }
}

pub(crate) const UNAUTHORIZED: Refusal = refusal(401, 0, "401: Unauthorized");
pub(crate) const NO_ROUTE: Refusal = refusal(404, 0, "404: Not Found");
pub(crate) const UNKNOWN_APPLICATION: Refusal = refusal(404, 10_002, "Unknown Application");
pub(crate) const UNKNOWN_CHANNEL: Refusal = refusal(404, 10_003, "Unknown Channel");
pub(crate) const UNKNOWN_GUILD: Refusal = refusal(404, 10_004, "Unknown Guild");
pub(crate) const UNKNOWN_MEMBER: Refusal = refusal(404, 10_007, "Unknown Member");
pub(crate) const UNKNOWN_MESSAGE: Refusal = refusal(404, 10_008, "Unknown Message");
pub(crate) const UNKNOWN_USER: Refusal = refusal(404, 10_013, "Unknown User");
pub(crate) const UNKNOWN_WEBHOOK: Refusal = refusal(404, 10_015, "Unknown Webhook");
pub(crate) const UNKNOWN_INTERACTION: Refusal = refusal(404, 10_062, "Unknown interaction");
pub(crate) const ACKNOWLEDGED: Refusal = refusal(400, 40_060, "Interaction has already been acknowledged.");
pub(crate) const MISSING_ACCESS: Refusal = refusal(403, 50_001, "Missing Access");
pub(crate) const NOT_YOURS: Refusal = refusal(403, 50_005, "Cannot edit a message authored by another user");
pub(crate) const EMPTY: Refusal = refusal(400, 50_006, "Cannot send an empty message");
pub(crate) const NO_DMS: Refusal = refusal(403, 50_007, "Cannot send messages to this user");
pub(crate) const MISSING_PERMISSIONS: Refusal = refusal(403, 50_013, "Missing Permissions");
pub(crate) const TOKEN_INVALID: Refusal = refusal(401, 50_027, "Invalid Webhook Token");
pub(crate) const BAD_FORM: Refusal = refusal(400, 50_035, "Invalid Form Body");
pub(crate) const BAD_JSON: Refusal = refusal(400, 50_109, "The request body contains invalid JSON.");
