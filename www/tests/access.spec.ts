import axe from "axe-core";
import { expect, rows, ready, test } from "./fixture.ts";

for (const scheme of ["light", "dark"] as const) {
  for (const lang of ["zh", "en"]) {
    test(`axe finds nothing, ${scheme}, ${lang}`, async ({ page, watched }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await watched.open(`?lang=${lang}`);
      await expect(page.locator("html")).toHaveAttribute("data-theme", scheme);
      await rows(page).nth(3).getByRole("button").click();
      await ready(page);
      await page.locator(".data summary").click();
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
        return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.failureSummary ?? ""}`).join(" | ")}`);
      });
      expect(found).toEqual([]);
      await page.screenshot({ path: `test-results/looks/${lang}-${scheme}-tables.png`, fullPage: true });
    });
  }
}

for (const [scheme, lang] of [["light", "zh"], ["dark", "en"]] as const) {
  test(`axe finds nothing under a scenario and in its views, ${scheme}, ${lang}`, async ({ page, watched }) => {
    // Nine views, each looked at whole.
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await watched.open(`?lang=${lang}`);
    await expect(page.locator('[data-ready="levers"]')).toBeVisible();
    await page.locator(".presets button").nth(1).click();
    await page.locator('[data-lever="pace"] input[type=number]').fill("1.6");
    await page.locator('[data-lever="pace"] input[type=number]').press("Enter");
    await expect(page.locator(".support .moved")).toBeVisible();
    await page.locator(".set summary").click();
    await page.evaluate(axe.source);
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      const run = page.locator("#view .do");
      if ((await tab.getAttribute("id"))?.match(/seek|least|method/)) await run.click();
      await expect(page.locator("#view table").first()).toBeVisible({ timeout: 20_000 });
      const found = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
        return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.failureSummary ?? ""}`).join(" | ")}`);
      });
      expect(found, (await tab.innerText())).toEqual([]);
    }
    await page.screenshot({ path: `test-results/looks/scenario-${lang}-${scheme}.png`, fullPage: true });
  });
}

test("the theme switches and the chart is drawn again in it", async ({ page, watched }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await watched.open();
  const before = await page.locator(".drawing svg").innerHTML();
  await page.getByRole("button", { name: "切换到深色" }).click();
  await ready(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await page.locator(".drawing svg").innerHTML()).not.toBe(before);
  await page.screenshot({ path: "test-results/looks/first-zh-dark-1366.png" });
});

test("everything that can be done is reached by Tab, and the focus shows", async ({ page, watched }) => {
  await watched.open();
  const reached = new Set<string>();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const own = getComputedStyle(element).boxShadow;
      const after = getComputedStyle(element, "::after").boxShadow;
      return { name: element.className || element.id || element.tagName, shown: own !== "none" || after !== "none" };
    });
    if (!at) break;
    expect(at.shown, at.name).toBe(true);
    reached.add(at.name);
  }
  for (const name of ["place", "asof", "step", "icon", "who"]) expect([...reached]).toContain(name);
});
