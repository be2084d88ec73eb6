//! `landfall brief` from outside: files whole or not at all, and what cannot be is refused with what can.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn brief(lang: &str, out: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    command.args(["brief", "--sample", "wuzhong-2023", "--lang", lang, "--out"]).arg(out).args(more);
    command.env("NO_COLOR", "1").output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn every_form_is_written() {
    let folder = folder("brief-forms");
    for (form, begins) in [
        ("html", &b"<!DOCTYPE html>"[..]),
        ("md", "# 吴忠市".as_bytes()),
        ("xlsx", b"PK"),
        ("docx", b"PK"),
        ("pptx", b"PK"),
    ] {
        let file = folder.join(format!("b.{form}"));
        let output = brief("zh", &file, &[]);
        assert!(output.status.success(), "{}", said(&output));
        assert!(std::fs::read(&file).unwrap().starts_with(begins), "{form}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("增长10.1%"));
    }
    // Nothing but the files is left.
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 5);
}

#[test]
fn amounts_are_told_in_another_unit_and_a_scenario_beside_the_year() {
    let folder = folder("brief-units");
    let file = folder.join("b.md");
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/wuzhong-2023/scenarios/push.toml");
    let output = brief("zh", &file, &["--amounts-in", "万元", "--scenario", scenario]);
    assert!(output.status.success(), "{}", said(&output));
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("2,449,200万元") && text.contains("按该情景"), "{text}");
}

#[test]
fn a_template_of_ones_own_is_filled_or_refused() {
    let folder = folder("brief-template");
    let (template, file) = (folder.join("t.md"), folder.join("b.md"));
    std::fs::write(&template, "# {{region}} {{year}}-{{month}}\n{{ headline }}\n").unwrap();
    let with = ["--template", template.to_str().unwrap()];
    let output = brief("zh", &file, &with);
    assert!(output.status.success(), "{}", said(&output));
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("# 吴忠市 2023-7\n**1–7月，吴忠市"));
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&template, "a\n{{headlin}}\n").unwrap();
    let output = brief("en", &file, &with);
    let error = said(&output);
    assert!(
        output.status.code() == Some(1) && error.contains("line 2") && error.contains("headline, overview"),
        "{error}"
    );
    let output = brief("en", &folder.join("b.xlsx"), &with);
    assert!(
        output.status.code() == Some(2) && said(&output).contains("--template goes with"),
        "{}",
        said(&output)
    );
    // The template alone: no half-written file.
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_is_refused_with_what_can() {
    let folder = folder("brief-refused");
    let refused = |lang: &str, out: &str, more: &[&str], code: i32, words: &[&str]| {
        let output = brief(lang, &folder.join(out), more);
        let error = said(&output);
        assert_eq!(output.status.code(), Some(code), "{error}");
        assert!(words.iter().all(|w| error.contains(w)), "{error}");
    };
    refused("en", "b.pdf", &[], 2, &["\"pdf\"", ".pptx", ".xlsx", ".docx", ".html", ".md"]);
    refused("zh", "no/such/b.html", &[], 1, &["无法写入", "文件夹"]);
    refused("zh", "b.html", &["--region", "银川市"], 1, &["银川市", "利通区"]);
    refused("zh", "b.html", &["--amounts-in", "USD"], 1, &["USD", "亿元"]);
    refused("en", "b.html", &["--chance", "1.5"], 1, &["1.5"]);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}
