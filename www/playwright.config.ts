import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { defineConfig } from "@playwright/test";

const PORT = 4178;

/** The browser of the machine: Playwright's own is not downloaded. */
function chromium(): string {
  const named = process.env["LANDFALL_CHROMIUM"];
  if (named) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const name of ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found) return found;
  }
  throw new Error("no Chromium found: install the package chromium, or name its path in LANDFALL_CHROMIUM");
}

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results/run",
  // Two files of tests at a time: a page mostly waits for its worker, or for the test.
  workers: 2,
  timeout: 30_000,
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    browserName: "chromium",
    viewport: { width: 1366, height: 768 },
    locale: "zh-CN",
    // What is kept for later would answer in place of the server; its own test lets it.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: chromium(),
      // As root and behind a closed network: no sandbox, and no connections of the browser's own.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: `http://127.0.0.1:${PORT}/`,
    reuseExistingServer: false,
  },
});
