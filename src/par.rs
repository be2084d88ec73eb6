//! Threads behind one door. The answer never depends on how many there are.

/// What two independent pieces of work give; side by side natively, one after the other in wasm.
///
/// ```
/// assert_eq!(landfall::par::both(|| 1 + 1, || "two"), (2, "two"));
/// ```
pub fn both<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(not(target_arch = "wasm32"))]
    {
        rayon::join(a, b)
    }
    #[cfg(target_arch = "wasm32")]
    (a(), b())
}

/// Maps `f` over `items` in order; in threads natively, one after the other in wasm.
///
/// ```
/// assert_eq!(landfall::par::map(&[1, 2, 3], |x| x * x), vec![1, 4, 9]);
/// ```
pub fn map<T: Sync, U: Send>(items: &[T], f: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    #[cfg(not(target_arch = "wasm32"))]
    {
        use rayon::prelude::*;
        items.par_iter().map(f).collect()
    }
    #[cfg(target_arch = "wasm32")]
    items.iter().map(f).collect()
}
