import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// Chrome 96 is the oldest browser: rustc's wasm target uses reference types.
const target = ["chrome96", "es2020"];

export default defineConfig({
  // Relative, so that the built page can live in any folder.
  base: "./",
  plugins: [svelte()],
  build: {
    target,
    cssTarget: "chrome96",
    // The content policy allows no data: connection, so the engine is always a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
  server: { host: "127.0.0.1", port: 4173 },
  preview: { host: "127.0.0.1", port: 4173 },
});
