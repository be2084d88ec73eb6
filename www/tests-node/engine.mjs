// The built module, as the page loads it, started in Node.
import { existsSync, readFileSync } from "node:fs";
import { Engine, initSync } from "../src/engine/pkg/landfall.js";

initSync({ module: readFileSync(new URL("../src/engine/pkg/landfall_bg.wasm", import.meta.url)) });

export { Engine };

export const seed = (path) => readFileSync(new URL(`../../seeds/${path}`, import.meta.url), "utf8");

/** A sample as the page opens it. */
export const sample = (name) => {
  const projects = existsSync(new URL(`../../seeds/${name}/pipeline.csv`, import.meta.url));
  return Engine.load(seed(`${name}/panel.csv`), seed(`${name}/plan.toml`), projects ? seed(`${name}/pipeline.csv`) : undefined);
};
