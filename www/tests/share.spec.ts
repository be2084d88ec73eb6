// A link opens what somebody else saw, as far as it can, and never on other data without a word.
import type { Page } from "@playwright/test";
import { decode, encode, type LinkState } from "../src/what-if/link.ts";
import { hasPosition, nameAt, position, withNames, withPositions } from "../src/what-if/positions.ts";
import { csv } from "../src/lib/csv.ts";
import { expect, fan, ready, test } from "./fixture.ts";
import { drop, used } from "./dropped.ts";

const STATE: LinkState = {
  data: "0123456789abcdef", projects: "", title: "吴忠市 A&B=C*#%", seed: "1", engine: "0.1.0", sample: "wuzhong-2023", asOf: "2023-07",
  ledger: "fai", region: "盐池县", lang: "zh", unit: "亿元", sort: "gap", view: "seek", chart: "growth", name: "提前 *一个月* & \"更快\"",
  levers: [{ id: "pace", value: 1.05 }, { id: "activate", value: 100, region: "利通区", list: "slow*" }, { id: "base", value: -2.5 }],
};

test("what goes into a link comes out of it", () => {
  const told = decode(`#${encode(STATE)}`);
  const { projects: _, ...kept } = STATE;
  expect(told).toEqual({ state: kept, ignored: [] });
});

test("a link cut anywhere never says what it did not say", () => {
  const whole = encode(STATE);
  for (let length = 4; length < whole.length - 1; length += 1) {
    const told = decode(whole.slice(0, length));
    expect(told, `at ${length}`).not.toBeNull();
    expect(told?.ignored.length, `at ${length}`).toBeGreaterThan(0);
    for (const lever of told?.state.levers ?? []) expect(STATE.levers).toContainEqual(lever);
  }
});

test("what is not understood is listed", () => {
  expect(decode("v=9&case=x&colour=red&lever=pace*fast&lever=pace*1.1&%E0%A4%A=1&end=2")?.ignored).toEqual([
    { kind: "version", got: "9" }, { kind: "key", key: "colour" }, { kind: "lever", text: "pace*fast" }, { kind: "key", key: "%E0%A4%A" },
  ]);
  expect(decode("#views")).toBeNull();
});

test("a name of own data goes as its place, and comes back where the list is the same", () => {
  const scopes = { regions: ["乙区", "~1", "甲区"], sectors: ["本地特色"], lists: ["a*b"], stages: [], names: [] };
  const setting = { id: "activate", value: 100, region: "甲区", sector: "本地特色", list: "a*b", stage: "reserve" };
  const hidden = withPositions(setting, scopes);
  expect(JSON.stringify(hidden)).not.toMatch(/甲区|本地特色|a\*b/);
  expect(hidden && hasPosition(hidden)).toBe(true);
  expect(hidden && withNames(hidden, { ...scopes, regions: [...scopes.regions].reverse() })).toEqual(setting);
  expect(withNames({ id: "pace", value: 1, region: "~3" }, scopes)).toBeNull();
  expect(withPositions({ id: "pace", value: 1, region: "丙区" }, scopes)).toBeNull();
  // A region that is called like a place is a name among others.
  expect(nameAt(position("~1", scopes.regions) ?? "", scopes.regions)).toBe("~1");
});

test("a table's cell never becomes a formula", () => {
  const text = csv([["=1+1", "+cmd", "@x", "-2", "−2", "a,b", "c\"d", " =1", "＝1"]]);
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text.slice(1).trimEnd()).toBe("\"'=1+1\",\"'+cmd\",\"'@x\",-2,−2,\"a,b\",\"c\"\"d\",\"' =1\",\"'＝1\"");
});

const open = async (page: Page, hash: string): Promise<void> => {
  await page.goto("about:blank");
  await page.goto(`./${hash}`);
};

test("a shared link opens the same view elsewhere", async ({ page, watched, browser, baseURL }) => {
  await watched.open();
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.locator('.league tr[data-region="盐池县"] .who').click();
  await page.getByRole("button", { name: "抢抓进度" }).click();
  await expect(page.locator(".support .moved")).toBeVisible();
  await expect(fan(page)).toBeVisible();
  await page.getByRole("button", { name: "分享" }).click();
  await expect(page.locator(".notice.ask")).toBeVisible();
  const url = page.url();
  expect(decodeURI(url)).toContain("lever=approvals*50");
  // Somebody else, who has never been here.
  const other = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "en-GB", viewport: { width: 1366, height: 768 } });
  const there = await other.newPage();
  await there.goto(url);
  // A page from nothing to a scenario, beside another browser that is tested.
  await expect(there.locator(".scn")).toHaveText("抢抓进度", { timeout: 15_000 });
  await expect(there.locator(".support .moved")).toBeVisible({ timeout: 15_000 });
  await expect(fan(there)).toHaveAttribute("data-region", "盐池县");
  const text = (p: Page) => p.locator(".league tbody").innerText();
  await expect.poll(() => text(there)).toBe(await text(page));
  await expect(there.locator("[data-ignored]")).toHaveCount(0);
  await other.close();
});

test("the address lets go of a link once something else is on the screen", async ({ page, watched }) => {
  await watched.open();
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.getByRole("button", { name: "抢抓进度" }).click();
  await expect(page.locator(".support .moved")).toBeVisible();
  await page.locator(".share").click();
  await expect.poll(() => new URL(page.url()).hash).toContain("lever=");
  // The link is of what is shown, also after it was opened.
  await page.reload();
  await ready(page);
  await expect(page.locator(".support .moved")).toBeVisible();
  expect(new URL(page.url()).hash).toContain("lever=");
  await page.locator("#asof").selectOption("2023-05");
  await expect.poll(() => new URL(page.url()).hash).toBe("");
});

test("an edited link opens as far as it can and lists the rest", async ({ page }) => {
  await open(page, "#v=1&case=wuzhong-2023&asof=2031-01&ledger=gdp&region=%E6%9C%9D%E9%98%B3%E5%8C%BA&lever=pace*1.1&lever=pace*99&lever=warp*2&end=3");
  await expect(page.locator(".support .moved")).toBeVisible();
  const said = page.locator("[data-ignored] li");
  await expect(said).toHaveCount(5);
  await expect(page.locator("[data-ignored]")).toContainText("2031-01");
  await expect(page.locator("[data-ignored]")).toContainText("朝阳区");
  await expect(page.locator("[data-ignored]")).toContainText("warp");
});

test("on other data nothing is concluded until somebody chooses", async ({ page }) => {
  await open(page, "#v=1&data=00000000deadbeef&title=%E5%88%AB%E7%9A%84%E5%9F%8E%E5%B8%82&case=wuzhong-2023&lever=pace*1.1&end=1");
  await expect(page.locator(".pick")).toContainText("别的城市（指纹00000000deadbeef）");
  await expect(page.locator(".pick")).toContainText(/指纹[0-9a-f]{16}）/);
  await expect(page.locator(".verdict")).toHaveCount(0);
  await page.getByRole("button", { name: "把情景用到现在的数据上" }).click();
  await expect(page.locator(".support .moved")).toBeVisible();
  await open(page, "#v=1&data=00000000deadbeef&case=wuzhong-2023&lever=pace*1.1&end=1");
  await page.getByRole("button", { name: "不用情景，看现在的数据" }).click();
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await expect(page.locator(".scn")).toHaveText("照常");
});

test("a link on own data holds no name of them; who has the data sees the same, who has others sees what was left out", async ({ page, watched, browser, baseURL }) => {
  const FILE = "public/landfall-template.xlsx";
  await watched.open();
  await drop(page, FILE);
  await used(page);
  // The template's year is over.
  await page.locator("#asof").selectOption("2023-07");
  await ready(page);
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.locator('.league tr[data-region="盐池县"] .who').click();
  await page.getByLabel("地区范围").selectOption("盐池县");
  const pace = page.locator('[data-lever="pace"] input[type=number]');
  await pace.fill("1.2");
  await pace.press("Enter");
  await expect(page.locator(".support .moved")).toBeVisible();
  await page.locator("#tab-scenarios").click();
  await page.locator("#view input[type=text]").first().fill("盐池县加快");
  await page.locator("#view input[type=text]").first().press("Enter");
  await page.getByRole("button", { name: "分享" }).click();
  await expect(page.locator(".notice.ask")).toBeVisible();
  const url = page.url();
  const units = await page.locator(".league tr[data-region]").evaluateAll((all) => all.map((row) => row.getAttribute("data-region") ?? "?"));
  expect(units).toContain("盐池县");
  for (const name of [...units, "landfall-template"]) expect(decodeURIComponent(url)).not.toContain(name);
  expect(url).toMatch(/&lever=pace\*1\.2\*~\d+&/);

  const told = await page.locator(".league tbody").innerText();
  await page.goto("about:blank");
  await page.goto(url);
  await ready(page);
  await expect(page.locator(".support .moved")).toBeVisible();
  await expect(fan(page)).toHaveAttribute("data-region", "盐池县");
  await expect(page.locator("[data-ignored]")).toHaveCount(0);
  await expect.poll(() => page.locator(".league tbody").innerText()).toBe(told);

  const other = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "zh-CN" });
  const there = await other.newPage();
  await there.goto(url);
  await there.getByRole("button", { name: "把情景用到现在的数据上" }).click();
  await expect(there.locator("[data-ignored]")).toContainText("~");
  await expect(there.locator(".scn")).toHaveText("照常");
  await other.close();
});
