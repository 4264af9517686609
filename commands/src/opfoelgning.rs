//! `/opfølgning`: what is to come, the nearest first, each row with the sentence that says so.

use std::collections::HashSet;

use index::{FollowUpFilter, FollowUpRow};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::treatment::{has_minutes, head_source, place};
use crate::{Answer, Card, Context, Field, Request, UserError, choose, danish, suggest};

/// Rows looked at, to say how many there are.
const MOST_COUNTED: usize = 500;

/// Characters of the sentence shown.
const MOST_QUOTE_CHARS: usize = 240;

/// Days for which "the next meeting" of a body is still ahead.
pub(crate) const NEXT_MEETING_DAYS: i32 = 180;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let bodies = context.archive.bodies()?;
    let body = match request.option("udvalg") {
        Some(typed) => match choose::body(context, request, typed, &bodies) {
            choose::Body::One(body) => Some(body),
            choose::Body::Answer(answer) => return Ok(*answer),
        },
        None => None,
    };
    let understood = body.as_ref().map(|body| choose::with_body(request, body, &bodies));
    let filter = FollowUpFilter {
        body_key: body.as_ref().map(|body| body.key.clone()),
        from: Some(context.today),
        undated: true,
        ..FollowUpFilter::default()
    };
    let mut rows = context.archive.follow_ups(&filter, MOST_COUNTED + 1)?;
    let uncounted = rows.len() > MOST_COUNTED;
    rows.truncate(MOST_COUNTED);
    rows.retain(|row| row.follow_up.from.is_some() || is_recent(row, context.today));
    drop_superseded(context, &mut rows)?;
    drop_doubles(&mut rows);
    let of = body.as_ref().map(|body| format!(" i {}", body.name)).unwrap_or_default();
    if rows.is_empty() {
        return Ok(Answer {
            title: format!("Ingen kommende opfølgninger{of}"),
            text: format!(
                "De indlæste referater nævner intet, der ligger efter {}.",
                danish::date(context.today)
            ),
            suggestions: vec![suggest("/møde", "det seneste møde")],
            request: understood,
            ..Answer::default()
        });
    }
    let total = rows.len();
    let shown = total.min(context.cards);
    let text = match (uncounted, total > shown) {
        (true, _) => format!(
            "De {shown} nærmeste vises. Der er flere end dem, der er talt; spørg om et enkelt udvalg."
        ),
        (false, true) => format!("De {shown} nærmeste af {total}."),
        (false, false) => String::new(),
    };
    let least = if uncounted { "Mindst " } else { "" };
    Ok(Answer {
        title: format!("{least}{}{of}", danish::count(total, "kommende opfølgning", "kommende opfølgninger")),
        text,
        cards: rows.iter().take(shown).map(card).collect(),
        suggestions: Vec::new(),
        found: true,
        request: understood,
    })
}

/// What an agenda promises no longer holds once the meeting's minutes are read.
fn drop_superseded(context: &Context<'_>, rows: &mut Vec<FollowUpRow>) -> Result<(), UserError> {
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows.drain(..) {
        if !has_minutes(context, &row.meeting)? {
            kept.push(row);
        }
    }
    *rows = kept;
    Ok(())
}

/// An agenda and its minutes, or two copies of the same minutes, say the same once.
fn drop_doubles(rows: &mut Vec<FollowUpRow>) {
    let mut seen = HashSet::new();
    rows.retain(|row| {
        let case = row.item.as_ref().and_then(|item| item.case_number.as_ref()).map(ToString::to_string);
        let (day, told) = (row.follow_up.from, (row.meeting.body_key.clone(), row.meeting.date));
        seen.insert((
            day,
            row.follow_up.to,
            row.follow_up.body.clone(),
            case,
            told,
            row.follow_up.quote.clone(),
        ))
    });
}

/// A row without a day counts for as long as the body's next meeting can be ahead.
fn is_recent(row: &FollowUpRow, today: Date) -> bool {
    row.follow_up.from.is_none()
        && row
            .meeting
            .date
            .is_some_and(|date| date <= today && date.saturating_add(NEXT_MEETING_DAYS.days()) >= today)
}

fn card(row: &FollowUpRow) -> Card {
    let source = head_source(&row.meeting, row.item.as_ref());
    let what: Vec<String> =
        [source.case_number.clone(), source.title.clone()].into_iter().flatten().collect();
    let mut heading = danish::follow_up(&row.follow_up);
    if row.follow_up.from.is_none() {
        heading = heading.replacen("på næste møde", "På næste møde", 1);
    }
    Card {
        heading,
        fields: [
            Field::new("Sag", what.join(" · ")),
            Field::shortened("Det står der", &row.follow_up.quote, MOST_QUOTE_CHARS),
            Field::new("Fra", place(&row.meeting, source.number.as_deref())),
        ]
        .into_iter()
        .filter(|field| !field.value.is_empty())
        .collect(),
        item: Some(source),
        ..Card::default()
    }
}
