//! Compound files, in which XLS workbooks are kept: the stream that the workbook is in, and a plain file of it alone.
//!
//! The reader of workbooks follows chains for ever and makes room for what it is told. It is given a file whose only stream was
//! looked at before, so that the two cannot disagree on what there is to read.

/// An end of a chain, or a sector that belongs to none.
const RESERVED: u32 = 0xffff_fffa;
const HEADER: usize = 512;
/// Tables that the header itself lists.
const LISTED: usize = 109;
/// An entry of the directory.
const ENTRY: usize = 128;
/// A small sector, and the length from which a stream has no use for them.
const SMALL: usize = 64;
const LARGE: u32 = 4096;

/// What the file holds, and the tables of its chains.
struct Directory<'a> {
    file: File<'a>,
    table: Vec<u32>,
    /// The chains of the small sectors, which stand in the root's stream.
    small: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: u64,
}

impl Entry {
    fn is_small(&self) -> bool {
        self.length < u64::from(LARGE)
    }
}

/// The stream that the workbook is in; none where the file has none, or its chain does not come to an end.
pub(crate) fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let directory = Directory::new(bytes)?;
    let called = |name: &str| directory.entries.iter().find(|e| e.name.eq_ignore_ascii_case(name));
    called("Workbook").or_else(|| called("Book")).and_then(|entry| directory.content(entry))
}

/// A compound file of that stream and nothing else, in one piece; none where it is larger than a file without a further list of
/// tables can be (457 MB).
pub(crate) fn repacked(workbook: &[u8]) -> Option<Vec<u8>> {
    const SIZE: usize = 4096;
    const END: u32 = 0xffff_fffe;
    const TABLE: u32 = 0xffff_fffd;
    // A shorter stream would belong into small sectors.
    let length = workbook.len().max(LARGE as usize);
    let (stream, a_table) = (u32::try_from(length.div_ceil(SIZE)).ok()?, SIZE / 4);
    // The tables list the stream's sectors, the directory's, and their own.
    let tables = (stream as usize + 1).div_ceil(a_table - 1);
    if tables > LISTED {
        return None;
    }
    let of_tables = || (stream + 1..).take(tables);
    let mut out = vec![0; SIZE];
    let put =
        |out: &mut Vec<u8>, at: usize, number: u32| out[at..at + 4].copy_from_slice(&number.to_le_bytes());
    out[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    // Versions, the order of bytes, and the sizes of sectors, as powers of two.
    out[24..34].copy_from_slice(&[0x3e, 0, 4, 0, 0xfe, 0xff, 12, 0, 6, 0]);
    for (at, number) in [(44, tables as u32), (48, stream), (56, LARGE), (60, END), (68, END)] {
        put(&mut out, at, number);
    }
    for (at, number) in (76..512).step_by(4).zip(of_tables().chain(std::iter::repeat(u32::MAX))) {
        put(&mut out, at, number);
    }
    out.extend_from_slice(workbook);
    let directory = SIZE * (1 + stream as usize);
    out.resize(directory + SIZE, 0);
    for (at, kind, name) in [(directory, 5, "Root Entry"), (directory + ENTRY, 2, "Workbook")] {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        out[at..at + wide.len()].copy_from_slice(&wide);
        out[at + 64] = wide.len() as u8 + 2;
        out[at + 66] = kind;
    }
    put(&mut out, directory + ENTRY + 120, u32::try_from(length).ok()?);
    let chain = (1..stream).chain([END, END]).chain(of_tables().map(|_| TABLE));
    let whole = chain.chain(std::iter::repeat(u32::MAX)).take(tables * a_table);
    out.extend(whole.flat_map(u32::to_le_bytes));
    Some(out)
}

impl<'a> Directory<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let size = match word16(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let file = File { bytes, size };
        let mut of_table: Vec<u32> = (0..LISTED).map_while(|i| word(bytes, 76 + 4 * i)).collect();
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
                let wide = entry[..64].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
                let name = char::decode_utf16(wide.take_while(|unit| *unit != 0)).map(|c| c.unwrap_or('?'));
                // Only files of large sectors may hold streams beyond four gigabytes.
                let above = if size == 4096 { word(entry, 124)? } else { 0 };
                let length = u64::from(above) << 32 | u64::from(word(entry, 120)?);
                entries.push(Entry { name: name.collect(), start: word(entry, 116)?, length });
            }
        }
        Some(Self { file, table, small, entries })
    }

    fn content(&self, entry: &Entry) -> Option<Vec<u8>> {
        let all = |start: u32| -> Option<Vec<u8>> {
            let sectors = self.file.chain(start, &self.table)?;
            let parts: Option<Vec<&[u8]>> = sectors.iter().map(|s| self.file.sector(*s)).collect();
            Some(parts?.concat())
        };
        let mut out = if entry.is_small() {
            let root = all(self.entries.first()?.start)?;
            let sectors = self.file.chain(entry.start, &self.small)?;
            let sector = |s: &u32| root.get(*s as usize * SMALL..).map(|rest| &rest[..rest.len().min(SMALL)]);
            let parts: Option<Vec<&[u8]>> = sectors.iter().map(sector).collect();
            parts?.concat()
        } else {
            all(entry.start)?
        };
        out.truncate(usize::try_from(entry.length).unwrap_or(usize::MAX));
        Some(out)
    }
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
            // A chain that bites its own tail is longer than its table.
            if out.len() > table.len() {
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

    fn file() -> Vec<u8> {
        std::fs::read("tests/ugly/xls-wide-merged-header.xls").unwrap()
    }

    #[test]
    fn a_chain_that_bites_its_tail_is_found() {
        let good = file();
        assert!(workbook(&good).is_some());
        let table = 512 * (1 + word(&good, 76).unwrap() as usize);
        // The second sector of the stream, and then the directory, say themselves again.
        for sector in [1, word(&good, 48).unwrap()] {
            let mut bad = good.clone();
            let cell = table + sector as usize * 4;
            bad[cell..cell + 4].copy_from_slice(&sector.to_le_bytes());
            assert!(workbook(&bad).is_none(), "{sector}");
        }
        assert!(workbook(&good[..600]).is_none() && workbook(b"\xd0\xcf\x11\xe0").is_none());
    }

    /// The reader of workbooks asks neither for an entry's kind nor for the case of its name.
    #[test]
    fn a_stream_is_found_by_its_name_alone() {
        let good = file();
        let name = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let at = good.windows(16).position(|w| w == name("Workbook")).unwrap();
        let mut other = good.clone();
        other[at..at + 16].copy_from_slice(&name("wORKBOOK"));
        other[at + 66] = 0;
        assert_eq!(workbook(&other), workbook(&good));
    }

    #[test]
    fn a_stream_that_was_packed_again_is_the_same() {
        let stream = workbook(&file()).unwrap();
        for length in [1, stream.len(), 4096, 4097, 4096 * 1022, 4096 * 1023, 5_000_000] {
            let long: Vec<u8> = stream.iter().copied().cycle().take(length).collect();
            let again = workbook(&repacked(&long).unwrap()).unwrap();
            assert_eq!(again[..length], long);
            assert!(again[length..].iter().all(|byte| *byte == 0) && again.len() == length.max(4096));
        }
    }
}
