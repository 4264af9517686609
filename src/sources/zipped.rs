//! ZIP files in a folder: each file in one is listed and read as if it were unpacked beside the others. Nothing is ever unpacked
//! onto the disk.
//!
//! What an archive says of itself is not believed: where it says too much it is refused whole, and reading stops at the limit
//! whatever it said.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;

use super::passed_over::is_passed_over;
use super::{File, Listing, Refused, reason, too_large};

/// How the names of such files end, in lower case.
const ENDING: &str = ".zip";

/// What makes a ZIP file a Word document, which is read as a file by itself.
const WORD: &str = "word/document.xml";

/// Files in one archive; a municipality's minutes of ten years are some three thousand.
const MOST_MEMBERS: usize = 10_000;

/// Bytes of all files in one archive, unpacked; ten years of minutes as PDF are a tenth of it.
const MOST_UNPACKED: u64 = 4 << 30;

/// Folders that systems add of their own.
const OF_SYSTEMS: &str = "__MACOSX";

/// A file inside a ZIP file. The archive stays open for as long as the listing is kept: what was listed is what is read.
#[derive(Clone)]
pub(crate) struct Member {
    archive: Arc<Mutex<ZipArchive<fs::File>>>,
    at: usize,
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Member({})", self.at)
    }
}

impl Member {
    /// All its bytes.
    ///
    /// # Errors
    /// Why it could not be read, in Danish; also when there are more than `limit` bytes.
    pub(crate) fn read(&self, limit: u64) -> Result<Vec<u8>, String> {
        let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        let file = archive.by_index(self.at).map_err(|_| DAMAGED.to_owned())?;
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| DAMAGED.to_owned())?;
        let length = bytes.len() as u64;
        if length > limit { Err(too_large(length, limit)) } else { Ok(bytes) }
    }
}

const DAMAGED: &str = "er beskadiget i ZIP-filen; lav ZIP-filen igen";

/// Whether a file is looked into by its name. What a ZIP file is called otherwise is read, and refused, as a file.
pub(super) fn is_named_so(name: &str) -> bool {
    name.to_lowercase().ends_with(ENDING)
}

/// What a ZIP file at `path` holds, under `name`; None for what is no ZIP file by its name, and for a Word document.
pub(crate) fn in_zip(path: &Path, name: &str, file_bytes: u64) -> Option<Listing> {
    if !is_named_so(name) || !path.is_file() {
        return None;
    }
    let mut listing = Listing::default();
    let (origin, path) = (name.to_owned(), path.to_owned());
    let zip = File { origin, path, bytes: 0, modified: None, url: None, member: None };
    list(zip, file_bytes, &mut listing).is_none().then_some(listing)
}

/// Puts what an archive holds into the listing instead of the file `zip` itself; gives the file back where it is a Word document.
pub(super) fn list(zip: File, file_bytes: u64, listing: &mut Listing) -> Option<File> {
    let mut refuse = |file: String, reason: String| listing.refused.push(Refused { file, reason });
    let archive = match open(&zip.path) {
        Ok(archive) if archive.index_for_name(WORD).is_some() => return Some(zip),
        Ok(archive) => archive,
        Err(why) => {
            // Nobody knows what is in it: what was in it last time is not gone.
            listing.is_complete = false;
            refuse(zip.origin, why);
            return None;
        }
    };
    let archive = Arc::new(Mutex::new(archive));
    let mut locked = archive.lock().unwrap_or_else(PoisonError::into_inner);
    let mut seen = HashSet::new();
    for at in 0..locked.len() {
        let member = locked.by_index_raw(at).ok();
        let name = member.as_ref().and_then(|member| Some(member.name().ok()?.replace('\\', "/")));
        let (Some(member), Some(name)) = (member, name) else {
            listing.is_complete = false;
            refuse(format!("{}/fil {}", zip.origin, at + 1), DAMAGED.to_owned());
            continue;
        };
        if member.is_dir() || name.split('/').any(|part| part == OF_SYSTEMS || is_passed_over(part)) {
            continue;
        }
        let origin = format!("{}/{}", zip.origin, minutes::read::without_cpr(&name));
        if let Some(why) = why_not(&name, member.encrypted(), member.size(), file_bytes, &mut seen) {
            refuse(origin, why);
            continue;
        }
        listing.files.push(File {
            path: zip.path.join(&name),
            origin,
            bytes: member.size(),
            modified: zip.modified,
            url: None,
            member: Some(Member { archive: Arc::clone(&archive), at }),
        });
    }
    None
}

/// The archive, when all that it says of itself is within the limits.
fn open(path: &Path) -> Result<ZipArchive<fs::File>, String> {
    let file = fs::File::open(path).map_err(|error| reason(&error))?;
    let archive = ZipArchive::new(file)
        .map_err(|_| "er ikke en hel ZIP-fil; læg den i mappen igen, eller pak den ud".to_owned())?;
    if archive.len() > MOST_MEMBERS {
        return Err(format!("har flere end {MOST_MEMBERS} filer; del den, eller pak den ud"));
    }
    if archive.decompressed_size().is_none_or(|bytes| bytes > u128::from(MOST_UNPACKED)) {
        return Err(format!(
            "fylder mere end {} GB, når den er pakket ud; del den, eller pak den ud",
            MOST_UNPACKED >> 30
        ));
    }
    Ok(archive)
}

/// Why a file in an archive is not read; None when it is.
fn why_not(
    name: &str,
    is_encrypted: bool,
    bytes: u64,
    file_bytes: u64,
    seen: &mut HashSet<String>,
) -> Option<String> {
    let leads_out = name.starts_with('/') || name.split('/').any(|part| part == ".." || part.ends_with(':'));
    if leads_out {
        Some("har en sti ud af ZIP-filen".to_owned())
    } else if is_encrypted {
        Some("er låst med en adgangskode; pak ZIP-filen ud".to_owned())
    } else if is_named_so(name) {
        Some("er en ZIP-fil i en ZIP-fil; pak den yderste ud".to_owned())
    } else if bytes > file_bytes {
        Some(too_large(bytes, file_bytes))
    } else if !seen.insert(name.to_owned()) {
        Some("står to gange i ZIP-filen; kun den første læses".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::sources::{Folder, Source};

    const LIMIT: u64 = 1_000;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn listing(bytes: &[u8]) -> Listing {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Arkiv.ZIP"), bytes).unwrap();
        Source::Folder(Folder::new("kilde", folder.path())).list(LIMIT)
    }

    fn refused(listing: &Listing) -> Vec<(&str, &str)> {
        listing.refused.iter().map(|one| (one.file.as_str(), one.reason.as_str())).collect()
    }

    #[test]
    fn each_file_in_it_is_a_file_of_its_own() {
        let bytes = zipped(&[
            ("2021/a.txt", b"et"),
            ("b 010190-1234.txt", b"to"),
            ("__MACOSX/a.txt", b"x"),
            (".skjult", b"x"),
            ("README.md", b"x"),
        ]);
        let listing = listing(&bytes);
        let found: Vec<_> = listing
            .files
            .iter()
            .map(|file| (file.origin.as_str(), file.bytes, file.read(LIMIT).unwrap()))
            .collect();
        assert_eq!(
            found,
            [
                ("kilde/Arkiv.ZIP/2021/a.txt", 2, b"et".to_vec()),
                ("kilde/Arkiv.ZIP/b xxxxxx-xxxx.txt", 2, b"to".to_vec())
            ]
        );
        assert!(listing.is_complete && listing.refused.is_empty());
    }

    #[test]
    fn a_word_document_by_this_name_is_left_whole() {
        let listing = listing(&zipped(&[(WORD, b"<w:document/>")]));
        assert_eq!(listing.files.len(), 1);
        assert!(listing.files[0].member.is_none());
    }

    #[test]
    fn what_is_not_read_is_refused_by_name() {
        let large = vec![b'a'; 1_001];
        let bytes = zipped(&[
            ("../ud.txt", b"x"),
            ("/rod.txt", b"x"),
            ("C:/rod.txt", b"x"),
            ("i.zip", b"x"),
            ("stor.txt", &large),
            ("god.txt", b"x"),
        ]);
        let listing = listing(&bytes);
        assert_eq!(listing.files.len(), 1);
        assert_eq!(
            refused(&listing),
            [
                ("kilde/Arkiv.ZIP/../ud.txt", "har en sti ud af ZIP-filen"),
                ("kilde/Arkiv.ZIP//rod.txt", "har en sti ud af ZIP-filen"),
                ("kilde/Arkiv.ZIP/C:/rod.txt", "har en sti ud af ZIP-filen"),
                ("kilde/Arkiv.ZIP/i.zip", "er en ZIP-fil i en ZIP-fil; pak den yderste ud"),
                (
                    "kilde/Arkiv.ZIP/stor.txt",
                    "er for stor (1001 byte; grænsen er 1000 byte, [limits] file_bytes i bot.toml)"
                ),
            ]
        );
    }

    #[test]
    fn a_bomb_that_lies_about_its_size_stops_at_the_limit() {
        let bomb = vec![0; 1_000_000];
        let mut bytes = zipped(&[("bombe.txt", &bomb)]);
        // The size as the central directory tells it (APPNOTE 4.3.12: 24 bytes after its signature).
        let directory = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
        bytes[directory + 24..directory + 28].copy_from_slice(&500u32.to_le_bytes());
        let listing = listing(&bytes);
        let why = listing.files[0].read(LIMIT).unwrap_err();
        assert!(why == DAMAGED || why.starts_with("er for stor"), "{why}");
    }

    #[test]
    fn a_bomb_that_tells_its_size_is_refused_whole() {
        let mut bytes = zipped(&[("a.txt", b"x"), ("b.txt", b"x")]);
        let entries: Vec<usize> =
            (0..bytes.len() - 4).filter(|&at| bytes[at..].starts_with(b"PK\x01\x02")).collect();
        for at in entries {
            bytes[at + 24..at + 28].copy_from_slice(&(u32::MAX - 1).to_le_bytes());
        }
        let listing = listing(&bytes);
        assert_eq!(listing.files.len(), 0);
        assert!(!listing.is_complete);
        let why = "fylder mere end 4 GB, når den er pakket ud; del den, eller pak den ud";
        assert_eq!(refused(&listing), [("kilde/Arkiv.ZIP", why)]);
    }

    #[test]
    fn a_crowd_is_refused_whole() {
        let names: Vec<String> = (0..=MOST_MEMBERS).map(|at| at.to_string()).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let listing = listing(&zipped(&files));
        assert_eq!(
            refused(&listing),
            [("kilde/Arkiv.ZIP", "har flere end 10000 filer; del den, eller pak den ud")]
        );
    }

    #[test]
    fn half_of_one_says_nothing_of_what_was_in_it() {
        let bytes = zipped(&[("a.txt", b"x")]);
        let listing = listing(&bytes[..bytes.len() / 2]);
        assert!(!listing.is_complete && listing.files.is_empty());
        assert_eq!(refused(&listing)[0].1, "er ikke en hel ZIP-fil; læg den i mappen igen, eller pak den ud");
    }
}
