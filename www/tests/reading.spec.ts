// What is under the pointer, the finger or the arrow keys on the chart.
import { expect, rows, test } from "./fixture.ts";

test("the chart is read by pointer and by keys, and its figures are those of the table", async ({ page, watched }) => {
  await watched.open();
  const reading = page.locator(".reading");
  const box = await reading.boundingBox();
  if (!box) throw new Error("no chart");
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.5);
  await expect(reading.locator(".figures")).toBeVisible();
  await page.screenshot({ path: "test-results/looks/reading-zh.png" });
  // Beside the months December magnified is read by itself.
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.5);
  await expect(reading.locator(".figures")).toHaveCount(0);

  await reading.focus();
  await page.keyboard.press("End");
  await expect(reading).toHaveAttribute("aria-valuetext", /^12月/);
  const december = await reading.locator("dl").innerText();
  await page.locator(".data summary").click();
  const cells = await page.locator(".months tbody tr").last().locator("td").allInnerTexts();
  for (const cell of cells.filter((text) => text !== "–")) expect(december).toContain(cell);
  // Left and come back: the last known month is where the keys begin.
  await reading.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await expect(reading).toHaveAttribute("aria-valuetext", /^11月/);
  await page.keyboard.press("Home");
  await expect(reading).toHaveAttribute("aria-valuetext", /^2月/);
  // The mark is on the drawn line: the engine's own dot of the month is under it.
  const mark = await reading.locator(".at").boundingBox();
  const dots = await page.locator(".drawing circle").evaluateAll((all) => all.map((dot) => { const r = dot.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] as const; }));
  const [x, y] = [(mark?.x ?? 0) + (mark?.width ?? 0) / 2, (mark?.y ?? 0) + (mark?.height ?? 0) / 2];
  expect(Math.min(...dots.map(([a, b]) => Math.hypot(a - x, b - y)))).toBeLessThan(2);
  await page.keyboard.press("Escape");
  await expect(reading.locator(".figures")).toHaveCount(0);
});

test("on a phone a finger reads the chart, and the region in view stays in sight once the verdict is gone", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "zh-CN", serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto("./");
  await expect(page.locator('[data-ready="fan"] svg')).toBeVisible();
  await expect(page.locator(".sticky.away")).toHaveCount(0);
  await rows(page).filter({ hasText: "同心县" }).getByRole("button").first().click();
  await page.locator(".reading").scrollIntoViewIfNeeded();
  await expect(page.locator(".sticky.away")).toContainText("同心县");
  await page.locator(".reading").tap({ position: { x: 90, y: 120 } });
  await expect(page.locator(".reading .figures")).toBeVisible();
  await page.screenshot({ path: "test-results/looks/reading-phone-zh.png" });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await context.close();
});
