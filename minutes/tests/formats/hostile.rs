//! Files made to do harm: each ends in a refusal.
