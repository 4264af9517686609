//! Scripted faults: what goes wrong, where and how often, read from TOML.

mod request;
mod script;

use script::Script;

pub(crate) use request::RequestFault;

use crate::gateway::GatewayFault;

/// When a gateway fault is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A websocket is opened.
    Connect,
    /// The bot identifies.
    Identify,
    /// The bot resumes.
    Resume,
}

/// What a fault does.
enum Act {
    Request(RequestFault),
    Gateway(GatewayFault),
}

/// Where a fault is.
enum Place {
    /// Method and parts of the path; `*` is any.
    Route(Vec<String>),
    Moment(Moment),
}

/// A fault and how much of it is left.
struct Fault {
    place: Place,
    /// Fitting occasions that pass first.
    skip: u32,
    /// Occasions on which it is still played.
    left: u32,
    /// The part of the fitting occasions on which it is played.
    chance: f64,
    dice: u64,
    act: Act,
}

/// The faults that are still to come. On each occasion the first that fits and is due is played.
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Reads a script; the error says what in it is wrong.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let script: Script = toml::from_str(text).map_err(|it| it.to_string())?;
        let seed = script.seed;
        script.fault.into_iter().map(|row| row.read(seed)).collect::<Result<_, _>>().map(Self)
    }

    /// The fault due at a moment of the gateway.
    pub(crate) fn gateway(&mut self, moment: Moment) -> Option<GatewayFault> {
        let fits = |it: &Fault| matches!(&it.place, Place::Moment(at) if *at == moment);
        match self.due(fits)? {
            Act::Gateway(fault) => Some(fault.clone()),
            Act::Request(_) => None,
        }
    }

    /// The fault due for a request.
    pub(crate) fn request(&mut self, method: &str, path: &str) -> Option<RequestFault> {
        if self.0.is_empty() {
            return None;
        }
        let asked: Vec<&str> =
            std::iter::once(method).chain(path.trim_start_matches('/').split('/')).collect();
        let fits = |it: &Fault| matches!(&it.place, Place::Route(wanted) if fits(wanted, &asked));
        match self.due(fits)? {
            Act::Request(fault) => Some(fault.clone()),
            Act::Gateway(_) => None,
        }
    }

    /// How often faults are still to be played; those that are played for ever do not count.
    pub(crate) fn left(&self) -> u32 {
        self.0.iter().map(|it| it.left).filter(|left| *left != u32::MAX).sum()
    }

    fn due(&mut self, fits: impl Fn(&Fault) -> bool) -> Option<&Act> {
        let due = self.0.iter_mut().position(|it| it.left > 0 && fits(it) && it.is_due())?;
        Some(&self.0[due].act)
    }
}

impl Fault {
    fn is_due(&mut self) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if self.chance < 1.0 && self.throw() >= self.chance {
            return false;
        }
        if self.left != u32::MAX {
            self.left -= 1;
        }
        true
    }

    /// A number from 0 to 1; the same series for the same seed (xorshift).
    fn throw(&mut self) -> f64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        (self.dice >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn fits(wanted: &[String], asked: &[&str]) -> bool {
    wanted.len() == asked.len()
        && wanted.iter().zip(asked).all(|(wanted, part)| wanted == "*" || wanted == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of `count` equal requests are hit.
    fn hits(script: &str, count: usize) -> Vec<usize> {
        let mut faults = Faults::read(script).unwrap();
        let ask = |it: usize| faults.request("POST", "/interactions/1/t/callback").map(|_| it);
        (0..count).filter_map(ask).collect()
    }

    #[test]
    fn faults_are_played_on_the_occasions_they_name() {
        let cases: &[(&str, &[usize])] = &[
            ("on = 'POST /interactions/*/*/callback'\nrefuse = true", &[0]),
            ("on = 'POST /interactions/*/*/callback'\nskip = 1\ntimes = 2\nrefuse = true", &[1, 2]),
            ("on = '* /interactions/1/t/callback'\ntimes = 9\nrefuse = true", &[0, 1, 2, 3, 4]),
            ("on = 'GET /interactions/*/*/callback'\nrefuse = true", &[]),
            ("on = 'POST /interactions/*/callback'\nrefuse = true", &[]),
        ];
        for (fault, expected) in cases {
            assert_eq!(hits(&format!("[[fault]]\n{fault}"), 5), *expected, "{fault}");
        }
    }

    #[test]
    fn chance_is_the_same_for_the_same_seed() {
        let script = |seed: u32| {
            format!(
                "[[fault]]\non = 'POST /interactions/*/*/callback'\nrefuse = true\nchance = 0.1\nseed = {seed}"
            )
        };
        let one = hits(&script(1), 1_000);
        assert_eq!(one, hits(&script(1), 1_000));
        assert_ne!(one, hits(&script(2), 1_000));
        let other = hits(&format!("seed = 7\n{}", script(1)), 1_000);
        assert_ne!(one, other);
        assert!((50..200).contains(&other.len()), "{}", other.len());
        assert!((50..200).contains(&one.len()), "{}", one.len());
    }

    #[test]
    fn faults_follow_each_other() {
        let script = "[[fault]]\non = 'CONNECT'\ngateway = 'close'\ncode = 4000\n\
                      [[fault]]\non = 'CONNECT'\ngateway = 'drop'\n[[fault]]\non = 'RESUME'\ngateway = 'mute'";
        let mut faults = Faults::read(script).unwrap();
        assert_eq!(faults.left(), 3);
        let played: Vec<_> = (0..3).map(|_| faults.gateway(Moment::Connect)).collect();
        assert_eq!(played, [Some(GatewayFault::Close(Some(4000))), Some(GatewayFault::Drop), None]);
        assert_eq!(faults.left(), 1);
    }

    #[test]
    fn scripts_that_say_nothing_are_refused() {
        let cases = [
            "[[fault]]\non = 'POST /x'",
            "[[fault]]\nrefuse = true",
            "[[fault]]\non = 'SOMETIMES'\nrefuse = true",
            "[[fault]]\non = 'POST /x'\nrefuse = true\nnonsense = 1",
            "[[fault]]\non = 'POST /x'\ngateway = 'drop'",
            "[[fault]]\non = 'CONNECT'\nstatus = 500",
            "[[fault]]\non = 'CONNECT'\ngateway = 'explode'",
            "[[fault]]\non = 'POST /x'\nstatus = 429\nheader = 'sometimes'",
            "[[fault]]\non = 'POST /x'\nstatus = 99",
        ];
        for script in cases {
            assert!(Faults::read(script).is_err(), "{script}");
        }
    }
}
