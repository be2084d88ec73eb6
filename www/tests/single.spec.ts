// The page in one file, opened from disk: everything is inside, and nothing is asked of anybody.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "@playwright/test";
import { unzipSync } from "fflate";
import { dialog, drop, used } from "./dropped.ts";
import { expect, ready } from "./fixture.ts";

const PATH = resolve("../dist/landfall.html");
const URL_OF = pathToFileURL(PATH).href;

test("from disk: verdict, a lever, own data from a CSV in GB18030 with the plan, the template, no request", async ({ page }) => {
  test.setTimeout(60_000);
  const wrong: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(error.message));
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(URL_OF);
  await ready(page);
  await expect(page.locator(".verdict h1")).toContainText("个地区");

  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.locator('[data-lever="pace"] input[type=range]').focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press("ArrowRight");
  await expect(page.locator(".support .moved")).toContainText("比照常高");

  await page.getByRole("button", { name: "导入数据" }).click();
  const [template] = await Promise.all([page.waitForEvent("download"), dialog(page).locator("a[download]").click()]);
  expect(readFileSync(await template.path()).equals(readFileSync("public/landfall-template.xlsx"))).toBe(true);
  await drop(page, "public/landfall-template.xlsx");
  await used(page);
  await drop(page, "../tests/ugly/gb18030-tab.tsv");
  await expect(dialog(page).locator('[data-code="encoding_guessed"]')).toBeVisible();
  await used(page);
  await expect(page.locator(".strip .sample")).toHaveText("仅存本机");
  await page.screenshot({ path: "test-results/looks/single-own.png" });

  expect(wrong).toEqual([]);
  expect(asked.filter((url) => url !== URL_OF && !/^(data|blob):/.test(url))).toEqual([]);
});

test("from disk: the month's bulletin is saved as a deck and as a page, no request", async ({ page }) => {
  test.setTimeout(60_000);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const wrong: string[] = [];
  page.on("console", (message) => wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto(`${URL_OF}?lang=zh`);
  await ready(page);
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.getByRole("button", { name: "导出", exact: true }).click();
  await dialog(page).getByRole("button", { name: "月通报" }).click();
  const headline = await dialog(page).locator(".bulletin-head").innerText();
  const saved = async (form: string): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([page.waitForEvent("download"), dialog(page).locator(`[data-form="${form}"]`).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const deck = await saved("pptx");
  expect(deck.name).toBe("月通报-2023-07.pptx");
  const parts = unzipSync(new Uint8Array(deck.bytes));
  expect(Object.keys(parts)).toContain("ppt/presentation.xml");
  expect(Object.keys(parts)).toContain("ppt/charts/chart1.xml");
  const html = await saved("html");
  expect(html.bytes.toString("utf8")).toContain(headline);
  expect(wrong).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(URL_OF) && !/^(data|blob):/.test(url))).toEqual([]);
});

test("the policy in the file lets nothing be fetched and no other script run", async ({ page }) => {
  await page.goto(URL_OF);
  await ready(page);
  const got = await page.evaluate(async () => {
    const tried = async (act: () => Promise<unknown>): Promise<string> => act().then(() => "done", () => "refused");
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    const image = new Image();
    const loaded = new Promise((resolve) => {
      image.onload = () => resolve("done");
      image.onerror = () => resolve("refused");
    });
    image.src = "https://example.com/x.png";
    return {
      fetched: await tried(() => fetch("https://example.com/")),
      own: await tried(() => fetch(window.location.href)),
      image: await loaded,
      script: "ran" in window,
    };
  });
  expect(got).toEqual({ fetched: "refused", own: "refused", image: "refused", script: false });
});

test("the file is one, has no address in it that is loaded, and is small enough to be sent", () => {
  expect(statSync(PATH).size).toBeLessThan(6_000_000);
  const html = readFileSync(PATH, "utf8").replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "");
  expect(html).not.toMatch(/(src|href)=["'](?!data:)/);
});
