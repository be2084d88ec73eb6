// The page without a server: kept after one visit, and replaced by a newer one when the planner says so.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { test, type Page } from "@playwright/test";
import { dialog, drop } from "./dropped.ts";
import { expect, ready } from "./fixture.ts";

test.use({ serviceWorkers: "allow" });

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** Serves a folder until it is closed. */
function serve(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    // As a line that has gone dead does.
    if (path === "/unanswered") return;
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const bytes = readFileSync(file);
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Makes the page in a folder a newer one. */
function renew(folder: string): void {
  const changed = (name: string, from: string | RegExp, to: string): void => {
    const path = join(folder, name);
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  };
  changed("index.html", "<head>", '<head><meta name="generation" content="2">');
  changed("sw.js", /VERSION="[0-9a-f]{16}"/, 'VERSION="0000000000000002"');
}

/** A built page of one's own, on a server that can be stopped and started again. */
async function own(use: (it: { folder: string; port: number; servers: Server[] }) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-page-"));
  cpSync("dist", folder, { recursive: true });
  const servers = [await serve(folder, 0)];
  try {
    await use({ folder, port: (servers[0]!.address() as AddressInfo).port, servers });
  } finally {
    await Promise.all(servers.map(stop));
    rmSync(folder, { recursive: true });
  }
}

/** Opens the page for the first time, until it is kept. */
async function visit(page: Page, port: number): Promise<void> {
  await page.goto(`http://127.0.0.1:${port}/`);
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

/** Asks for the newer page, which comes when the browser has changed workers. */
async function useNewer(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "现在换用" }).click()]);
  await expect(page.locator('meta[name="generation"]')).toHaveCount(1);
}

const caches = (page: Page): Promise<string[]> => page.evaluate(() => window.caches.keys());

test("after one visit the page opens, writes a bulletin, reads a file and answers without a server; a newer page waits until it is wanted", async ({ page }) => {
  test.setTimeout(90_000);
  await own(async ({ folder, port, servers }) => {
    await visit(page, port);
    const before = await caches(page);
    expect(before).toHaveLength(1);

    await stop(servers.pop()!);
    await page.reload();
    await ready(page);
    await expect(page.locator('[data-ready="levers"]')).toBeVisible();
    await page.getByRole("button", { name: "导出", exact: true }).click();
    await dialog(page).getByRole("button", { name: "月通报" }).click();
    const [bulletin] = await Promise.all([page.waitForEvent("download"), dialog(page).locator('[data-form="md"]').click()]);
    expect(bulletin.suggestedFilename()).toBe("月通报-2023-07.md");
    await page.keyboard.press("Escape");
    await drop(page, "../tests/ugly/gb18030-tab.tsv");
    await expect(dialog(page).locator('[data-code="encoding_guessed"]')).toBeVisible();
    await page.keyboard.press("Escape");

    renew(folder);
    servers.push(await serve(folder, port));
    await page.reload();
    await ready(page);
    const newer = page.getByText("本页有新版本。");
    await expect(newer).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('meta[name="generation"]')).toHaveCount(0);
    // What the page still waits for does not hold the newer one up.
    await page.evaluate(() => void fetch("./unanswered").catch(() => undefined));
    await useNewer(page);
    await ready(page);
    expect(await caches(page)).toEqual(["landfall-0000000000000002"]);
    await expect(newer).toHaveCount(0);
  });
});

test("a tab of the very first visit is replaced as well", async ({ page }) => {
  test.setTimeout(90_000);
  await own(async ({ folder, port }) => {
    await visit(page, port);
    renew(folder);
    // As the browser does by itself once a day.
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await expect(page.getByText("本页有新版本。")).toBeVisible({ timeout: 20_000 });
    await useNewer(page);
    await ready(page);
  });
});

test("the page can be installed: its manifest names icons of the sizes that browsers ask for, and they are there", async ({ page, request }) => {
  await page.goto("./");
  const link = await page.locator('link[rel="manifest"]').getAttribute("href");
  const told = await request.get(link ?? "");
  const manifest = (await told.json()) as { icons: { src: string; sizes: string; type: string }[]; start_url: string; display: string };
  expect(manifest.display).toBe("standalone");
  for (const size of ["192x192", "512x512"]) {
    const icon = manifest.icons.find((one) => one.sizes === size);
    const bytes = await (await request.get(icon?.src ?? "none")).body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(size);
  }
});
