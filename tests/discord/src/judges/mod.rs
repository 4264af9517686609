//! The judges of what is sent.

/// A request that broke a rule.
#[derive(Debug, Clone)]
pub struct Violation {
    /// Which judge found it: `twilight`, `own` or `openapi`.
    pub judge: &'static str,
    /// Method and path of the request.
    pub request: String,
    /// What is wrong.
    pub text: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}", self.judge, self.request, self.text)
    }
}
