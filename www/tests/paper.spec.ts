// On paper: one page of bulletin, whatever the screen looks like.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";

const pages = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

/** Prints by the page's own button; the browser's dialog is not there. */
async function printed(page: Page, button: string): Promise<void> {
  const before = await page.evaluate(() => Number(Reflect.get(window, "prints") ?? 0));
  await page.getByRole("button", { name: button }).click();
  await expect.poll(() => page.evaluate(() => Number(Reflect.get(window, "prints")))).toBe(before + 1);
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.set(window, "prints", 0);
    window.print = () => void Reflect.set(window, "prints", Number(Reflect.get(window, "prints")) + 1);
  });
});

for (const [lang, button] of [["zh", "打印（一页简报）"], ["en", "Print (one page)"]] as const) {
  test(`one A4 page with verdict, table and chart, from the dark screen as well, ${lang}`, async ({ page, watched }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await watched.open(`?lang=${lang}`);
    await printed(page, button);
    const paper = page.locator(".paper");
    await expect(paper.locator("tbody tr")).toHaveCount(8);
    expect(await paper.locator(".head").textContent()).toBe(await page.locator(".verdict h1").textContent());
    // The chart was drawn again, for white paper.
    expect(await paper.locator("svg").last().innerHTML()).not.toBe(await page.locator(".drawing svg").innerHTML());
    await page.emulateMedia({ media: "print" });
    await expect(paper).toBeVisible();
    await expect(page.locator(".cards")).toBeHidden();
    const pdf = await page.pdf({ path: `test-results/looks/paper-${lang}.pdf`, preferCSSPageSize: true, printBackground: true });
    expect(pages(pdf)).toBe(1);
    await page.screenshot({ path: `test-results/looks/paper-${lang}.png` });
  });
}

test("whoever prints by the browser's own menu gets the page, which is not there before and after", async ({ page, watched }) => {
  await watched.open();
  const rows = page.locator(".paper tbody tr");
  await expect(rows).toHaveCount(0);
  // The browser takes the picture as soon as its event returns.
  const there = await page.evaluate(() => {
    window.dispatchEvent(new Event("beforeprint"));
    return document.querySelectorAll(".paper tbody tr").length;
  });
  expect(there).toBe(8);
  await expect(page.locator(".paper svg")).not.toHaveCount(0);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await expect(rows).toHaveCount(0);
  // As a reader of the page sees it who asks for paper at once.
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(pages(pdf)).toBe(1);
  expect(pdf.length).toBeGreaterThan(20_000);
});

for (const [lang, push, button, lever] of [["zh", "抢抓进度", "打印（一页简报）", "审批"], ["en", "Push", "Print (one page)", "Approval"]] as const) {
  test(`a scenario is printed as such, with what it changes and what must be known of it, on one page, ${lang}`, async ({ page, watched }) => {
    await watched.open(`?lang=${lang}`);
    await expect(page.locator('[data-ready="levers"]')).toBeVisible();
    await page.getByRole("button", { name: push, exact: true }).click();
    await expect(page.locator(".support .moved")).toBeVisible();
    await printed(page, button);
    const paper = page.locator(".paper");
    await expect(paper.locator("header")).toContainText(push);
    await expect(paper).toContainText(lever);
    const notes = await page.locator(".warned li").allTextContents();
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) await expect(paper).toContainText(note);
    await expect(paper.locator("tbody th", { hasText: "*" })).toHaveCount(1);
    await page.emulateMedia({ media: "print" });
    expect(pages(await page.pdf({ path: `test-results/looks/paper-push-${lang}.pdf`, preferCSSPageSize: true, printBackground: true }))).toBe(1);
  });
}
