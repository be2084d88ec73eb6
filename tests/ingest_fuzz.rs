//! Bytes at random and ugly tables with bytes changed: no reader panics, hangs, or fills the memory.

#![cfg(feature = "ingest")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use landfall::ingest::{Options, read};
use landfall::target::Plan;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A file of a few kilobytes that takes longer hangs. Where the system tells it this is time on a processor, so that what else the
/// machine does is not counted.
const HANG: Duration = Duration::from_secs(2);
/// Whatever the machine does: nothing that waits for itself goes unseen.
const STUCK: Duration = Duration::from_secs(20);
/// How long the ordinary run takes, and the long one.
const SHORT: Duration = Duration::from_secs(20);
const LONG: Duration = Duration::from_secs(30 * 60);

/// SplitMix64: the same changes from the same seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/ugly");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e != "expect" && e != "md") && p.is_file())
        .collect();
    files.sort();
    files
        .iter()
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), fs::read(p).unwrap()))
        .collect()
}

/// Pieces that mean something to one reader or another.
const PIECES: [&[u8]; 16] = [
    b"\"",
    b"\n",
    b"\r",
    b"\t",
    b",",
    b";",
    b"\0",
    b"\xff\xff\xff\xff",
    b"1-2",
    b"99999999999999999999",
    b"1e308",
    "合计".as_bytes(),
    "月".as_bytes(),
    "年".as_bytes(),
    b"PK\x03\x04",
    b"<c r=\"XFD1048576\">",
];

fn changed(random: &mut Random, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(out.len() + 1);
        match random.below(7) {
            0 if at < out.len() => out[at] = random.next() as u8,
            1 if at < out.len() => out[at] ^= 1 << random.below(8),
            2 => out.truncate(at),
            3 => {
                let piece = PIECES[random.below(PIECES.len())];
                out.splice(at..at, piece.iter().copied());
            }
            4 if at < out.len() => {
                let end = (at + random.below(64)).min(out.len());
                out.drain(at..end);
            }
            5 if at < out.len() => {
                let end = (at + random.below(256)).min(out.len());
                let copy = out[at..end].to_vec();
                out.splice(at..at, copy);
            }
            _ => {
                let from = random.below(other.len() + 1);
                let end = (from + random.below(128)).min(other.len());
                out.splice(at..at, other[from..end].iter().copied());
            }
        }
    }
    out
}

/// Takes a zip apart, changes one of its files, and puts it together again: otherwise the sum of its bytes stops all else.
fn changed_inside(random: &mut Random, bytes: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = random.below(archive.len());
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        if index == chosen {
            content = changed(random, &content, other);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// Time that all threads of this process have had on processors, told in hundredths of a second.
fn busy() -> Option<Duration> {
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name, which may hold blanks, stand the state and ten numbers, then the times by itself and by the system.
    let times = told.rsplit_once(") ")?.1.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().ok());
    Some(Duration::from_millis(10 * times.sum::<Option<u64>>()?))
}

fn run(for_so_long: Duration, seed: u64) -> usize {
    let text = fs::read_to_string("seeds/wuzhong-2023/plan.toml").unwrap();
    let (plan, _) = Plan::parse(&text, "plan.toml").unwrap();
    let corpus = corpus();
    let (start, mut random, mut count) = (Instant::now(), Random(seed), 0);
    while start.elapsed() < for_so_long {
        let (name, bytes) = &corpus[random.below(corpus.len())];
        let (_, other) = &corpus[random.below(corpus.len())];
        let before = random.0;
        let inside = bytes.starts_with(b"PK") && random.below(4) > 0;
        let made = if inside { changed_inside(&mut random, bytes, other) } else { None };
        let input = made.unwrap_or_else(|| changed(&mut random, bytes, other));
        let options = Options { plan: (random.below(2) == 0).then_some(&plan), ..Options::default() };
        // Should the process die, its last file is kept.
        fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz-last"), &input).unwrap();
        let (began, busy_before) = (Instant::now(), busy());
        let answer = catch_unwind(AssertUnwindSafe(|| {
            let out = read(name, &input, &options);
            // Whatever came of it can be written.
            out.text().len()
        }));
        let elapsed = began.elapsed();
        let took = busy().zip(busy_before).map_or(elapsed, |(now, before)| now.saturating_sub(before));
        if answer.is_err() || took > HANG || elapsed > STUCK {
            let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{before}-{name}"));
            fs::write(&kept, &input).unwrap();
            panic!(
                "{name}, seed {before}: {}; kept as {}",
                if answer.is_err() { "panicked" } else { "hung" },
                kept.display()
            );
        }
        count += 1;
    }
    count
}

#[test]
fn changed_files_neither_panic_nor_hang() {
    let count = run(SHORT, 20_261_125);
    assert!(count > 200, "only {count} files in {SHORT:?}");
}

#[test]
#[ignore = "half an hour: cargo xtask test --long"]
fn changed_files_neither_panic_nor_hang_for_half_an_hour() {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let count = run(LONG, since.as_secs());
    assert!(count > 10_000, "only {count} files");
}
