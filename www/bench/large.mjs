// How long the page's module takes for a panel, loading included: node bench/large.mjs PANEL.csv YYYY-MM
import { readFileSync } from "node:fs";
import { Engine, initSync } from "../src/engine/pkg/landfall.js";

const [file, asOf] = process.argv.slice(2);
const module = initSync({ module: readFileSync(new URL("../src/engine/pkg/landfall_bg.wasm", import.meta.url)) });
const text = readFileSync(file, "utf8");
const start = performance.now();
const engine = Engine.load(text, undefined);
engine.outlook({ lang: "en", as_of: asOf });
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, megabytes: module.memory.buffer.byteLength / 1e6 }));
