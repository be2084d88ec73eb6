import type { Chart } from "./wasm/landfall.js";

export type * from "./wasm/landfall.js";

/** What the module may be loaded from. */
export type Source = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the module: from beside this package's files, or from what is given. Called again it does nothing more.
 * A page opened from disk cannot fetch, so there give the bytes.
 */
export function load(source?: Source): Promise<unknown>;

/**
 * Draws a chart as SVG text, the same bytes as `landfall chart` draws from the same data.
 * Rejects with an Error whose message begins with the stable code `bad_spec` and says what is wrong and what is
 * allowed.
 */
export function svg(chart: Chart): Promise<string>;

/** The finding of a chart: its title, and its name for those who do not see it. */
export function finding(chart: Chart): Promise<string>;
