// What wasm-bindgen writes into each module's JavaScript and the page, which has it five times, can do without.
import type { Plugin } from "vite";

/** How a value looks that the engine cannot read, which the page never hands over; advice to whoever sets a server up. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/function debugString\(val\) \{[\s\S]*?\n\}\n/, "function debugString(val) {\n    return String(val);\n}\n"],
  [/console\.warn\("`WebAssembly\.instantiateStreaming` failed[^"]*", e\)/, "console.warn(e)"],
  // Older than the oldest browser that the page runs in.
  [/if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}\n/, ""],
  [/console\.warn\('using deprecated parameters for the initialization[^']*'\)/, "void 0"],
];

/** A method as it stands in a class: no bundler takes one out. */
const method = (name: string): RegExp => new RegExp(`\\n    ${name}\\([^)]*\\) \\{\\n[\\s\\S]*?\\n    \\}(?=\\n)`);
/** What only others than the page ask of an engine, and a browser older than its oldest. */
const UNASKED: readonly RegExp[] = [...["draws", "static load"].map(method), /\(typeof FinalizationRegistry === 'undefined'\)\s+\? \{.*\}\s+: /];
/** The same of the module of scenarios, whose outlook the other one tells. */
const UNASKED_OF_SCENARIOS: readonly RegExp[] = ["outlook", "begin", "step", "as_ofs", "diagnostics", "fan", "scenario"].map(method);

export const lean = (): Plugin => ({
  name: "landfall-lean",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/landfall.js")) return null;
    let out = code;
    const unasked = /class Engine\b/.test(code) ? [...UNASKED, ...(id.includes("/what-if/") ? UNASKED_OF_SCENARIOS : [])].map((found) => [found, ""] as const) : [];
    for (const [long, short] of [...SHORT, ...unasked]) {
      if (!long.test(out)) throw new Error(`${id} has nothing like ${long} any more`);
      out = out.replace(long, short);
    }
    return { code: out, map: null };
  },
});
