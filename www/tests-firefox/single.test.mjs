// The page in one file, opened from disk in Firefox: the planner's first minute, and nothing asked of anybody.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "puppeteer-core";

const FILE = pathToFileURL(resolve("../dist/landfall.html")).href;
let browser;

before(async () => {
  browser = await launch({ browser: "firefox", headless: true, executablePath: process.env.LANDFALL_FIREFOX ?? "firefox-esr" });
});
after(() => browser?.close());

test("from disk in Firefox: verdict, a lever, a CSV in GB18030, no request", { timeout: 120_000 }, async () => {
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  await page.setViewport({ width: 1366, height: 768 });
  await page.goto(`${FILE}?lang=zh`);
  await page.waitForSelector('[data-ready="table"]', { timeout: 30_000 });
  await page.waitForSelector('[data-ready="fan"] svg');
  const verdict = await page.$eval(".verdict h1", (h1) => h1.innerText);
  assert.match(verdict, /个地区/);

  await page.waitForSelector('[data-ready="levers"]', { timeout: 30_000 });
  await page.focus('[data-lever="pace"] input[type="range"]');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press("ArrowRight");
  await page.waitForSelector(".support .moved");
  assert.match(await page.$eval(".support .moved", (p) => p.innerText), /比照常高/);

  const bytes = [...readFileSync("../tests/ugly/gb18030-tab.tsv")];
  await page.evaluate((dropped) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(dropped)], "gb18030.csv"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, bytes);
  await page.waitForSelector('dialog [data-code="encoding_guessed"]', { timeout: 30_000 });
  assert.match(await page.$eval("dialog", (d) => d.innerText), /盐池县/);

  assert.deepEqual(wrong, []);
  // Firefox tells nobody of requests from disk, so the page says itself what it loaded, and is asked to load something.
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  assert.deepEqual(loaded.filter((name) => !/^(data|blob):/.test(name)), []);
  let heard = 0;
  const server = createServer((_, response) => {
    heard += 1;
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("{}");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const fetched = await page.evaluate((url) => fetch(url).then(() => "done", () => "refused"), `http://127.0.0.1:${server.address().port}/`);
  await new Promise((done) => server.close(done));
  assert.deepEqual({ fetched, heard }, { fetched: "refused", heard: 0 });
});
