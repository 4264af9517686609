//! FirstAgenda JSON and SBSYS XML, made from the readings of the fixtures.
