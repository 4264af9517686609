//! Files and folders that are left out by their name, in a folder and in a ZIP file alike.

/// Files that tell about a folder and are not minutes.
const SKIPPED: [&str; 1] = ["README.md"];

/// Ends of names that editors and copying leave behind beside the file itself.
const LEFTOVERS: [&str; 5] = ["~", ".bak", ".tmp", ".swp", ".part"];

/// Whether a file or folder of this name is left out without a word.
pub(super) fn is_passed_over(name: &str) -> bool {
    let leftover = name.starts_with("~$") || LEFTOVERS.iter().any(|end| name.ends_with(end));
    name.starts_with('.') && name != ".." || leftover || SKIPPED.contains(&name)
}
