// A scenario's file comes back as it was: name, year and seed; one of another year is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "./engine.mjs";

const text = 'name = "Faster"\nyear = 2023\nseed = 7\n\n[[lever]]\nid = "pace"\nvalue = 1.1\nregion = "Litong District"\n';

test("a file keeps its seed on the way through the page, and its regions get the data's names", () => {
  const engine = sample("wuzhong-2023");
  const file = engine.read_scenario(text, "en");
  assert.deepEqual([file.name, file.year, file.seed], ["Faster", 2023, 7]);
  assert.equal(file.levers[0].region, "利通区");
  const written = engine.write_scenario({ lang: "en", draws: 1000, ...file });
  assert.match(written, /\nseed = 7\n/);
  assert.deepEqual(engine.read_scenario(written, "en"), file);
  const without = engine.read_scenario(text.replace("seed = 7\n", ""), "en");
  assert.equal(without.seed, null);
});

test("a scenario of another year is refused when it is read and when it is run", () => {
  const engine = sample("wuzhong-2023");
  assert.throws(() => engine.read_scenario(text.replace("2023", "2024"), "en"), /^Error: scenario_of_other_year: .*2024.*2023/);
  const options = { lang: "en", draws: 1000, levers: [{ id: "pace", value: 1.1 }] };
  assert.throws(() => engine.scenario({ ...options, year: 2024 }), /^Error: scenario_of_other_year: /);
  assert.equal(engine.scenario({ ...options, year: 2023 }).units.length, engine.scenario(options).units.length);
  // As of a month of another year, that year is the one to write for.
  engine.scenario({ ...options, as_of: "2022-09", levers: [] });
  assert.equal(engine.read_scenario(text.replace("2023", "2022"), "en").year, 2022);
});
