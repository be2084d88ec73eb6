// A page that remembers what went wrong in it: every test fails on a console error or a request to another host.
import { expect, test as base, type Page } from "@playwright/test";

interface Watched {
  /** Opens the page and waits until table and chart stand. */
  open: (query?: string) => Promise<void>;
}

export const test = base.extend<{ watched: Watched }>({
  watched: async ({ page, baseURL }, use) => {
    const wrong: string[] = [];
    page.on("console", (message) => {
      if (message.text().startsWith("Service Worker registration blocked by Playwright")) return;
      if (message.type() === "error" || message.type() === "warning") wrong.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => wrong.push(`thrown: ${error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL ?? "") && !url.startsWith("data:") && !url.startsWith("blob:")) wrong.push(`foreign: ${url}`);
    });
    await use({
      open: async (query = "") => {
        await page.goto(`./${query}`);
        await ready(page);
      },
    });
    expect(wrong).toEqual([]);
  },
});

export { expect };

export const table = (page: Page) => page.locator('[data-ready="table"]');
export const fan = (page: Page) => page.locator('[data-ready="fan"]');
export const rows = (page: Page) => page.locator(".league tbody tr");

export async function ready(page: Page): Promise<void> {
  await expect(table(page)).toBeVisible();
  await expect(fan(page).locator("svg")).toBeVisible();
}

/** The region whose chart is drawn. */
export async function drawn(page: Page): Promise<string> {
  return (await fan(page).getAttribute("data-region")) ?? "";
}
