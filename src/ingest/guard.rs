//! A library that gives up on a file by unwinding: the file is said to be damaged, and nothing else happens.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

/// What `f` gives; `None` where it unwinds. Where panics abort, as in the page's module, the worker ends and the page says so.
pub(crate) fn guarded<T>(f: impl FnOnce() -> T) -> Option<T> {
    // Not a word on standard error: the finding says it.
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let out = catch_unwind(AssertUnwindSafe(f));
    set_hook(hook);
    out.ok()
}
