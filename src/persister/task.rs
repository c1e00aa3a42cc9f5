//! Futures of one thread: taking the first step at once, pausing, racing.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

/// A future that stays on its thread.
pub type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// Poll `future` once, right here. If it is not ready, whoever polls it next must do so of their
/// own accord once: no waker has been left behind.
pub fn poll_now<T>(future: &mut LocalFuture<T>) -> Option<T> {
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// Let everything that is due go first, once. Never ready at its first poll.
pub(super) fn pause() -> Pause {
    pause_for(1)
}

/// Let everything that is due go first, `turns` times.
pub(super) fn pause_for(turns: u32) -> Pause {
    Pause { turns }
}

pub(super) struct Pause {
    turns: u32,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(turns) = self.turns.checked_sub(1) else {
            return Poll::Ready(());
        };
        self.turns = turns;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Await `future` as JavaScript does, where that takes a turn also if it is ready at once.
pub(super) async fn in_a_turn<T>(mut future: LocalFuture<T>) -> T {
    match poll_now(&mut future) {
        Some(value) => {
            pause().await;
            value
        }
        None => future.await,
    }
}

/// The result of `future` if it is ready before `limit`.
pub(crate) async fn unless<T>(mut future: LocalFuture<T>, mut limit: LocalFuture<()>) -> Option<T> {
    core::future::poll_fn(move |context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}
