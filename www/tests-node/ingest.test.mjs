// The reader's module against the native reader, and what only the page asks of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readFile, readText, read_toml, seed, spreadsheet_csv } from "./ingest.mjs";

const path = process.env.LANDFALL_PARITY_INGEST;
if (!path) throw new Error("LANDFALL_PARITY_INGEST is not set: cargo run --all-features --example parity_ingest -- OUT.json writes the file it names");
const plan = seed("wuzhong-2023/plan.toml");

test("every ugly table is read as it is natively, to the last mark", () => {
  const entries = JSON.parse(readFileSync(path, "utf8"));
  assert.ok(entries.length >= 60);
  for (const { file, with_plan, read } of entries) {
    const ours = readFile(`tests/ugly/${file}`, with_plan ? { plan } : {});
    // Files of columns are the command line's alone; the page says so.
    if (/\.(parquet|arrows?)$/.test(file)) {
      assert.deepEqual(ours.found.map((f) => f.code), ["not_a_table"], file);
      continue;
    }
    assert.equal(ours.tidy, read.tidy, file);
    assert.deepEqual(JSON.parse(JSON.stringify(ours)), read, file);
  }
});

test("stages are told in order, and a refusal is no exception", () => {
  const stages = [];
  const read = readFile("tests/ugly/picture-called.xlsx", {}, stages);
  assert.deepEqual(stages, ["reading", "checking"]);
  assert.equal(read.kind, "nothing");
  assert.deepEqual(read.found.map((f) => [f.code, f.severity]), [["not_a_table", "error"]]);
  assert.match(read.found[0].text.zh, /图片/);
});

test("what a person says of a column and of a name is heeded, saved and read back", () => {
  const text = "县区,甲,乙\n利通,58.32,14.5\n不知何处,1,2\n";
  const said = { year: 2023, month: 7, unit: "亿元", columns: [{ header: "甲", role: "ytd" }, { header: "乙", role: "growth" }], regions: { 不知何处: "同心县" } };
  const read = readText("x.csv", text, { said, plan });
  assert.equal(read.kind, "panel");
  assert.match(read.tidy, /^利通区,2023,7,58\.32,14\.5,亿元$/m);
  assert.match(read.tidy, /^同心县,2023,7,1,2,亿元$/m);
  const back = read_toml("mapping.toml", read.mapping_toml);
  assert.equal(back.kind, "mapping");
  assert.equal(readText("x.csv", text, { said: back.said, plan }).tidy, read.tidy);
  assert.deepEqual(read.names.find((n) => n.written === "利通"), { written: "利通", region: "利通区" });
});

test("targets for regions that the file has not are found at once, before the engine is asked", () => {
  const read = readText("x.csv", "地区,年份,月份,累计（亿元）\n不知何处,2023,7,5\n");
  assert.equal(read.kind, "panel");
  const refused = readText("x.csv", "地区,年份,月份,累计（亿元）\n不知何处,2023,7,5\n", { plan: "year = 2023\n[[target]]\nregion = \"别处\"\nvalue = \"x\"\n" });
  assert.ok(refused.found.some((f) => f.severity === "error" && f.file === "plan.toml"));
});

test("the template holds the sample's figures and nothing else", () => {
  const read = readFile("www/public/landfall-template.xlsx");
  assert.deepEqual(read.found.filter((f) => f.severity === "error"), []);
  const cells = (text) => {
    // Neither file quotes anything.
    const [head, ...rows] = text.trim().split("\n").map((line) => line.split(","));
    const key = (row, name) => row[head.indexOf(name)] ?? "";
    return rows.map((row) => ["region", "year", "month", "ledger", "sector", "composition", "ytd", "growth"].map((n) => (key(row, n) === "" || Number.isNaN(Number(key(row, n))) ? key(row, n) : Number(key(row, n)))).join("|")).sort();
  };
  assert.deepEqual(cells(read.tidy), cells(seed("wuzhong-2023/panel.csv")));
});

test("no name becomes a formula in what is exported", () => {
  assert.equal(spreadsheet_csv("region,ytd\n=1+1,-3\n"), "\ufeffregion,ytd\n'=1+1,-3\n");
});
