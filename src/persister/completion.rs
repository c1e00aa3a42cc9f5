//! A value that arrives once and that any number of futures may wait for.

use core::cell::Cell;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;

/// The place where a value will be; clones are the same place.
pub(crate) struct Completion<T>(Rc<Slot<T>>);

struct Slot<T> {
    value: Cell<Option<T>>,
    wakers: Cell<Vec<Waker>>,
}

impl<T> Default for Completion<T> {
    fn default() -> Self {
        Self(Rc::new(Slot {
            value: Cell::new(None),
            wakers: Cell::default(),
        }))
    }
}

impl<T> Clone for Completion<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Clone> Completion<T> {
    /// Give the value, unless it is there already, and wake all who wait.
    pub(crate) fn set(&self, value: T) {
        let first = self.0.value.take().unwrap_or(value);
        self.0.value.set(Some(first));
        for waker in self.0.wakers.take() {
            waker.wake();
        }
    }

    /// A future that is ready once the value is there.
    pub(crate) fn wait(&self) -> Wait<T> {
        Wait(self.clone())
    }

    fn get(&self) -> Option<T> {
        let value = self.0.value.take();
        self.0.value.set(value.clone());
        value
    }
}

pub(crate) struct Wait<T>(Completion<T>);

impl<T: Clone> Future for Wait<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        if let Some(value) = self.0.get() {
            return Poll::Ready(value);
        }
        let mut wakers = self.0.0.wakers.take();
        if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
            wakers.push(context.waker().clone());
        }
        self.0.0.wakers.set(wakers);
        Poll::Pending
    }
}
