// What wasm-bindgen writes into each module's JavaScript and the page, which has it five times, can do without.
import type { Plugin } from "vite";

export const lean = (): Plugin => ({
  name: "landfall-lean",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/landfall.js")) return null;
    // How a value looks that the engine cannot read: told in one word, since the page never hands over such a one.
    const long = /function debugString\(val\) \{[\s\S]*?\n\}\n/;
    if (!long.test(code)) throw new Error(`${id} does not describe values by debugString any more`);
    return { code: code.replace(long, "function debugString(val) {\n    return String(val);\n}\n"), map: null };
  },
});
