//! A Discord of our own for the tests.
