// Whatever comes in, the engine answers or throws an error whose message begins with a stable code; it never traps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine, sample } from "./engine.mjs";

const PANEL = "region,year,month,ytd\n甲区,2022,12,100\n甲区,2023,2,10\n";
const options = { lang: "en" };
const look = { ...options, theme: "light", width: 600, height: 400 };
const engine = sample("wuzhong-2023");

/** What is asked, and the code it is refused with. */
const REFUSED = {
  "a month that is none": [() => engine.outlook({ ...options, as_of: "2023-13" }), "unknown_month"],
  "a month that is not written as one": [() => engine.outlook({ ...options, as_of: "July" }), "bad_year_month"],
  "a month after the data": [() => engine.outlook({ ...options, as_of: "2031-01" }), "after_data"],
  "a month before the data": [() => engine.outlook({ ...options, as_of: "1949-10" }), "nothing_yet"],
  "an unknown language": [() => engine.outlook({ lang: "fr" }), "unknown_language"],
  "diagnostics in an unknown language": [() => engine.diagnostics("fr"), "unknown_language"],
  "no options": [() => engine.outlook(undefined), "bad_options"],
  "options that are no object": [() => engine.outlook("zh"), "bad_options"],
  "a seed below 0": [() => engine.outlook({ ...options, seed: -1 }), "bad_options"],
  "a seed that is no whole number": [() => engine.outlook({ ...options, seed: 1.5 }), "bad_options"],
  "the chart of an unknown region": [() => engine.fan("朝阳区", "fai", look), "unknown_region"],
  "the chart of an unknown ledger": [() => engine.fan("利通区", "gdp", look), "unknown_ledger"],
  "the chart of a ledger without figures": [() => engine.fan("利通区", "works", look), "unknown_region"],
  "a chart in an unknown theme": [() => engine.fan("利通区", "fai", { ...look, theme: "neon" }), "bad_options"],
  "a chart of no width": [() => engine.fan("利通区", "fai", { ...look, width: 0 }), "chart_size"],
  "a chart whose width is not a number": [() => engine.fan("利通区", "fai", { ...look, width: NaN }), "bad_options"],
  "a chart of a negative height": [() => engine.fan("利通区", "fai", { ...look, height: -5 }), "bad_options"],
  "a chart that is too large": [() => engine.fan("利通区", "fai", { ...look, width: 4_000_000_000 }), "chart_size"],
  "the draws of an unknown region": [() => engine.draws("朝阳区", "fai", options), "unknown_region"],
  "the draws of an unknown ledger": [() => engine.draws("利通区", "", options), "unknown_ledger"],
  "an empty file": [() => Engine.load("", undefined), "empty_file"],
  "a header and no rows": [() => Engine.load("region,year,month,ytd\n", undefined), "empty_file"],
  "a missing column": [() => Engine.load("region,year,ytd\n甲区,2023,10\n", undefined), "missing_column"],
  "neither value nor ytd": [() => Engine.load("region,year,month\n甲区,2023,2\n", undefined), "missing_column"],
  "month 13": [() => Engine.load(PANEL.replace(",2,", ",13,"), undefined), "unknown_month"],
  "text in a number": [() => Engine.load(PANEL.replace(",10\n", ",ten\n"), undefined), "not_a_number"],
  "a repeated cell": [() => Engine.load(`${PANEL}甲区,2023,2,11\n`, undefined), "repeated_cell"],
  "an unclosed quote": [() => Engine.load(`${PANEL}"甲区,2023,3,11\n`, undefined), "empty_cell"],
  "a plan that is no TOML": [() => Engine.load(PANEL, "year = = 2023"), "plan_syntax"],
  "a plan without a year": [() => Engine.load(PANEL, "title = 'x'"), "plan_missing_key"],
  "a target for a region that does not exist": [
    () => Engine.load(PANEL, "year = 2023\n[[target]]\nregion = '乙区'\nledger = 'fai'\nkind = 'growth'\nvalue = 10.0\n"), "unknown_region"],
};

for (const [name, [ask, code]] of Object.entries(REFUSED)) {
  test(`refused: ${name}`, () => {
    let thrown;
    try {
      ask();
    } catch (error) {
      thrown = error;
    }
    assert.ok(thrown instanceof Error, "it was answered");
    assert.ok(!(thrown instanceof WebAssembly.RuntimeError), `it trapped: ${thrown.message}`);
    assert.match(thrown.message, /^[a-z][a-z0-9_]*: \S/);
    assert.equal(thrown.message.split(":")[0], code, thrown.message);
  });
}

test("after all that the engine still answers", () => {
  assert.ok(engine.outlook(options).units.some((unit) => unit.probability !== null));
});

/** The answer, or null where it was refused in the engine's way. */
function answered(ask) {
  try {
    return ask();
  } catch (error) {
    assert.ok(!(error instanceof WebAssembly.RuntimeError), `it trapped: ${error.message}`);
    assert.match(error.message, /^[a-z][a-z0-9_]*: \S/);
    return null;
  }
}

test("odd files are answered or refused, and never trap", () => {
  const head = "region,year,month,ytd\n";
  const odd = {
    "a byte order mark": [`\uFEFF${PANEL}`, true],
    "Windows line ends": [PANEL.replaceAll("\n", "\r\n"), true],
    "growth only": ["region,year,month,ytd,growth\n甲区,2023,2,,5.0\n甲区,2023,3,,6.0\n", true],
    "one month": [`${head}甲区,2023,2,10\n`, true],
    "zeros": [`${head}甲区,2022,12,0\n甲区,2023,2,0\n甲区,2023,3,0\n`, true],
    "below zero": [`${head}甲区,2023,2,-3\n`, false],
    "far too large": [`${head}甲区,2022,12,1e308\n甲区,2023,3,1e308\n`, false],
    "markup in a name": [`${head}"<script>&",2022,12,100\n"<script>&",2023,3,20\n`, true],
  };
  for (const [name, [text, valid]] of Object.entries(odd)) {
    const loaded = answered(() => Engine.load(text, undefined));
    assert.ok(loaded || !valid, name);
    const report = loaded && answered(() => loaded.outlook(options));
    assert.ok(report || !valid, name);
    for (const unit of report?.units ?? []) {
      const chart = answered(() => loaded.fan(unit.region, unit.ledger, look));
      assert.ok(!chart || !/<script|NaN|inf/.test(chart.svg), name);
      answered(() => loaded.draws(unit.region, unit.ledger, options));
    }
    loaded?.diagnostics("zh");
  }
});

test("speed, printed only", (t) => {
  const time = (what) => {
    const start = performance.now();
    what();
    return performance.now() - start;
  };
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(1);
  const runs = Array.from({ length: 9 }, (_, run) => run);
  const opened = runs.map(() => time(() => sample("wuzhong-2023")));
  // Another seed each time, so that no answer is a kept one.
  const asked = runs.map((run) => time(() => engine.outlook({ ...options, seed: 100 + run })));
  const drawn = runs.map((run) => time(() => engine.fan("利通区", "fai", { ...look, seed: 100 + run })));
  const again = runs.map((run) => time(() => engine.fan("利通区", "fai", { ...look, seed: 108, width: 500 + run })));
  t.diagnostic(
    `open ${median(opened)} ms, outlook ${median(asked)} ms, fan ${median(drawn)} ms, fan of a kept answer ${median(again)} ms`,
  );
  assert.ok(asked.length > 0);
});

const asked = { ...options, draws: 16384, levers: [] };
const chart = { region: "吴忠市", theme: "light", width: 600, height: 400 };

/** Levers that are refused, whatever the page sends. */
const LEVERS = {
  "an unknown lever": [[{ id: "warp", value: 1 }], "unknown_lever"],
  "a lever beyond what is possible": [[{ id: "pace", value: 9 }], "lever_out_of_range"],
  "a lever that is no number": [[{ id: "pace", value: NaN }], "lever_out_of_range"],
  "a lever in an unknown region": [[{ id: "pace", value: 1.1, region: "朝阳区" }], "unknown_region"],
  "a lever that cannot be narrowed like that": [[{ id: "pace", value: 1.1, sector: "power" }], "lever_scope"],
};

for (const [name, [levers, code]] of Object.entries(LEVERS)) {
  test(`refused under a scenario: ${name}`, () => {
    for (const wanted of [undefined, chart]) {
      assert.throws(() => engine.what_if("fai", wanted, { ...asked, levers }), (error) => {
        assert.ok(!(error instanceof WebAssembly.RuntimeError), `it trapped: ${error.message}`);
        assert.equal(error.message.split(":")[0], code, error.message);
        return true;
      });
    }
  });
}

test("with no lever set a scenario is the outlook, chart and all", () => {
  const { outlook, changes, fan } = engine.what_if("fai", chart, asked);
  const units = engine.outlook(options).units.filter((unit) => unit.ledger === "fai");
  assert.deepEqual(outlook.units, units);
  assert.ok(changes.every((change) => !change.any));
  assert.deepEqual(fan.months, engine.fan("吴忠市", "fai", look).months);
});
