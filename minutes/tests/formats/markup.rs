//! Text to markup, as a content system would have made it.

/// Headings of sections, as elements of their own.
const HEADINGS: [&str; 9] = [
    "Dagsordenpunkter",
    "Sagsresume",
    "Resume",
    "Sagsfremstilling",
    "Økonomi",
    "Indstilling",
    "Beslutning",
    "Bilag",
    "Kommunikation",
];

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&nbsp;")
}

/// Whether a line is only there to part others.
fn is_blank(line: &str) -> bool {
    line.trim().is_empty() && !line.contains('\u{a0}')
}

/// Paragraphs, headings, lists and grids for the lines of a text.
pub(crate) fn of(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut markup = String::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        let run = |fits: &dyn Fn(&str) -> bool| lines[at..].iter().take_while(|line| fits(line)).count();
        if is_blank(lines[at]) {
            at += 1;
        } else if let Some((grid, taken)) = grid(&lines[at..]) {
            markup.push_str(&grid);
            at += taken;
        } else if HEADINGS.contains(&line) {
            markup.push_str(&format!("<h3>{line}</h3>\n"));
            at += 1;
        } else if is_numbered_title(&lines, at) {
            markup.push_str(&format!("<h2 class=\"overskrift\">{}</h2>\n", escaped(line)));
            at += 1;
        } else if line.starts_with('•') {
            let taken = run(&|line| line.trim().starts_with('•'));
            let rows: Vec<String> = lines[at..at + taken]
                .iter()
                .map(|row| format!("<li>{}</li>", escaped(row.trim().trim_start_matches('•').trim())))
                .collect();
            markup.push_str(&format!("<ul>\n  {}\n</ul>\n", rows.join("\n  ")));
            at += taken;
        } else {
            let is_text = |line: &str| {
                !is_blank(line) && !HEADINGS.contains(&line.trim()) && !line.trim().starts_with('•')
            };
            let taken = run(&is_text).max(1);
            let rows: Vec<String> = lines[at..at + taken].iter().map(|row| escaped(row)).collect();
            markup.push_str(&format!("<p>{}</p>\n", rows.join("<br>\n")));
            at += taken;
        }
    }
    markup
}

/// `72. Titel` above a case number line.
fn is_numbered_title(lines: &[&str], at: usize) -> bool {
    let next = lines[at + 1..].iter().find(|line| !line.trim().is_empty());
    lines[at].trim().starts_with(|c: char| c.is_ascii_digit())
        && next.is_some_and(|line| line.trim().starts_with("Sagsnr."))
}

/// Herning's grid as the table that it is, where its text still has a cell for each column.
fn grid(lines: &[&str]) -> Option<(String, usize)> {
    let is_name =
        |line: &str| (2..=4).contains(&line.chars().count()) && line.chars().all(char::is_uppercase);
    let is_cell = |line: &str| line.contains('\u{a0}') && line.trim().trim_matches(['x', 'X']).is_empty();
    let (mut names, mut cells, mut taken) = (Vec::new(), Vec::new(), 0);
    for (at, line) in lines.iter().enumerate() {
        if cells.is_empty() && is_name(line.trim()) {
            names.push(line.trim());
        } else if is_cell(line) || (!cells.is_empty() && ["x", "X"].contains(&line.trim())) {
            cells.push(line.trim());
        } else if !is_blank(line) {
            break;
        } else {
            continue;
        }
        taken = at + 1;
    }
    if lines[0].trim() != "DIR" || cells.len() != names.len() {
        return None;
    }
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("<td><p>{cell}&nbsp;</p></td>")).collect();
        format!("<tr>{}</tr>", cells.join(""))
    };
    Some((format!("<table><tbody>{}{}</tbody></table>\n", row(&names), row(&cells)), taken))
}
