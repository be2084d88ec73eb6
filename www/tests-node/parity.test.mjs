// The numbers executed inside the built wasm, held to what the native engine answers to the same questions:
// LANDFALL_PARITY names the file that `cargo run --example parity -- OUT.json` wrote. `cargo xtask test` does both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sample } from "./engine.mjs";

const TOLERANCE = 1e-9;

const path = process.env.LANDFALL_PARITY;
if (!path) throw new Error("LANDFALL_PARITY is not set: cargo run --example parity -- OUT.json writes the file it names");
const answers = JSON.parse(readFileSync(path, "utf8"));

/** What was compared, so that a test which compares nothing does not pass. */
const seen = { numbers: 0, worst: 0, charts: 0, scenarios: 0 };

function sameNumber(got, want, where) {
  seen.numbers += 1;
  const off = Math.abs(got - want) / Math.max(Math.abs(want), Number.MIN_VALUE);
  if (got !== want) {
    seen.worst = Math.max(seen.worst, off);
    assert.ok(off <= TOLERANCE, `${where}: ${got} in wasm, ${want} native`);
  }
}

/** Same keys, same texts, numbers within the tolerance. */
function same(got, want, where) {
  if (typeof want === "number") {
    assert.equal(typeof got, "number", where);
    sameNumber(got, want, where);
  } else if (want !== null && typeof want === "object") {
    assert.ok(got !== null && typeof got === "object", where);
    assert.deepEqual(Object.keys(got).sort(), Object.keys(want).sort(), where);
    for (const key of Object.keys(want)) same(got[key], want[key], `${where}.${key}`);
  } else {
    assert.equal(got, want, where);
  }
}

for (const { sample: name, as_of, seed: number, lang, report, draws, fans, scenarios } of answers) {
  test(`${name}, ${as_of}, seed ${number}: wasm gives what native gives`, () => {
    const engine = sample(name);
    const options = { as_of, seed: number, lang };
    const before = { ...seen };
    same(engine.outlook(options), report, "report");
    assert.ok(seen.numbers > before.numbers + 10 * report.units.length, "the report holds numbers");
    assert.ok(draws.length > 0);
    for (const { region, ledger, values } of draws) {
      const got = engine.draws(region, ledger, options);
      assert.ok(got instanceof Float64Array);
      same([...got], values, `draws of ${region}, ${ledger}`);
    }
    assert.equal(fans.length, report.units.length);
    for (const { region, ledger, theme, width, height, months, ...want } of fans) {
      const { months: rows, scale, ...got } = engine.fan(region, ledger, { ...options, theme, width, height });
      assert.ok(Object.values(scale).every(Number.isFinite) && scale.left < scale.right && scale.top < scale.bottom);
      assert.ok(want.svg.startsWith("<svg"));
      // To the byte: for the same numbers the drawing is the same text.
      assert.deepEqual(got, want, `chart of ${region}, ${ledger}`);
      same(rows, months, `months of ${region}, ${ledger}`);
      seen.charts += 1;
    }
    for (const asked of scenarios) {
      const file = engine.read_scenario(asked.text, lang);
      const told = { ...options, draws: asked.draws, name: file.name, levers: file.levers };
      // A file written and read again is the same scenario, with the seed that was asked with.
      assert.deepEqual(engine.read_scenario(engine.write_scenario(told), lang), { ...file, seed: told.seed });
      same(engine.levers(told), asked.levers, "levers");
      const shares = asked.report.units.map((unit) => unit.by_lever);
      same(engine.scenario(told), { ...asked.report, units: asked.report.units.map((unit) => ({ ...unit, by_lever: [] })) }, "scenario");
      engine.attribute(told);
      for (let done = 0; done < 1; ) {
        const next = engine.attribute_step(3);
        assert.ok(next > done, "it gets on");
        done = next;
      }
      same(engine.attributed(lang).units.map((unit) => unit.by_lever), shares, "shares");
      same(engine.seek({ id: "pace", value: 1 }, asked.region, "fai", 0.8, told), asked.seek, "seek");
      same(engine.tornado(asked.region, "fai", told), asked.tornado, "tornado");
      engine.least(undefined, 0.6, {}, told);
      while (engine.least_step() < 1);
      same(engine.least_found(lang), asked.least, "least");
      seen.scenarios += 1;
    }
    engine.free();
  });
}

test("the same question gives the same answer, whatever was asked between", () => {
  const engine = sample("wuzhong-2023");
  const first = engine.outlook({ lang: "zh" });
  engine.outlook({ lang: "zh", as_of: "2023-02" });
  engine.fan("利通区", "fai", { lang: "en", theme: "light", width: 600, height: 400 });
  assert.deepEqual(engine.outlook({ lang: "zh" }), first);
  assert.notDeepEqual(engine.outlook({ lang: "zh", seed: 2 }), first);
});

test("as many numbers were compared as there are", (t) => {
  t.diagnostic(`${seen.numbers} numbers and ${seen.charts} charts compared, largest relative difference ${seen.worst}`);
  assert.ok(seen.numbers > 100_000 && seen.charts > 50, `${seen.numbers} numbers, ${seen.charts} charts`);
  assert.ok(seen.scenarios >= 4, `${seen.scenarios} scenarios`);
});
