//! How a table is read, and how answers are held against it.

use super::{
    callers::{CALLERS, Caller},
    things::Kind,
};

/// A row: what is asked, with a word for each caller.
pub struct Row {
    pub name: &'static str,
    words: Vec<&'static str>,
}

/// The rows of a table. Its first line names the callers.
pub fn rows(table: &'static str) -> Vec<Row> {
    let mut lines = table.lines().filter(|line| !line.trim().is_empty()).map(str::split_whitespace);
    let heads: Vec<_> = lines.next().unwrap().collect();
    assert_eq!(heads, CALLERS.map(Caller::head));
    lines.map(|mut words| Row { name: words.next().unwrap(), words: words.collect() }.checked()).collect()
}

impl Row {
    fn checked(self) -> Self {
        assert_eq!(self.words.len(), CALLERS.len(), "{}: a word for each caller", self.name);
        let letters = self.words[0].len();
        assert!(self.words.iter().all(|word| word.len() == letters), "{}: as many letters for each", self.name);
        self
    }

    /// Each caller with their word.
    pub fn cells(&self) -> impl Iterator<Item = (Caller, &'static str)> {
        CALLERS.into_iter().zip(self.words.clone())
    }

    /// What a word's letters stand for. A row that is about no thing has one letter.
    pub fn kinds(&self) -> &'static [Kind] {
        match self.words[0].len() {
            1 => &[Kind::Missing],
            2 => &[Kind::Private, Kind::Missing],
            4 => &Kind::ALL,
            _ => panic!("{}: one, two or four letters a word", self.name),
        }
    }
}

/// What came of asking once.
pub struct Told {
    pub kind: Kind,
    /// What was asked: where it is the same for two things, so may be the answers' times of day.
    pub asked: String,
    pub letter: char,
    /// The whole answer, with the thing's names taken out.
    pub answer: String,
}

/// Where a cell is not as the table has it, and where what is hidden is not answered like what is missing.
pub fn differences(row: &Row, caller: Caller, word: &str, told: &[Told]) -> Vec<String> {
    let cell = |told: &Told| format!("{}, {}, {:?}", row.name, caller.head(), told.kind);
    let mut found = Vec::new();
    for (wanted, told) in word.chars().zip(told).filter(|(wanted, told)| *wanted != told.letter) {
        let answer = excerpt(&told.answer, 0);
        found.push(format!("{}: {} in the table, {} in truth: {answer}", cell(told), wanted, told.letter));
    }
    let Some(missing) = told.last() else { return found };
    let hidden = told.iter().filter(|told| !caller.may_see(told.kind) && told.asked != missing.asked);
    for told in hidden.filter(|told| told.letter == missing.letter && told.answer != missing.answer) {
        let same = told.answer.chars().zip(missing.answer.chars()).take_while(|(one, other)| one == other).count();
        let (answer, other) = (excerpt(&told.answer, same), excerpt(&missing.answer, same));
        found.push(format!("{}: not like what is missing:\n  {answer}\n  {other}", cell(told)));
    }
    found
}

/// A piece of a text around a place, in one line.
fn excerpt(text: &str, place: usize) -> String {
    let piece = text.chars().skip(place.saturating_sub(80)).take(240);
    piece.map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
