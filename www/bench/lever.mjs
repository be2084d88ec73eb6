// From a lever's move to new numbers on the screen: node bench/lever.mjs URL, with LANDFALL_CHROMIUM set. A mouse drags the
// slider to and fro for some seconds. Prints one line of JSON, milliseconds: median and 95th percentile from the question to the
// painted frame, how that splits, how much of the drawing is waiting for the screen's next frame (a question is asked when one
// begins, so that none is answered in less than one), and the longest task of the page's thread meanwhile.
import { chromium } from "playwright-core";

const MOVES = 240;

const [url] = process.argv.slice(2);
if (!url) {
  console.error("usage: node bench/lever.mjs URL");
  process.exit(2);
}

// Timed inside the page, on the page's own clock.
function watch() {
  const seen = { moves: [], longest: 0 };
  globalThis.seen = seen;
  new PerformanceObserver((list) => list.getEntries().forEach((task) => (seen.longest = Math.max(seen.longest, task.duration)))).observe({ entryTypes: ["longtask"] });
  addEventListener("landfall:moved", ({ detail }) => {
    // The table is written by the end of this turn; the frame that shows it is painted before the message arrives.
    queueMicrotask(() => {
      const written = performance.now();
      requestAnimationFrame(() => {
        const drawn = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => seen.moves.push({ ...detail, written, drawn, painted: performance.now() });
        port2.postMessage(null);
      });
    });
  });
}

const at = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];

const browser = await chromium.launch({ executablePath: process.env.LANDFALL_CHROMIUM, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(url);
  await page.waitForSelector('[data-ready="levers"]', { timeout: 60_000 });
  const slider = page.locator('[data-lever="pace"] input[type=range]');
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  const x = (share) => box.x + 7 + share * (box.width - 14);
  const y = box.y + box.height / 2;
  await page.mouse.move(x(0.5), y);
  await page.mouse.down();
  // The first moves compile what they run.
  for (let i = 0; i < 40; i += 1) await page.mouse.move(x(0.5 + 0.3 * Math.sin(i / 5)), y);
  await page.waitForTimeout(300);
  await page.evaluate(watch);
  for (let i = 0; i < MOVES; i += 1) await page.mouse.move(x(0.5 + 0.45 * Math.sin(i / 7)), y);
  await page.waitForTimeout(300);
  await page.mouse.up();
  const { moves, longest } = await page.evaluate(() => globalThis.seen);
  if (moves.length < 20) throw new Error(`only ${moves.length} answers were seen`);
  const of = (f) => moves.map(f);
  const all = of((m) => m.painted - m.asked);
  const told = {
    answers: moves.length, median_ms: at(all, 0.5), p95_ms: at(all, 0.95), longest_task_ms: longest,
    engine_ms: at(of((m) => m.engine), 0.5), boundary_ms: at(of((m) => m.answered - m.asked - m.engine), 0.5), drawing_ms: at(of((m) => m.painted - m.answered), 0.5),
    waiting_ms: at(of((m) => m.drawn - m.written), 0.5),
  };
  console.log(JSON.stringify(told, (_, value) => (typeof value === "number" ? Number(value.toFixed(2)) : value)));
} finally {
  await browser.close();
}
