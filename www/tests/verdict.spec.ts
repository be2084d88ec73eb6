// The verdict is written by rule from the report: the same facts must give the same sentence in both languages.
import { expect, test } from "@playwright/test";
import type { OutlookReport, Spread, UnitReport } from "../src/engine/contract.ts";
import { WORDS } from "../src/i18n/index.ts";
import { league, sorted } from "../src/lib/league.ts";
import { plain } from "../src/lib/say.ts";
import { verdict } from "../src/lib/verdict.ts";

function spread(median: number, step: number): Spread {
  const at = (steps: number): number => median + steps * step;
  return { mean: median, quantiles: { "0.025": at(-3), "0.1": at(-2), "0.25": at(-1), "0.5": median, "0.75": at(1), "0.9": at(2), "0.975": at(3) } };
}

function unit(label: string, growth: number, target: number, probability: number, more: Partial<UnitReport> = {}): UnitReport {
  return {
    region: label, label, kind: "region", parent: "吴忠市", additive: true, ledger: "fai", unit: "亿元", year: 2023, through: 7,
    ytd: 50, growth_ytd: growth, base_kind: "implied", year_base: 100, year_end: spread(100 * (1 + growth), 2), growth: spread(growth, 0.02),
    target: { kind: "growth", value: target, owed: 100 * (1 + target) }, probability,
    probability_shown: Math.round(probability * 20) / 20, light: probability >= 0.8 ? "green" : probability >= 0.5 ? "yellow" : "red",
    gap_pp: null, need: null, rank: null, rank_change: null, pull_pp: null, milestones: [], weights: [], notes: [], ...more,
  };
}

function report(...units: UnitReport[]): OutlookReport {
  return { schema: 1, seed: 1, as_of: "2023-07", title: null, illustrative: null, source: null, calendar: "cn11", light_rule: "probability", units };
}

function said(what: OutlookReport, lang: "zh" | "en", ledger: UnitReport["ledger"] = "fai"): [string, string] {
  const table = league(what, ledger);
  if (!table) throw new Error("no such ledger");
  const facts = verdict(table);
  const words = WORDS[lang];
  return [plain(words.verdict(facts, table.measure, table.unit)), plain(words.support(facts, table.measure, table.unit))];
}

const city = (more: Partial<UnitReport> = {}): UnitReport =>
  unit("吴忠市", 0.099, 0.11, 0.3, { parent: null, year_base: 412, year_end: spread(452.8, 6.4),
    target: { kind: "growth", value: 0.11, owed: 457.3 }, growth: spread(0.099, 0.0155), ...more });

test("who will more likely miss, where the whole lands, and how far it is from the target", () => {
  const what = report(city(), unit("甲区", 0.16, 0.12, 0.85), unit("乙区", 0.078, 0.12, 0.15), unit("丙区", 0.101, 0.12, 0.35));
  expect(said(what, "zh")).toEqual([
    "3个地区中2个多半完不成目标：乙区、丙区。全市预计增长9.9%，距11%的目标差4.5亿元。",
    "80%区间6.8%–13.0%，达标概率约30%。缺口最大的是乙区（4.2亿元）。",
  ]);
  expect(said(what, "en")).toEqual([
    "2 of 3 regions will probably miss their target: 乙区, 丙区. 吴忠市 is projected to grow 9.9%, 450 million CNY short of its 11% target.",
    "80% interval 6.8%–13.0%; about a 30% chance of reaching the target. Largest shortfall: 乙区 (420 million CNY).",
  ]);
});

test("up to four are named, and of more three and how many others", () => {
  const region = (label: string): UnitReport => unit(label, 0.05, 0.12, 0.1);
  const four = report(city(), unit("达标区", 0.16, 0.12, 0.9), ...["甲区", "乙区", "丙区", "丁区"].map(region));
  expect(said(four, "zh")[0]).toContain("5个地区中4个多半完不成目标：甲区、乙区、丙区、丁区。");
  expect(said(four, "en")[0]).toContain("4 of 5 regions will probably miss their target: 甲区, 乙区, 丙区, 丁区. ");
  const five = report(city(), ...["甲区", "乙区", "丙区", "丁区", "戊区"].map(region));
  expect(said(five, "zh")[0]).toContain("5个地区都多半完不成目标：甲区、乙区、丙区等。");
  expect(said(five, "en")[0]).toContain("All 5 regions will probably miss their target: 甲区, 乙区, 丙区 and 2 more. ");
});

test("where chances are equal, as in a finished year, the gap decides", () => {
  const done = { through: 12 };
  const what = report(city(done), unit("甲区", 0.13, 0.12, 1, done), unit("乙区", 0.2, 0.12, 1, done), unit("丙区", 0.05, 0.12, 0, done));
  const table = league(what, "fai");
  if (!table) throw new Error("no table");
  expect(sorted(table, "probability").map((s) => s.unit.label)).toEqual(["吴忠市", "乙区", "甲区", "丙区"]);
});

test("a region that publishes growth alone has its gap in points", () => {
  const none = (value: number): Partial<UnitReport> => ({ year_base: null, year_end: null, ytd: null, target: { kind: "growth", value, owed: null } });
  const what = report(city(none(0.11)), unit("甲区", 0.13, 0.12, 0.7, none(0.12)), unit("乙区", 0.078, 0.12, 0.15, none(0.12)));
  const [first, second] = said(what, "zh");
  expect(first).toBe("2个地区中1个多半完不成目标：乙区。全市预计增长9.9%，距11%的目标差1.1个百分点。");
  expect(second).toContain("乙区（4.2个百分点）");
  expect(said(what, "en")[0]).toContain("1.1 pp short of its 11% target");
});

test("a finished year is told as a result", () => {
  const done = { through: 12 };
  const what = report(city({ ...done, year_end: spread(459.4, 0), growth: spread(0.115, 0), probability: 1 }), unit("甲区", 0.13, 0.12, 1, done));
  const [first, second] = said(what, "zh");
  expect(first).toBe("1个地区完成目标。全市全年增长11.5%，比11%的目标多2.1亿元。");
  expect(second).toBe("");
  expect(said(what, "en")[0]).toContain("grew 11.5%");
});

test("an amount target is told as an amount, and what of the plan is done as a share", () => {
  const funds = city({ ledger: "attraction", target: { kind: "amount", value: 421, owed: 421 }, year_end: spread(405.2, 8), growth: null, probability: 0.13, probability_shown: 0.15 });
  const works = city({ ledger: "works", target: { kind: "completion", value: 1, owed: 360 }, ytd: 200, year_end: spread(345.6, 7), growth: null, probability: 0.4,
    need: { amount: 160, per_month: 32, vs_last_year: null, vs_best: null } });
  const what = report(funds, works);
  expect(said(what, "zh", "attraction")[0]).toBe("全市到位资金全年预计405.2亿元，距421亿元的目标差15.8亿元。");
  expect(said(what, "zh", "works")[0]).toBe("全市项目完成投资预计完成年度计划的96.0%，距100%的目标差14.4亿元。");
  expect(said(what, "en", "attraction")[1]).toBe("80% interval 38.9–42.1 billion CNY; about a 15% chance of reaching the target. ");
});

test("the whole stays first, the unallocated row is not ranked, and what has no figure comes last", () => {
  const what = report(
    unit("甲区", 0.05, 0.12, 0.1),
    unit("未分配", 0.05, 0.12, 0.5, { kind: "unallocated", target: null, probability: null, light: null }),
    city(),
    unit("乙区", 0.16, 0.12, 0.9),
    unit("丙区", 0.1, 0.12, 0.5, { target: null, probability: null, light: null }),
  );
  const table = league(what, "fai");
  if (!table) throw new Error("no table");
  expect(sorted(table, "probability").map((s) => s.unit.label)).toEqual(["吴忠市", "乙区", "甲区", "丙区"]);
  expect(table.others.map((s) => s.unit.label)).toEqual(["未分配"]);
  expect(verdict(table).judged).toBe(2);
});

test("a fall is told as one, and what is level as printed is none", () => {
  const grown = (by: number, lang: "zh" | "en"): string => said(report(city({ growth: spread(by, 0.01) })), lang)[0];
  expect(grown(-0.022, "zh")).toContain("预计下降2.2%");
  expect(grown(-0.022, "en")).toContain("is projected to fall 2.2%");
  expect(grown(-0.0004, "zh")).toContain("预计增长0.0%");
});
