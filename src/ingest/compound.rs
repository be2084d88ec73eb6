//! Compound files, in which XLS workbooks are kept: whether their chains of sectors come to an end.
//!
//! The reader of workbooks follows a chain until its end; one that bites its own tail would fill the memory.

/// An end of a chain, or a sector that belongs to none.
const RESERVED: u32 = 0xffff_fffa;
const HEADER: usize = 512;
/// An entry of the directory.
const ENTRY: usize = 128;
/// A small sector.
const SMALL: usize = 64;

/// What the file holds, and the tables of its chains.
pub(crate) struct Directory<'a> {
    file: File<'a>,
    table: Vec<u32>,
    /// The chains of the small sectors, which stand in the root's stream.
    small: Vec<u32>,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    name: &'a [u8],
    kind: u8,
    start: u32,
    length: u32,
}

impl Entry<'_> {
    fn is_called(&self, name: &str) -> bool {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        self.kind == 2 && self.name.starts_with(&wide)
    }

    fn is_small(&self) -> bool {
        self.length < 4096
    }
}

impl<'a> Directory<'a> {
    /// The directory of a file in which every chain that it names ends.
    pub(crate) fn sound(bytes: &'a [u8]) -> Option<Self> {
        let directory = Self::new(bytes)?;
        for (at, entry) in directory.entries.iter().enumerate() {
            match entry.kind {
                5 | 2 if entry.start >= RESERVED => {}
                2 if entry.is_small() && at > 0 => ends(entry.start, &directory.small)?,
                5 | 2 => ends(entry.start, &directory.table)?,
                _ => {}
            }
        }
        Some(directory)
    }

    /// The stream that the workbook is in; none where the file has none.
    pub(crate) fn workbook(&self) -> Option<Vec<u8>> {
        let called = |name: &str| self.entries.iter().find(|e| e.is_called(name));
        called("Workbook").or_else(|| called("Book")).and_then(|entry| self.content(entry))
    }

    fn new(bytes: &'a [u8]) -> Option<Self> {
        let size = match word16(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let file = File { bytes, size };
        let mut of_table: Vec<u32> = (0..109).map_while(|i| word(bytes, 76 + 4 * i)).collect();
        let mut next = word(bytes, 68)?;
        for _ in 0..=file.sectors() {
            if next >= RESERVED {
                break;
            }
            let mut more: Vec<u32> = file.words(next)?.collect();
            next = more.pop()?;
            of_table.append(&mut more);
        }
        (next >= RESERVED).then_some(())?;
        let mut table: Vec<u32> = Vec::new();
        for sector in of_table.into_iter().filter(|s| *s < RESERVED) {
            table.extend(file.words(sector)?);
        }
        let small = if word(bytes, 64)? > 0 { file.chain(word(bytes, 60)?, &table)? } else { Vec::new() };
        let small: Vec<u32> = small.iter().filter_map(|s| file.words(*s)).flatten().collect();
        let mut entries = Vec::new();
        for sector in file.chain(word(bytes, 48)?, &table)? {
            for entry in file.sector(sector)?.chunks_exact(ENTRY) {
                let (start, length) = (word(entry, 116)?, word(entry, 120)?);
                entries.push(Entry { name: &entry[..64], kind: entry[66], start, length });
            }
        }
        Some(Self { file, table, small, entries })
    }

    fn content(&self, entry: &Entry<'_>) -> Option<Vec<u8>> {
        let all = |start: u32| -> Option<Vec<u8>> {
            let sectors = self.file.chain(start, &self.table)?;
            Some(sectors.iter().filter_map(|s| self.file.sector(*s)).flatten().copied().collect())
        };
        let mut out = if entry.is_small() {
            let root = all(self.entries.first()?.start)?;
            let sectors = self.file.chain(entry.start, &self.small)?;
            let sector = |s: &u32| root.get(*s as usize * SMALL..).map(|rest| &rest[..rest.len().min(SMALL)]);
            sectors.iter().filter_map(sector).flatten().copied().collect()
        } else {
            all(entry.start)?
        };
        out.truncate(entry.length as usize);
        Some(out)
    }
}

/// Whether a chain comes to its end within a table.
fn ends(start: u32, table: &[u32]) -> Option<()> {
    let mut at = start;
    for _ in 0..=table.len() {
        if at >= RESERVED {
            return Some(());
        }
        at = *table.get(at as usize)?;
    }
    None
}

struct File<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl<'a> File<'a> {
    fn sectors(&self) -> usize {
        self.bytes.len() / self.size
    }

    /// The last one may be cut short, as some programs leave it.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        // The header takes the room of one sector, whatever their size.
        let from = HEADER.max(self.size).checked_add((number as usize).checked_mul(self.size)?)?;
        let content = self.bytes.get(from..)?;
        (!content.is_empty()).then(|| &content[..content.len().min(self.size)])
    }

    fn words(&self, number: u32) -> Option<impl Iterator<Item = u32> + use<'a>> {
        Some(self.sector(number)?.chunks_exact(4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]])))
    }

    fn chain(&self, start: u32, table: &[u32]) -> Option<Vec<u32>> {
        let (mut at, mut out) = (start, Vec::new());
        while at < RESERVED {
            if out.len() > self.sectors() {
                return None;
            }
            out.push(at);
            at = *table.get(at as usize)?;
        }
        Some(out)
    }
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]]))
}

pub(super) fn word16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|w| u16::from_le_bytes([w[0], w[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workbook() -> Vec<u8> {
        std::fs::read("tests/ugly/xls-wide-merged-header.xls").unwrap()
    }

    fn sound(bytes: &[u8]) -> bool {
        Directory::sound(bytes).is_some()
    }

    #[test]
    fn a_chain_that_bites_its_tail_is_found() {
        let good = workbook();
        assert!(sound(&good));
        let table = word(&good, 76).unwrap() as usize;
        let directory = word(&good, 48).unwrap() as usize;
        let mut bad = good.clone();
        let cell = 512 + table * 512 + directory * 4;
        bad[cell..cell + 4].copy_from_slice(&(directory as u32).to_le_bytes());
        assert!(!sound(&bad));
        assert!(!sound(&good[..600]) && !sound(b"\xd0\xcf\x11\xe0"));
    }
}
