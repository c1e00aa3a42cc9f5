//! A tiny deterministic executor: tasks are polled in the order in which they were woken.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

use super::super::LocalFuture;

type Ready = Arc<Mutex<VecDeque<usize>>>;

#[derive(Default)]
pub(super) struct Executor {
    tasks: RefCell<Vec<Option<LocalFuture<()>>>>,
    ready: Ready,
}

struct TaskWaker {
    id: usize,
    ready: Ready,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        let mut ready = self.ready.lock().unwrap();
        if !ready.contains(&self.id) {
            ready.push_back(self.id);
        }
    }
}

impl Executor {
    pub(super) fn spawn(&self, task: LocalFuture<()>) {
        let mut tasks = self.tasks.borrow_mut();
        self.ready.lock().unwrap().push_back(tasks.len());
        tasks.push(Some(task));
    }

    /// Poll until nothing is ready any more.
    pub(super) fn run(&self) {
        loop {
            let next = self.ready.lock().unwrap().pop_front();
            let Some(id) = next else { return };
            let task = self.tasks.borrow_mut()[id].take();
            let Some(mut task) = task else { continue };
            let waker = Waker::from(Arc::new(TaskWaker {
                id,
                ready: Arc::clone(&self.ready),
            }));
            let is_done = task
                .as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_ready();
            if !is_done {
                self.tasks.borrow_mut()[id] = Some(task);
            }
        }
    }
}
