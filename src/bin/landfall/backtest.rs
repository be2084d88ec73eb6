//! `landfall backtest`.

use crate::arguments::{Backtest as Ask, TableOrJson};
use crate::voice::Failure;
use crate::{load, scoring};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use landfall::backtest::{BLEND, Score, Trial};
use landfall::error::Lang;
use landfall::unit::{fixed, signed};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// `backtest --format json`.
#[derive(Serialize)]
struct Backtested<'a> {
    /// Version of the contract: 1.
    schema: u32,
    scores: &'a [Score],
}

pub(crate) fn run(ask: &Ask, lang: Lang) -> Result<ExitCode, Failure> {
    let case = load::case(&ask.data, load::Uses::Outlook, lang)?;
    let trial = Trial { cuts: ask.cuts.clone(), years: usize::from(ask.years), last: None, seed: ask.seed };
    let backtest = scoring::run(&case, ask.ledger, &trial)?;
    let scores = backtest.scores();
    let mut out = anstream::stdout().lock();
    match ask.format {
        TableOrJson::Json => {
            serde_json::to_writer_pretty(&mut out, &Backtested { schema: 1, scores: &scores })?;
            writeln!(out)?;
        }
        TableOrJson::Table => writeln!(out, "{}", table(&scores, lang))?,
    }
    if scores.is_empty() {
        anstream::eprintln!(
            "{}",
            lang.pick(
                "error: no past year could be scored; at least three complete years are needed",
                "错误：没有可检验的往年，至少需要三个完整年份"
            )
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn table(scores: &[Score], lang: Lang) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let header = match lang {
        Lang::En => [
            "cut",
            "year",
            "model",
            "n",
            "MAPE\n%",
            "median\nAPE %",
            "MASE",
            "CRPS\n%",
            "95 % interval\nscore %",
            "Brier",
            "cover\n80 %",
            "cover\n95 %",
            "growth\nMAE pp",
            "growth\nbias pp",
            "growth\ncover 80 %",
        ],
        Lang::Zh => [
            "已知月",
            "年份",
            "模型",
            "个数",
            "平均误差\n%",
            "中位误差\n%",
            "MASE",
            "CRPS\n%",
            "95%区间\n得分%",
            "Brier",
            "80%区间\n命中%",
            "95%区间\n命中%",
            "增速误差\n百分点",
            "增速偏差\n百分点",
            "增速80%\n区间命中%",
        ],
    };
    table.set_header(header);
    let percent = |x: f64, digits| fixed(x * 100.0, digits);
    let plain = |x: Option<f64>, digits| x.map_or("–".into(), |x| fixed(x, digits));
    for s in scores.iter().filter(|s| s.year.is_none() || s.model == BLEND) {
        table.add_row(vec![
            s.cut.to_string(),
            s.year.map_or_else(|| lang.pick("all", "全部").to_owned(), |y| y.to_string()),
            s.model.clone(),
            s.n.to_string(),
            percent(s.mape, 2),
            percent(s.median_ape, 2),
            plain(s.mase, 3),
            percent(s.crps, 2),
            percent(s.is95, 1),
            plain(s.brier, 3),
            percent(s.cover80, 1),
            percent(s.cover95, 1),
            plain(s.growth_mae_pp, 2),
            s.growth_bias_pp.map_or("–".into(), |x| signed(x, 2)),
            plain(s.growth_cover80.map(|x| x * 100.0), 1),
        ]);
    }
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        column.set_cell_alignment(if i == 2 { CellAlignment::Left } else { CellAlignment::Right });
    }
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
