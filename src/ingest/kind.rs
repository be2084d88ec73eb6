//! What a file is, by its first bytes and not by its name, and what is said of one that is no table.

use crate::ingest::fault::{At, Findings, words};

/// A file that can be read as tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Text with separators.
    Text,
    /// A workbook in a zip: XLSX, XLSB or ODS.
    Zipped,
    /// A workbook of the old kind, XLS.
    Old,
    /// Apache Parquet.
    Parquet,
    /// Arrow IPC, also called Feather.
    Arrow,
}

/// The bytes of a compound file, in which old workbooks and encrypted new ones are kept.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What begins so is no table, and what a person calls it.
const OTHER: [(&[u8], &str, &str); 12] = [
    (b"%PDF", "a PDF document", "PDF文档"),
    (b"\x89PNG", "a picture (PNG)", "图片（PNG）"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "图片（JPEG）"),
    (b"GIF8", "a picture (GIF)", "图片（GIF）"),
    (b"BM", "a picture (BMP)", "图片（BMP）"),
    (b"Rar!", "a RAR archive", "RAR压缩包"),
    (b"7z\xbc\xaf", "a 7z archive", "7z压缩包"),
    (b"\x1f\x8b", "a gzip archive", "gzip压缩包"),
    (b"MZ", "a program", "可执行程序"),
    (b"{\\rtf", "an RTF document", "RTF文档"),
    (b"SQLite format 3", "a database", "数据库文件"),
    (b"II*\0", "a picture (TIFF)", "图片（TIFF）"),
];

/// Tells what a file is; a finding where it cannot be read as tables.
pub(crate) fn kind(bytes: &[u8], found: &mut Findings) -> Option<FileKind> {
    let nowhere = At::default();
    let head = &bytes[..bytes.len().min(4096)];
    if bytes.iter().all(u8::is_ascii_whitespace) || head == b"\xef\xbb\xbf" {
        empty(found);
        return None;
    }
    if head.starts_with(b"PAR1") {
        return Some(FileKind::Parquet);
    }
    // A file of Arrow, or a stream of it: a message of 0xffffffff and its length.
    if head.starts_with(b"ARROW1")
        || (head.starts_with(b"\xff\xff\xff\xff") && head.len() > 8 && head[7] == 0)
    {
        return Some(FileKind::Arrow);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zipped(bytes, found);
    }
    if head.starts_with(COMPOUND) {
        return compound(bytes, found);
    }
    // BIFF 2 to 5 without a compound file: workbooks of the early nineties.
    let other = OTHER.iter().find(|(magic, ..)| head.starts_with(magic));
    if let Some((magic, en, zh)) = other
        && (magic.len() > 2 || head.contains(&0))
    {
        not_a_table(found, en, zh);
        return None;
    }
    let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if text.starts_with("<?xml") {
        found.error(
            "xml_table",
            &nowhere,
            "",
            words(
                "the file is XML, whatever its name says",
                "文件实际是XML，与扩展名不符",
                "open it in Excel or WPS and save it as .xlsx",
                "请用Excel或WPS打开后另存为.xlsx",
            ),
        );
        return None;
    }
    let markup = ["<!doctype html", "<html", "<table", "<head", "<meta", "<body"];
    if markup.iter().any(|m| text.starts_with(m)) || (text.starts_with('<') && text.contains("<table")) {
        found.error(
            "html_table",
            &nowhere,
            "",
            words(
                "the file is a web page (HTML), whatever its name says",
                "文件实际是网页（HTML），与扩展名不符",
                "open it in Excel or WPS and save it as .xlsx, or copy the table and paste it",
                "请用Excel或WPS打开后另存为.xlsx，或复制表格后直接粘贴",
            ),
        );
        return None;
    }
    Some(FileKind::Text)
}

/// The finding about a file that holds nothing.
pub(crate) fn empty(found: &mut Findings) {
    found.error(
        "empty_file",
        &At::default(),
        "",
        words(
            "the file is empty",
            "文件是空的",
            "check that it was saved, and choose it again",
            "请确认文件已保存，再重新选择",
        ),
    );
}

fn not_a_table(found: &mut Findings, en: &str, zh: &str) {
    found.error(
        "not_a_table",
        &At::default(),
        "",
        words(
            format!("the file is {en}, not a table"),
            format!("文件是{zh}，不是表格"),
            "give the table as .xlsx, .xls, .ods or .csv, or copy it and paste it",
            "请提供.xlsx、.xls、.ods或.csv表格，或复制后粘贴",
        ),
    );
}

fn zipped(bytes: &[u8], found: &mut Findings) -> Option<FileKind> {
    let Ok(archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        damaged(found, "");
        return None;
    };
    let has = |name: &str| archive.file_names().flatten().any(|n| n == name);
    let holds = |folder: &str| archive.file_names().flatten().any(|n| n.starts_with(folder));
    if has("word/document.xml") {
        not_a_table(found, "a Word document", "Word文档");
        return None;
    }
    if holds("ppt/") {
        not_a_table(found, "a presentation", "演示文稿");
        return None;
    }
    if holds("xl/") || has("content.xml") {
        return Some(FileKind::Zipped);
    }
    if archive.is_empty() {
        damaged(found, "");
        return None;
    }
    not_a_table(found, "an archive (zip)", "压缩包（zip）");
    None
}

fn compound(bytes: &[u8], found: &mut Findings) -> Option<FileKind> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if holds("EncryptedPackage") {
        password(found);
        return None;
    }
    if holds("WordDocument") {
        not_a_table(found, "a Word document", "Word文档");
        return None;
    }
    Some(FileKind::Old)
}

/// The finding about a workbook that needs a password.
pub(crate) fn password(found: &mut Findings) {
    found.error(
        "password_protected",
        &At::default(),
        "",
        words(
            "the workbook is protected by a password",
            "工作簿设有打开密码",
            "open it, take the password off and save it again",
            "请打开后取消密码保护，再保存",
        ),
    );
}

/// The finding about a file that breaks off or contradicts itself.
pub(crate) fn damaged(found: &mut Findings, why: &str) {
    let aside = if why.is_empty() { String::new() } else { format!(" ({why})") };
    let aside_zh = if why.is_empty() { String::new() } else { format!("（{why}）") };
    found.error(
        "damaged",
        &At::default(),
        "",
        words(
            format!("the file is damaged or incomplete{aside}"),
            format!("文件已损坏或不完整{aside_zh}"),
            "fetch or copy it again, or open it in Excel or WPS and save it anew",
            "请重新获取该文件，或用Excel、WPS打开后另存",
        ),
    );
}

/// The finding about a file that would fill the memory.
pub(crate) fn too_large(found: &mut Findings, at: &At, en: &str, zh: &str) {
    found.error(
        "too_large",
        at,
        "",
        words(
            format!("the file is too large: {en}"),
            format!("文件过大：{zh}"),
            "keep the table alone in a new workbook, or save it as .csv",
            "请只保留该表另存为新工作簿，或另存为.csv",
        ),
    );
}

/// A note where the name's ending says another kind of file than the bytes.
pub(crate) fn check_name(name: &str, kind: FileKind, bytes: &[u8], found: &mut Findings) {
    let Some((_, ending)) = name.rsplit_once('.') else { return };
    let ending = ending.to_lowercase();
    let (fits, real): (&[&str], &str) = match kind {
        FileKind::Text => (&["csv", "tsv", "txt", "tab", "prn", "dat"], "csv"),
        FileKind::Old => (&["xls", "xlt", "et"], "xls"),
        FileKind::Zipped if contains(bytes, b"content.xml") && !contains(bytes, b"xl/workbook") => {
            (&["ods", "ots"], "ods")
        }
        FileKind::Zipped => (&["xlsx", "xlsm", "xlsb", "xltx"], "xlsx"),
        FileKind::Parquet => (&["parquet", "pq"], "parquet"),
        FileKind::Arrow => (&["arrow", "arrows", "feather", "ipc"], "arrow"),
    };
    if fits.contains(&ending.as_str())
        || !ending.chars().all(|c| c.is_ascii_alphanumeric())
        || ending.len() > 8
    {
        return;
    }
    found.note(
        "wrong_extension",
        &At::default(),
        name,
        words(
            format!("the name ends in .{ending}, the file is .{real}; it is read as what it is"),
            format!("扩展名为.{ending}，实际为.{real}；已按实际类型读取"),
            "nothing needs doing",
            "无需处理",
        ),
    );
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|w| w == wanted)
}
