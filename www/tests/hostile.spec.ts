// What a hurried hand or a hostile file can do to the page.
import { drawn, expect, fan, ready, rows, table, test } from "./fixture.ts";

test("a burst of months ends at the last one asked for, and few of them are computed", async ({ page, watched }) => {
  await page.addInitScript(() => {
    const asked = { outlook: 0, fan: 0 };
    Reflect.set(window, "asked", asked);
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: { kind: keyof typeof asked }) {
      if (message.kind in asked) asked[message.kind] += 1;
      post.call(this, message);
    };
  });
  await watched.open();
  const before = await page.evaluate(() => ({ ...(Reflect.get(window, "asked") as { outlook: number; fan: number }) }));
  const months = await page.locator("#asof option").evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
  await page.locator("#asof").evaluate(async (element, list) => {
    const select = element as HTMLSelectElement;
    for (let i = 0; i < 40; i += 1) {
      select.value = list[(i * 5) % list.length] ?? "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
      // Svelte sees every one of them.
      await Promise.resolve();
    }
    select.value = "2023-04";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }, months);
  await expect(page.locator('[data-ready="table"][data-as-of="2023-04"]')).toBeVisible();
  await ready(page);
  await expect(page.locator("#asof")).toHaveValue("2023-04");
  const after = await page.evaluate(() => Reflect.get(window, "asked") as { outlook: number; fan: number });
  expect(after.outlook - before.outlook).toBeLessThan(10);
  expect(after.fan - before.fan).toBeLessThan(10);
});

test("month, region, language, theme, ledger and case changed at once agree in the end", async ({ page, watched }) => {
  await watched.open();
  await page.evaluate(() => {
    const click = (selector: string, at = 0): void => document.querySelectorAll<HTMLElement>(selector)[at]?.click();
    for (let i = 0; i < 6; i += 1) {
      click(".step", 0);
      click(".league button.who", i);
      click(".tools .seg button", (i + 1) % 2);
      click(".tools .icon");
      click(".strip > .seg button", i % 4);
    }
    click(".tools .seg button", 1);
    click(".strip > .seg button", 0);
  });
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await ready(page);
  await expect(page.locator("h1")).not.toContainText(/[\u4e00-\u9fff]/);
  await expect(page.locator("#h-fan")).not.toContainText(/[\u4e00-\u9fff]/);
  const asOf = await page.locator("#asof").inputValue();
  await expect(table(page)).toHaveAttribute("data-as-of", asOf);
  const pressed = await page.locator(".league tr.current").getAttribute("data-region");
  expect(await drawn(page)).toBe(pressed);
  // The other case while this one is still being asked about.
  await page.evaluate(() => {
    document.querySelectorAll<HTMLElement>(".step")[1]?.click();
    const place = document.querySelector<HTMLSelectElement>(".place");
    if (!place) throw new Error("no cases to choose from");
    place.value = "national";
    place.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await expect(rows(page)).toHaveCount(1);
  await ready(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await drawn(page)).toBe("全国");
});

test("names that look like markup stay names", async ({ page, watched }) => {
  const nasty = "<img src=x onerror=alert(1)>&amp;<b>利通区</b>";
  await page.addInitScript(() => {
    window.alert = () => { throw new Error("a name was run"); };
  });
  let replaced = 0;
  await page.route(/\/assets\/(panel|plan)-[^/]*\.(csv|toml)$/, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes("利通区")) replaced += 1;
    await route.fulfill({ response, body: body.replaceAll("利通区", nasty) });
  });
  await watched.open();
  // The engine's two files; the what-if's own two may have come by now.
  expect([2, 3, 4]).toContain(replaced);
  const row = rows(page).filter({ hasText: "利通区" }).filter({ has: page.locator(".end, .who") }).first();
  await expect(row.locator(".who b")).toContainText("<img src=x onerror=alert(1)>");
  await row.getByRole("button").click();
  await expect(page.locator("#h-fan")).toContainText("<img src=x");
  await ready(page);
  await page.locator(".data summary").click();
  for (const where of [page.locator("main"), fan(page)]) expect(await where.locator("img, script, iframe, foreignObject").count()).toBe(0);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
  // The what-if's files may be on their way still.
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("no question takes a second, so none needs a bar or a way to stop it", async ({ page, watched }) => {
  await watched.open();
  const took: number[] = [];
  for (const asOf of ["2023-02", "2023-09", "2023-12"]) {
    const since = Date.now();
    await page.locator("#asof").selectOption(asOf);
    await expect(page.locator(`[data-ready="table"][data-as-of="${asOf}"]`)).toBeVisible();
    await ready(page);
    took.push(Date.now() - since);
  }
  expect(Math.max(...took), took.join(", ")).toBeLessThan(1000);
});
