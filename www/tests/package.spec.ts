// The package as others use it: plain files on any server, no bundler.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const folder = new URL("../../packages/engine/", import.meta.url);
const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  json: "application/json",
  wasm: "application/wasm",
};

let server: Server;
let base = "";

test.beforeAll(async () => {
  server = createServer((ask, answer) => {
    const path = new URL(ask.url ?? "/", "http://x").pathname.slice(1);
    readFile(fileURLToPath(new URL(path, folder))).then(
      (bytes) => answer.writeHead(200, { "content-type": TYPES[path.split(".").pop() ?? ""] ?? "text/plain" }).end(bytes),
      () => answer.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => server.close());

test("the example draws its charts, lays them out again, and says what is wrong", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${base}example/index.html`);
  const charts = page.locator("landfall-chart svg");
  await expect(charts).toHaveCount(2);
  await expect(charts.first()).toHaveAttribute("role", "img");
  await expect(page.locator("landfall-chart text", { hasText: "吴忠市" }).first()).toBeVisible();
  const wide = await charts.first().getAttribute("width");
  await page.setViewportSize({ width: 420, height: 800 });
  await expect.poll(async () => Number(await charts.first().getAttribute("width"))).toBeLessThan(Number(wide));
  await page.evaluate(() => {
    const chart = document.querySelectorAll("landfall-chart")[1];
    chart?.setAttribute("spec", '{"kind": "pie"}');
  });
  await expect(page.getByRole("alert")).toContainText("unknown variant `pie`");
  expect(errors).toEqual([]);
});
