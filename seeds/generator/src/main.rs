//! Writes the illustrative figures of `seeds/wuzhong-2023`: `cargo run -p seed-generator -- [--check]`.
//!
//! With `--check` nothing is written; it exits with 1 if a committed file differs from what would be written.

mod catalogue;
mod dice;
mod ledger;
mod panel;
mod pipeline;

use std::path::PathBuf;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../wuzhong-2023")
}

fn csv_of<'a, R: IntoIterator<Item = &'a String>>(
    header: &[&str],
    rows: impl IntoIterator<Item = R>,
) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}

/// Every generated file: its name and content.
fn files() -> Result<[(&'static str, Vec<u8>); 2], Failure> {
    Ok([
        ("panel.csv", csv_of(&panel::HEADER, &panel::rows())?),
        ("pipeline.csv", csv_of(&pipeline::HEADER, &pipeline::rows())?),
    ])
}

fn run(check: bool) -> Result<ExitCode, Failure> {
    let mut differ = false;
    for (name, content) in files()? {
        let path = folder().join(name);
        if check {
            let same = std::fs::read(&path).is_ok_and(|committed| committed == content);
            println!("{name}: {}", if same { "as generated" } else { "differs from what is generated" });
            differ |= !same;
        } else {
            std::fs::write(&path, &content)
                .map_err(|why| format!("{}: {why}; run from a writable checkout", path.display()))?;
            println!("{name}: {} bytes", content.len());
        }
    }
    Ok(if differ { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.as_slice() {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => {
            eprintln!("usage: seed-generator [--check]");
            return ExitCode::from(2);
        }
    };
    run(check).unwrap_or_else(|why| {
        eprintln!("{why}");
        ExitCode::from(1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_committed_files_are_what_is_generated() {
        for (name, content) in files().unwrap() {
            let committed = std::fs::read(folder().join(name)).unwrap();
            assert!(committed == content, "{name} differs: run `cargo run -p seed-generator`");
        }
    }

    fn plan() -> toml::Table {
        std::fs::read_to_string(folder().join("plan.toml")).unwrap().parse().unwrap()
    }

    #[test]
    fn the_plan_and_the_generator_agree() {
        let plan = plan();
        let of = plan["target"].as_array().unwrap().iter().find_map(|target| target.get("of")).unwrap();
        assert_eq!(of.as_float(), panel::WORKS_PLAN.last().copied());

        let parents: BTreeMap<String, String> = panel::rows().into_iter().map(|[r, p, ..]| (r, p)).collect();
        for region in plan["region"].as_array().unwrap() {
            let text = |key| region.get(key).and_then(toml::Value::as_str).unwrap_or_default();
            assert_eq!(parents[text("name")], text("parent"), "{}", text("name"));
        }
        assert_eq!(plan["region"].as_array().unwrap().len(), parents.len());
    }

    /// ytd by ledger, region, sector or composition, year and month.
    fn ytd() -> BTreeMap<(String, String, String, i32, u8), f64> {
        panel::rows()
            .into_iter()
            .map(|[region, _, ledger, year, month, ytd, _, sector, composition, _]| {
                let key =
                    (ledger, region, sector + &composition, year.parse().unwrap(), month.parse().unwrap());
                (key, ytd.parse().unwrap())
            })
            .collect()
    }

    #[test]
    fn cumulative_totals_never_fall_and_no_cell_repeats() {
        let ytd = ytd();
        assert_eq!(ytd.len(), panel::rows().len());
        for ((ledger, region, part, year, month), value) in &ytd {
            let before = (ledger.clone(), region.clone(), part.clone(), *year, month - 1);
            let before = ytd.get(&before).copied().unwrap_or(0.0);
            assert!(*value >= before && *value > 0.0, "{ledger} {region} {part} {year}-{month}");
            assert!((2..=12).contains(month));
        }
    }

    #[test]
    fn parts_add_up() {
        let ytd = ytd();
        let districts = ["利通区", "红寺堡区", "青铜峡市", "盐池县", "同心县", "太阳山开发区"];
        let parts = ["construction-installation", "equipment", "other"];
        for year in 2013..=2023 {
            for month in 2..=12 {
                let of = |region: &str, part: &str| {
                    ytd[&("fai".to_owned(), region.to_owned(), part.to_owned(), year, month)]
                };
                let city = of(panel::CITY, "");
                let unallocated = 1.0 - districts.iter().map(|d| of(d, "")).sum::<f64>() / city;
                assert!((0.03..0.08).contains(&unallocated), "{year}-{month} {unallocated}");
                assert!(of("金积工业园区", "") < of("利通区", ""));
                if year >= 2018 {
                    let sum: f64 = parts.iter().map(|part| of(panel::CITY, part)).sum();
                    assert!((sum - city).abs() < 0.03, "{year}-{month}");
                    assert!(
                        of(panel::CITY, "power") + of(panel::CITY, "manufacturing")
                            < of(panel::CITY, "industry")
                    );
                }
            }
        }
    }

    #[test]
    fn project_lists_have_the_plans_counts_and_are_consistent() {
        let rows = pipeline::rows();
        let count = |column: usize, value: &str| rows.iter().filter(|row| row[column] == value).count();
        assert_eq!(count(16, "planned-starts"), 109);
        assert_eq!(count(16, "slow"), 23);
        assert_eq!(count(16, "signed"), 20);
        assert_eq!(count(7, "started"), 194);
        assert_eq!(count(7, "intent"), 860);

        let number = |text: &String| text.parse::<f64>().unwrap_or(0.0);
        let starts: f64 = rows.iter().filter(|r| r[16] == "planned-starts").map(|r| number(&r[9])).sum();
        assert!(starts >= 100.0, "{starts}");
        let ids: std::collections::BTreeSet<&String> = rows.iter().map(|row| &row[0]).collect();
        assert_eq!(ids.len(), rows.len());
        for row in &rows {
            let [total, plan_year, done] = [8, 9, 10].map(|i| number(&row[i]));
            assert!(total > 0.0 && plan_year <= total && done <= total, "{row:?}");
            let [books, planned, actual, end] = [5, 11, 12, 13].map(|i| row[i].as_str());
            assert!(planned.is_empty() == end.is_empty() && planned <= end, "{row:?}");
            assert!(actual <= row[17].as_str() && books <= row[17].as_str(), "{row:?}");
            assert!(actual.is_empty() || actual < end, "{row:?}");
            assert_eq!(done > 0.0, !actual.is_empty(), "{row:?}");
        }
    }
}
