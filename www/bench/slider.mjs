// What a slider's move costs in Chromium: node bench/slider.mjs [FOLDER DRAWS], with LANDFALL_CHROMIUM set and the modules
// built: on the sample, or on the case of a folder. The module runs in a worker, as on the page; a move is timed on the page,
// from the message with the levers to the numbers. One line of JSON, milliseconds.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [folder, draws = "10000"] = process.argv.slice(2);
/** A country's moves take longer, and differ less. */
const [MOVES, WARM_UP] = folder ? [60, 10] : [300, 30];
const engine = (name) => readFileSync(new URL(`../src/engine/what-if/${name}`, import.meta.url));
const seed = (name) => readFileSync(folder ? join(folder, name) : new URL(`../../seeds/wuzhong-2023/${name}`, import.meta.url));

const WORKER = `
import init, { Engine } from "./landfall.js";
const text = async (name) => (await fetch(name)).text();
await init();
const engine = Engine.load(await text("panel.csv"), await text("plan.toml"));
engine.add_projects(await text("pipeline.csv"));
const options = { lang: "en", draws: ${Number(draws)} };
const ask = {
  levers: () => engine.levers({ ...options, levers: [] }),
  move: (levers) => engine.scenario({ ...options, levers }),
  least: () => {
    engine.least(undefined, 0.5, {}, { ...options, levers: [] });
    while (engine.least_step() < 1);
    return engine.least_found("en");
  },
};
onmessage = ({ data }) => postMessage(ask[data.ask](data.levers));
postMessage("ready");
`;

const FILES = {
  "": ["text/html", "<!doctype html><title>Landfall</title>"],
  "worker.js": ["text/javascript", WORKER],
  "landfall.js": ["text/javascript", engine("landfall.js")],
  "landfall_bg.wasm": ["application/wasm", engine("landfall_bg.wasm")],
  "panel.csv": ["text/csv", seed("panel.csv")],
  "plan.toml": ["text/plain", seed("plan.toml")],
  "pipeline.csv": ["text/csv", seed("pipeline.csv")],
};
// With these a page's clock ticks in 5 µs, else in 100.
const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** In the page. */
async function measure({ moves, warmUp, least: asksLeast }) {
  const worker = new Worker("worker.js", { type: "module" });
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  const ask = (message) => {
    const answered = answer();
    worker.postMessage(message);
    return answered;
  };
  const timed = async (message) => {
    const start = performance.now();
    const answered = await ask(message);
    return [performance.now() - start, answered];
  };
  await answer();
  const at = (lever, part) => ({
    id: lever.id,
    value: lever.hist_min + part * (lever.hist_max - lever.hist_min),
    ...(lever.id === "sector_shock" ? { sector: "real_estate" } : {}),
  });
  const [prepared, levers] = await timed({ ask: "levers" });
  const took = [];
  let units = 0;
  for (let move = -warmUp; move < moves; move += 1) {
    // Every move is another value, as under a finger.
    const part = 0.6 + 0.3 * ((((move * 37) % 100) + 100) % 100) / 100;
    const [time, told] = await timed({ ask: "move", levers: levers.map((lever) => at(lever, part)) });
    if (!told.units.some((unit) => unit.effect.probability)) throw new Error("a move moved nothing");
    units = told.units.length;
    if (move >= 0) took.push(time);
  }
  let least = null;
  if (asksLeast) {
    const [took, found] = await timed({ ask: "least" });
    if (!found.proven) throw new Error("the least is not proven");
    least = took;
  }
  took.sort((a, b) => a - b);
  const quantile = (p) => took[Math.floor(p * took.length)];
  return { slider_ms: quantile(0.5), slider_p95_ms: quantile(0.95), least_ms: least, prepared_ms: prepared, levers: levers.length, units };
}

const server = createServer((request, response) => {
  const file = FILES[request.url.slice(1)];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": file[0], ...ISOLATED }).end(file[1]);
});
await new Promise((resolve) => server.listen(0, "localhost", resolve));
const browser = await chromium.launch({ executablePath: process.env.LANDFALL_CHROMIUM });
try {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.address().port}/`);
  console.log(JSON.stringify(await page.evaluate(measure, { moves: MOVES, warmUp: WARM_UP, least: !folder })));
} finally {
  await browser.close();
  server.close();
}
