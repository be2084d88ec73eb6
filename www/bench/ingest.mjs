// How long a dropped file takes to its preview: node bench/ingest.mjs URL FILE…, with LANDFALL_CHROMIUM set.
// Prints {"ms": [[first, again], …]} by file: from the choice of the file to the frame that shows what was read, first with the
// reader's module to be loaded, on a page that has come to rest, then with a module that the browser has seen (the median of three).
import { chromium } from "playwright-core";

const [url, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: node bench/ingest.mjs URL FILE…");
  process.exit(2);
}

// Timed inside the page, on the page's own clock, so that the driver's delay does not count.
function watch() {
  addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "file") return;
    const start = performance.now();
    globalThis.took = undefined;
    const seen = () => {
      if (!document.querySelector('.own-body[aria-busy="false"]')) return requestAnimationFrame(seen);
      requestAnimationFrame(() => (globalThis.took = performance.now() - start));
    };
    requestAnimationFrame(seen);
  }, { capture: true });
}

const browser = await chromium.launch({ executablePath: process.env.LANDFALL_CHROMIUM });
try {
  const all = [];
  for (const file of files) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(url);
    await page.locator('[data-ready="fan"] svg').waitFor();
    await page.locator('[data-ready="levers"]').waitFor();
    await page.waitForTimeout(500);
    const once = async () => {
      await page.locator(".own-load").click();
      await page.locator('dialog input[type="file"]').setInputFiles(file);
      const took = await page.waitForFunction(() => globalThis.took, null, { timeout: 120_000 });
      await page.keyboard.press("Escape");
      return took.jsonValue();
    };
    const first = await once();
    const again = [await once(), await once(), await once()].sort((a, b) => a - b);
    all.push([first, again[1]]);
    await context.close();
  }
  console.log(JSON.stringify({ ms: all }));
} finally {
  await browser.close();
}
