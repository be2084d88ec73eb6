// Charts from data, in a browser, in Node or in a worker. The module is loaded once, by whoever asks first.
import init, { draw, title } from "./wasm/landfall.js";

let loading;

/** Loads the module: from beside this file, or from what is given (an address, a Response, bytes, a compiled module). */
export function load(source) {
  loading ??= init(source === undefined ? undefined : { module_or_path: source }).catch((error) => {
    // Who tries again gets another try.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Draws a chart as SVG. */
export async function svg(chart) {
  await load();
  return draw(chart);
}

/** The finding of a chart. */
export async function finding(chart) {
  await load();
  return title(chart);
}
