//! What a reading of the sources came to, in Danish.

use std::fmt;

use crate::failure::Exit;
use crate::sources::Refused;
use crate::terminal::one_line;
use commands::danish;

/// What a reading of the sources came to. Names and reasons are as found: neutralised only when shown.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Documents recorded for the first time.
    pub(crate) new: usize,
    /// Documents whose text replaced an older one.
    pub(crate) corrected: usize,
    /// Known documents whose text was read again, because reading has become better since.
    pub(crate) read_again: usize,
    /// Documents that were known.
    pub(crate) unchanged: usize,
    /// Documents known by another name, under which they are not there any more.
    pub(crate) renamed: usize,
    /// Documents that were withdrawn and are there again.
    pub(crate) returned: usize,
    /// Documents that their source has not got any more.
    pub(crate) withdrawn: Vec<String>,
    /// Files with the same content as another one: (the file, the other).
    pub(crate) copies: Vec<(String, String)>,
    /// Files and folders that could not be read.
    pub(crate) refused: Vec<Refused>,
    /// Files gone through.
    pub(crate) seen: usize,
    /// Files not reached because the work was interrupted.
    pub(crate) left: usize,
}

impl Report {
    /// How a script may tell it: everything read, something refused, or interrupted.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            report if report.left > 0 => Exit::Interrupted,
            report if !report.refused.is_empty() => Exit::Partly,
            _ => Exit::Done,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: usize, one, many| danish::count(count, one, many);
        write!(
            f,
            "{}, {}, {}",
            count(self.new, "ny", "nye"),
            count(self.corrected, "rettet", "rettede"),
            count(self.unchanged, "uændret", "uændrede")
        )?;
        if self.read_again > 0 {
            let again = count(self.read_again, "kendt dokument læst på ny", "kendte dokumenter læst på ny");
            write!(f, ", {again}")?;
        }
        if self.renamed > 0 {
            write!(f, ", {}", count(self.renamed, "omdøbt", "omdøbte"))?;
        }
        if self.returned > 0 {
            write!(f, ", {}", count(self.returned, "genfundet", "genfundne"))?;
        }
        if !self.withdrawn.is_empty() {
            let gone = count(self.withdrawn.len(), "dokument er ikke", "dokumenter er ikke");
            write!(f, "\n{gone} i kilden mere; det bliver i databasen og vises som trukket tilbage:")?;
        }
        for withdrawn in &self.withdrawn {
            write!(f, "\n  {}", one_line(withdrawn))?;
        }
        if !self.copies.is_empty() {
            write!(f, "\n{}:", count(self.copies.len(), "kopi sprunget over", "kopier sprunget over"))?;
        }
        for (copy, of) in &self.copies {
            write!(f, "\n  {} er det samme som {}", one_line(copy), one_line(of))?;
        }
        if !self.refused.is_empty() {
            write!(f, "\n{} afvist:", self.refused.len())?;
        }
        for Refused { file, reason } in &self.refused {
            write!(f, "\n  {}: {}", one_line(file), one_line(reason))?;
        }
        if self.left > 0 {
            let all = self.seen + self.left;
            write!(
                f,
                "\nAfbrudt efter {} af {all} filer; resten kommer næste gang: referent sync",
                self.seen
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_tells_everything_and_neutralises_names() {
        let refused = |file: &str| Refused { file: file.to_owned(), reason: "er tom".to_owned() };
        let report = Report {
            new: 12,
            corrected: 1,
            copies: vec![("f/b.txt".to_owned(), "f/a.txt".to_owned())],
            refused: vec![refused("f/\u{1b}[2J.txt")],
            seen: 15,
            left: 5,
            ..Report::default()
        };
        assert_eq!(
            report.to_string(),
            "12 nye, 1 rettet, 0 uændrede\n\
             1 kopi sprunget over:\n  f/b.txt er det samme som f/a.txt\n\
             1 afvist:\n  f/\u{fffd}[2J.txt: er tom\n\
             Afbrudt efter 15 af 20 filer; resten kommer næste gang: referent sync"
        );
        assert_eq!(report.exit(), Exit::Interrupted);
        assert_eq!(Report { left: 0, ..report }.exit(), Exit::Partly);
    }
}
