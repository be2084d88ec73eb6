// The built reader, as the page loads it when a file is dropped, started in Node.
import { readFileSync } from "node:fs";
import { initSync, read, read_toml, spreadsheet_csv } from "../src/ingest/pkg/landfall.js";

initSync({ module: readFileSync(new URL("../src/ingest/pkg/landfall_bg.wasm", import.meta.url)) });

export { read_toml, spreadsheet_csv };

/** Reads a file of the repository; `stages` collects how far it was. */
export function readFile(path, options = {}, stages = []) {
  const bytes = readFileSync(new URL(`../../${path}`, import.meta.url));
  return read(new Uint8Array(bytes), { name: path.split("/").at(-1), today: "2023-09", ...options }, (stage) => stages.push(stage));
}

export function readText(name, text, options = {}) {
  return read(new TextEncoder().encode(text), { name, today: "2023-09", ...options }, () => undefined);
}

export const seed = (path) => readFileSync(new URL(`../../seeds/${path}`, import.meta.url), "utf8");
