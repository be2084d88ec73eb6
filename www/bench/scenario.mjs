// What a slider's move costs inside the built module, in Node (the engine of Chromium), and the same small model in Squiggle
// where that is installed: node bench/scenario.mjs [FOLDER OF node_modules]. One line of JSON, medians in milliseconds.
import { createRequire } from "node:module";
import { sample } from "../tests-node/engine.mjs";

const median = (values, at = 0.5) => [...values].sort((a, b) => a - b)[Math.floor(values.length * at)];

function times(runs, once) {
  const took = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    once();
    took.push(performance.now() - start);
  }
  return took;
}

const engine = sample("wuzhong-2023");
const options = { lang: "en", draws: 10_000, levers: [] };
const levers = engine.levers(options).map((lever) => ({
  id: lever.id,
  value: 0.25 * lever.hist_min + 0.75 * lever.hist_max,
  ...(lever.id === "sector_shock" ? { sector: "real_estate" } : {}),
}));
const prepared = times(1, () => engine.scenario(options))[0];
times(20, () => engine.scenario({ ...options, levers }));
const slider = times(200, () => engine.scenario({ ...options, levers }));
const least = times(5, () => {
  engine.least(undefined, 0.5, {}, options);
  while (engine.least_step() < 1);
  if (!engine.least_found("en").proven) throw new Error("the least is not proven");
});
const told = { slider_ms: median(slider), slider_p95_ms: median(slider, 0.95), prepared_ms: prepared, least_ms: median(least) };

const folder = process.argv[2];
if (folder) {
  const { run } = await import(createRequire(`${folder}/package.json`).resolve("@quri/squiggle-lang"));
  const months = Array.from({ length: 10 }, (_, m) => `m${m} = normal(6, 1.5) -> SampleSet.fromDist`);
  const names = months.map((_, m) => `m${m}`);
  const code = `${months.join("\n")}\ntotal = 60 + ${names.join(" + ")}\n1 - cdf(total, 122)`;
  const environment = { sampleCount: 100_000, xyPointLength: 1000 };
  const values = [];
  const took = [];
  for (let n = 0; n < 7; n += 1) {
    const start = performance.now();
    const { result } = await run(code, { environment: { ...environment, seed: `${n}` } });
    took.push(performance.now() - start);
    if (!result.ok) throw new Error(result.value.toString());
    values.push(result.value.result.value);
  }
  told.squiggle_ms = median(took);
  told.squiggle_error = Math.sqrt(values.reduce((sum, p) => sum + (p - 0.3366449898299979) ** 2, 0) / values.length);
}
console.log(JSON.stringify(told));
