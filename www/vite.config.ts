import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { early } from "./build/early.ts";
import { lean } from "./build/lean.ts";
import { offline } from "./build/offline.ts";
import { small } from "./build/small.ts";
import { still } from "./build/still.ts";

// The oldest browsers: rustc's wasm target uses reference types.
export const target = ["chrome96", "firefox100"];

export default defineConfig({
  // Relative, so that the built page can live in any folder.
  base: "./",
  plugins: [lean(), svelte(), still(), early(), small(), offline()],
  build: {
    target,
    cssTarget: ["chrome96", "firefox100"],
    // The content policy allows no data: connection, so the engine is always a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // Classic scripts: module workers came to Firefox with 114.
  worker: { format: "iife", plugins: () => [lean()] },
  server: { host: "127.0.0.1", port: 4173 },
  preview: { host: "127.0.0.1", port: 4173 },
});
