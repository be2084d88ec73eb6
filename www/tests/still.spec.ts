// The first picture, before anything runs: the engine's own figures, in the language of whoever looks, and never in another's place.
import { expect, test } from "./fixture.ts";

for (const lang of ["zh", "en"] as const) {
  test(`the picture of the built page says what the engine says, and makes room for it, ${lang}`, async ({ page, watched, browser, baseURL }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "zh-CN", viewport: { width: 1366, height: 768 } });
    const before = await context.newPage();
    await before.route(/\/assets\/.*\.js$/, (route) => route.abort());
    await before.goto(`./?lang=${lang}`);
    const still = before.locator(".still").filter({ visible: true });
    await expect(still).toHaveCount(1);
    await before.screenshot({ path: `test-results/looks/still-${lang}.png` });
    const heads = await still.locator("h1, h2").allInnerTexts();
    const rows = await still.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim())));
    expect(await still.locator("[id], [data-ready]").count()).toBe(0);
    const place = await still.locator("tbody tr").nth(3).boundingBox();
    await context.close();

    await watched.open(`?lang=${lang}`);
    await expect(page.locator(".still")).toHaveCount(0);
    expect((await page.locator(".verdict h1, #h-rank").allInnerTexts())).toEqual(heads);
    expect(await page.locator(".league tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim())))).toEqual(rows);
    // Nothing jumps when the page comes.
    const now = await page.locator(".league tbody tr").nth(3).boundingBox();
    expect(Math.abs((now?.y ?? 0) - (place?.y ?? 99))).toBeLessThan(2);
    expect(Math.abs((now?.x ?? 0) - (place?.x ?? 99))).toBeLessThan(2);
  });
}

test("whoever comes for other data or by a link does not see the sample first", async ({ page }) => {
  await page.route(/\/assets\/.*\.js$/, (route) => route.abort());
  for (const address of ["./?sample=national", "./#v=1&data=00000000deadbeef&end=0"]) {
    await page.goto("about:blank");
    await page.goto(address);
    await expect(page.locator(".still").first()).toBeHidden();
    await expect(page.locator(".still").last()).toBeHidden();
  }
});

test("the first picture waits for no script", async ({ page }) => {
  // How soon it comes is measured by the bench; here its script never comes.
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto("./");
  await expect(page.locator(".still").filter({ visible: true })).toHaveCount(1);
  const painted = () => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
  await expect.poll(painted).toBe(1);
});
