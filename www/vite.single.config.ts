// The page as one classic script and one style sheet, for `build/assemble.mjs` to put into one HTML file.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { lean } from "./build/lean.ts";
import { still } from "./build/still.ts";
import { target } from "./vite.config.ts";

/** A module is handed its bytes: no address of it may be left, or the build would take it along. */
const withoutAddress = (): Plugin => ({
  name: "landfall-without-address",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/landfall.js")) return null;
    const own = /new URL\(['"]landfall_bg\.wasm['"], import\.meta\.url\)/;
    if (!own.test(code)) throw new Error(`${id} does not ask for landfall_bg.wasm beside it any more`);
    return { code: code.replace(own, "undefined"), map: null };
  },
});

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [lean(), withoutAddress(), svelte(), still()],
  resolve: { alias: [{ find: /^(.*\/door\/(?:files|workers))\.ts$/, replacement: "$1.single.ts" }, { find: /^\.\/files\.ts$/, replacement: "./files.single.ts" }] },
  worker: { format: "iife", plugins: () => [lean(), withoutAddress()] },
  build: {
    target,
    cssTarget: ["chrome96", "firefox100"],
    outDir: "dist-single",
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/main.ts",
      // A classic script has none; what Vite would ask it for is not used where nothing is split off.
      transform: { define: { "import.meta": "{}" } },
      output: { format: "iife", codeSplitting: false, entryFileNames: "page.js", assetFileNames: "page[extname]" },
    },
  },
});
