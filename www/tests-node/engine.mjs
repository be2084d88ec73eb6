// The built module with all doors, as the page loads it for scenarios, started in Node.
import { existsSync, readFileSync } from "node:fs";
import { Engine, initSync } from "../src/engine/what-if/landfall.js";

initSync({ module: readFileSync(new URL("../src/engine/what-if/landfall_bg.wasm", import.meta.url)) });

export { Engine };

export const seed = (path) => readFileSync(new URL(`../../seeds/${path}`, import.meta.url), "utf8");

/** A sample with its projects, as the page opens it. */
export const sample = (name) => {
  const engine = Engine.load(seed(`${name}/panel.csv`), seed(`${name}/plan.toml`));
  if (existsSync(new URL(`../../seeds/${name}/pipeline.csv`, import.meta.url))) engine.add_projects(seed(`${name}/pipeline.csv`));
  return engine;
};
