// How long a first visit waits for the first picture and the first chart: node bench/cold.mjs URL, with LANDFALL_CHROMIUM set.
// Prints {"first_picture_ms": n, "first_chart_ms": n}: medians over visits, each with an empty cache, from navigation to the
// first paint (verdict and table as built) and to the chart's frame.
import { chromium } from "playwright-core";

const CHART = '[data-ready="fan"] svg';
const VISITS = 5;

const [url] = process.argv.slice(2);
if (!url) {
  console.error("usage: node bench/cold.mjs URL");
  process.exit(2);
}

// Timed inside the page, on the page's own clock, so that the driver's delay does not count.
function watch(selector) {
  const seen = () => {
    if (!document.querySelector(selector)) return requestAnimationFrame(seen);
    // The frame after the one that found it: by then it has been painted.
    requestAnimationFrame(() => (globalThis.firstChart = performance.now()));
  };
  requestAnimationFrame(seen);
}

const browser = await chromium.launch({ executablePath: process.env.LANDFALL_CHROMIUM });
try {
  const times = [];
  const pictures = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await page.addInitScript(watch, CHART);
    await page.goto(url, { waitUntil: "commit" });
    const time = await page.waitForFunction(() => globalThis.firstChart, null, { timeout: 30_000 });
    times.push(await time.jsonValue());
    pictures.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
    await context.close();
  }
  const median = (all) => all.sort((a, b) => a - b)[(VISITS - 1) / 2];
  console.log(JSON.stringify({ first_picture_ms: median(pictures), first_chart_ms: median(times) }));
} finally {
  await browser.close();
}
