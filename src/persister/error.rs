//! The errors that a persister itself can report.

use core::fmt;

/// An error of a persister, as opposed to one of its back end, its store or the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PersisterError {
    /// `load`, `save` or `schedule` was called after `destroy`.
    Destroyed,
    /// `destroy` stopped waiting for something that did not settle within the time limit.
    DestroyTimeout,
}

impl PersisterError {
    /// A stable name of the error for programs to compare.
    pub fn code(self) -> &'static str {
        match self {
            Self::Destroyed => "destroyed",
            Self::DestroyTimeout => "destroy-timeout",
        }
    }
}

impl fmt::Display for PersisterError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Destroyed => "the persister has been destroyed",
            Self::DestroyTimeout => {
                "destroy() stopped waiting: a callback of the persister did not settle in time"
            }
        })
    }
}

impl core::error::Error for PersisterError {}
