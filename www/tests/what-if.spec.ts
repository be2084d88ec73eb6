// A planner's walk: levers move the table, steps can be undone, and what was found can be handed on.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, fan, rows, test } from "./fixture.ts";
import { movedBy } from "./moved.ts";
import type { LeverSetting } from "../src/what-if/contract.ts";
import { put, taken } from "../src/what-if/settings.ts";

const levers = (page: Page) => page.locator('[data-ready="levers"]');
const lever = (page: Page, id: string) => page.locator(`[data-lever="${id}"]`);
const slider = (page: Page, id: string) => lever(page, id).locator("input[type=range]");
const number = (page: Page, id: string) => lever(page, id).locator("input[type=number]");
const city = (page: Page) => page.locator('.league tr[data-region="吴忠市"]');

/** The figures of the table, without what stands under them. */
const figures = (page: Page): Promise<string[]> =>
  page.locator(".league tbody .c-num:not(.c-more)").evaluateAll((cells) => cells.map((cell) => cell.firstChild?.textContent ?? ""));

async function ready(page: Page): Promise<void> {
  await expect(levers(page)).toBeVisible();
  await expect(fan(page).locator("svg")).toBeVisible();
}

/** Moves a slider to a value and lets go, as a hand does. */
async function slide(page: Page, id: string, value: number): Promise<void> {
  await slider(page, id).evaluate((input, to) => {
    if (!(input instanceof HTMLInputElement)) return;
    input.value = String(to);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, value);
  await ready(page);
}

/** The city's chance as the ranking shows it. */
const chance = (page: Page) => city(page).locator(".c-num").nth(1);

test("a slider moves every district's chance, the verdict and the chart", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  const before = await figures(page);
  const chart = await page.locator(".drawing svg").innerHTML();
  await slide(page, "pace", 1.1);
  await expect(chance(page)).toContainText("原20%");
  const after = await figures(page);
  expect(after).not.toEqual(before);
  await expect(page.locator(".support .moved")).toContainText(/比照常高.*个百分点.*达标概率20%→/);
  // One lever: it is the cause, and its share is the whole effect.
  await expect(page.locator(".support .moved")).toContainText("剩余月份进度 1.1倍");
  expect(await page.locator(".drawing svg").innerHTML()).not.toBe(chart);
  await expect(page.locator(".drawing svg")).toContainText("照常");
  // Every district lies in the city, and each has gained.
  for (const row of await rows(page).all()) await expect(row.locator(".c-num.g small")).toHaveText(/^\+\d/);
  await expect(lever(page, "pace").locator(".effect")).toHaveText(/\+\d+\.\d亿元/);
  await expect(page.locator(".verdict [role=status]")).toContainText("情景");
});

test("moves on the page's own thread tell what the worker tells", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.evaluate(() => addEventListener("landfall:moved", (event) => (document.body.dataset["by"] = (event as CustomEvent<{ by: string }>).detail.by)));
  const by = () => page.evaluate(() => document.body.dataset["by"]);
  // A drawing that was changed in place has the same attributes in another order.
  const drawing = () => page.locator(".drawing svg *").evaluateAll((all) => all.map((e) =>
    [e.tagName, ...e.getAttributeNames().sort().map((name) => `${name}=${e.getAttribute(name)}`), e.childElementCount > 0 ? "" : e.textContent].join(" ")));
  const seen = async () => [await figures(page), await drawing(), await page.locator(".verdict").innerText()];
  await slide(page, "pace", 1.07);
  await expect.poll(by).toBe("worker");
  // Who moved what is asked once the hand rests, and ends the verdict.
  await expect(page.locator(".verdict")).toContainText("主要来自");
  const told = await seen();
  // The twin is there a moment after the first brief move; a machine under load needs some.
  await expect.poll(async () => {
    await slide(page, "pace", 1.02);
    await slide(page, "pace", 1.03);
    return by();
  }, { timeout: 30_000 }).toBe("twin");
  await slide(page, "pace", 1.07);
  expect(await by()).toBe("twin");
  await expect.poll(seen).toEqual(told);
  // Another case is not the one that it is a twin of.
  await page.locator(".place").selectOption("national");
  await ready(page);
  await page.locator(".place").selectOption("wuzhong-2023");
  await ready(page);
  await slide(page, "pace", 1.07);
  await expect.poll(seen).toEqual(told);
});

test("moves stay on the page's own thread after a search, and after another month was looked at", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  const by = (): Promise<string> => movedBy(page);
  // A search leaves its marks in the worker that made it; the twin comes from another.
  await page.getByRole("tab", { name: "最少做哪些项目" }).click();
  await page.locator("#view .do").first().click();
  await expect(page.locator("#view table").first()).toBeVisible();
  await expect.poll(by, { timeout: 30_000 }).toBe("twin");
  const told = await figures(page);
  await page.locator("#asof").selectOption("2023-06");
  await expect(page.locator(".ranking")).toHaveAttribute("data-as-of", "2023-06");
  await ready(page);
  await expect.poll(by, { timeout: 30_000 }).toBe("twin");
  expect(await figures(page)).not.toEqual(told);
  await page.locator("#asof").selectOption("2023-07");
  await expect(page.locator(".ranking")).toHaveAttribute("data-as-of", "2023-07");
  await ready(page);
  await slide(page, "pace", 1.02);
  const july = await figures(page);
  await slide(page, "pace", 1.03);
  expect([july, await figures(page)]).toContainEqual(told);
});

test("every step is undone to the start and done again", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  const start = await figures(page);
  await slide(page, "pace", 1.1);
  const one = await figures(page);
  await slide(page, "activate", 100);
  const two = await figures(page);
  await number(page, "base").or(page.getByRole("button", { name: /更多/ })).first().click();
  await page.keyboard.press("Control+z");
  await expect.poll(() => figures(page)).toEqual(one);
  await page.keyboard.press("Control+z");
  await expect.poll(() => figures(page)).toEqual(start);
  await expect(page.getByRole("button", { name: "撤销" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Control+Shift+Z");
  await page.keyboard.press("Control+Shift+Z");
  await expect.poll(() => figures(page)).toEqual(two);
  await page.getByRole("button", { name: "全部还原" }).click();
  await expect.poll(() => figures(page)).toEqual(start);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect.poll(() => figures(page)).toEqual(two);
});

test("while an input method composes, its keys undo nothing", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await slide(page, "pace", 1.1);
  const moved = await figures(page);
  await page.evaluate(() => {
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, isComposing: true, bubbles: true }));
  });
  await expect(page.getByRole("button", { name: "撤销" })).toHaveAttribute("aria-disabled", "false");
  expect(await figures(page)).toEqual(moved);
});

test("presets set levers that can be seen and taken back", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  const start = await figures(page);
  await page.getByRole("button", { name: "抢抓进度" }).click();
  await expect(page.locator(".scn")).toHaveText("抢抓进度");
  await expect(number(page, "approvals")).toHaveValue("50");
  // What is set for a list only is said beside the lever.
  await expect(lever(page, "activate").locator(".other")).toHaveText("慢进度项目：100%");
  await expect(page.locator(".support .moved")).toContainText("比照常高");
  const push = await figures(page);
  await page.getByRole("button", { name: "项目推迟" }).click();
  await expect(page.locator(".support .moved")).toContainText("比照常低");
  expect(await figures(page)).not.toEqual(push);
  await page.getByRole("group", { name: "起点" }).getByRole("button", { name: "照常" }).click();
  await expect.poll(() => figures(page)).toEqual(start);
});

test("a lever for one district moves it and the city, not its neighbours", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.getByLabel("地区范围").selectOption("盐池县");
  await expect(page.locator(".scope")).toHaveClass(/narrow/);
  await slide(page, "pace", 1.15);
  const moved = (name: string) => page.locator(`.league tr[data-region="${name}"] .c-num.g small`);
  await expect(moved("盐池县")).toHaveText(/^\+\d/);
  await expect(moved("吴忠市")).toHaveText(/^\+\d/);
  for (const name of ["利通区", "红寺堡区", "青铜峡市", "同心县"]) await expect(moved(name)).toHaveText("±0.0");
  await page.locator(".set summary").click();
  await expect(page.locator(".set li")).toHaveText(/剩余月份进度 1.15倍（盐池县）/);
});

test("beyond history is answered and marked, beyond the possible it is held back", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await number(page, "pace").fill("1.6");
  await number(page, "pace").press("Enter");
  await expect(lever(page, "pace").locator(".beyond")).toHaveText("超出历史范围");
  await expect(page.locator(".warned summary")).toBeVisible();
  await number(page, "pace").fill("99");
  await number(page, "pace").press("Enter");
  await expect(number(page, "pace")).toHaveValue("3");
  await expect(slider(page, "pace")).toHaveAttribute("aria-valuetext", "3倍");
});

test("a slider is moved by keyboard, and the lever put back by its own button", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await slider(page, "pace").focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
  await expect(number(page, "pace")).toHaveValue("1.05");
  await ready(page);
  await lever(page, "pace").getByRole("button", { name: /还原/ }).click();
  await expect(number(page, "pace")).toHaveValue("1");
  await expect(page.locator(".scn")).toHaveText("照常");
});

test("a hurried hand leaves the last value on the screen, no queue and no jumping rows", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  const order = () => rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("data-region")));
  const before = await order();
  const seen = await slider(page, "pace").evaluate(async (input) => {
    if (!(input instanceof HTMLInputElement)) return [];
    const table = document.querySelector(".league tbody");
    const orders = new Set<string>();
    // As many events as a fast mouse sends, without a pause.
    for (let i = 0; i < 200; i += 1) {
      input.value = String(0.8 + 0.39 * Math.abs(Math.sin(i / 9)));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      if (i % 4 === 0) await new Promise((done) => requestAnimationFrame(done));
      orders.add([...(table?.querySelectorAll("tr") ?? [])].map((row) => row.getAttribute("data-region")).join());
    }
    input.value = "1.12";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return [...orders];
  });
  // As long as the hand has not let go, rows keep their places.
  expect(seen).toEqual([before.join()]);
  await slider(page, "pace").dispatchEvent("change");
  await ready(page);
  const hurried = await figures(page);
  // The same value set at rest.
  await page.getByRole("button", { name: "全部还原" }).click();
  await slide(page, "pace", 1.12);
  await expect.poll(() => figures(page)).toEqual(hurried);
});

test("whoever looks at another case and comes back at once has levers", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  // Back before the other case's levers are loaded: its table alone has come.
  for (const [sample, root] of [["national", "全国"], ["wuzhong-2023", "吴忠市"]] as const) {
    await page.locator(".place").selectOption(sample);
    await expect(rows(page).first()).toHaveAttribute("data-region", root);
  }
  await ready(page);
  await slide(page, "pace", 1.1);
  await expect(chance(page)).toContainText("原20%");
});

test("who looks at another case and comes back finds the scenario in use, and can undo it", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.getByRole("button", { name: "抢抓进度" }).click();
  await expect(chance(page)).toContainText("原20%");
  const moved = await figures(page);
  for (const [sample, root] of [["national", "全国"], ["wuzhong-2023", "吴忠市"]] as const) {
    await page.locator(".place").selectOption(sample);
    await expect(rows(page).first()).toHaveAttribute("data-region", root);
  }
  await ready(page);
  await expect.poll(() => figures(page)).toEqual(moved);
  await page.keyboard.press("Control+z");
  await expect(page.locator(".support .moved")).toHaveCount(0);
});

test("a year that is over offers nothing to move, to seek or to do", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.locator("#asof").selectOption("2023-12");
  await expect(page.locator(".levers")).toContainText("抓手不再起作用");
  await expect(page.locator(".levers")).not.toContainText("拖动任一项");
  for (const tab of ["达标需要什么", "最少做哪些项目", "每月还需", "贡献分解", "敏感性"]) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.locator("#view")).toContainText("全年数据已定");
    await expect(page.locator("#view")).not.toContainText(/未设目标|没有可倒排|先拖动/);
  }
});

for (const lang of ["zh", "en"]) test(`nothing shifts while a lever moves, ${lang}`, async ({ page, watched }) => {
  await watched.open(`?lang=${lang}`);
  await ready(page);
  const place = () => page.evaluate(() => [".cards", ".ranking", ".fan", ".levers", "[data-lever=pace]"].map((name) => {
    const { x, y, width, height } = document.querySelector(name)?.getBoundingClientRect() ?? new DOMRect();
    return [x, y, width, height].map(Math.round).join();
  }));
  const before = await place();
  await slider(page, "pace").evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) return;
    input.value = "1.1";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await ready(page);
  expect((await place()).slice(0, 4)).toEqual(before.slice(0, 4));
});

test("what a chance takes is asked from a district's row", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.locator('.league tr[data-region="红寺堡区"] .who').click();
  await page.getByRole("button", { name: "红寺堡区: 怎样达到80%" }).click();
  const table = page.locator("#view table");
  await expect(table.locator("caption")).toContainText("红寺堡区要有80%的把握");
  const pace = table.locator("tr", { hasText: "剩余月份进度" });
  await expect(pace).toContainText("80%");
  const needed = parseFloat((await pace.locator("b").innerText()).replace("倍", ""));
  expect(needed).toBeGreaterThan(1);
  await pace.getByRole("button", { name: "用上" }).click();
  await ready(page);
  // Applied, the district stands where it was to stand.
  await expect(page.locator('.league tr[data-region="红寺堡区"] .c-num').nth(1)).toContainText("80%");
});

test("who moved what adds up, and each lever alone has its range", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.getByRole("button", { name: "抢抓进度" }).click();
  await page.getByRole("tab", { name: "贡献分解" }).click();
  const table = page.locator("#view table");
  await expect(table.locator("tbody tr")).toHaveCount(3);
  const column = async (part: string): Promise<number[]> =>
    (await table.locator(`${part} tr td:nth-child(3)`).allInnerTexts()).map((text) => parseFloat(text.replace("−", "-")));
  const [sum] = await column("tfoot");
  const parts = await column("tbody");
  expect(Math.abs(parts.reduce((a, b) => a + b, 0) - (sum ?? NaN))).toBeLessThanOrEqual(0.15);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "敏感性" })).toBeFocused();
  await expect(table.locator("tbody tr").first()).toContainText(/[+−]\d/);
  expect(await table.locator("tbody tr").count()).toBeGreaterThan(8);
});

test("one lever alone is drawn as well as told, on a desk and on a phone", async ({ page, watched }) => {
  for (const width of [1366, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await watched.open();
    await ready(page);
    await expect(page.locator('[data-ready="levers"]')).toBeVisible();
    await page.locator('[data-lever="pace"] input[type=range]').focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "贡献分解" }).click();
    await expect(page.locator('#view [data-drawn="waterfall"] svg')).toBeVisible();
    await expect(page.locator("#view .drawn .quietly")).toHaveCount(0);
  }
});

test("the least to do is a list of projects that a spreadsheet opens", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.getByRole("tab", { name: "最少做哪些项目" }).click();
  await page.locator("#view select").nth(1).selectOption("0.5");
  await page.getByRole("button", { name: "计算" }).click();
  await expect(page.locator("#view")).toContainText(/选出\d+个/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "导出 CSV" }).click()]);
  const bytes = await readFile(await download.path());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString("utf8").trim().split("\r\n");
  expect(lines.length - 1).toBe(await page.locator("#view .scroll tbody tr").count());
});

test("the least to do is asked of fixed-asset investment in every ledger", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  // Districts are not in this ledger, but owe their targets all the same.
  await page.getByRole("button", { name: "项目完成投资", exact: true }).click();
  await page.getByRole("tab", { name: "最少做哪些项目" }).click();
  await expect(page.locator("#view .bar")).toContainText("不是当前台账的目标");
  await page.locator("#view select").nth(1).selectOption("0.5");
  await page.getByRole("button", { name: "计算" }).click();
  await expect(page.locator("#view")).toContainText(/选出\d+个/);
  await expect(page.locator("#view")).toContainText("利通区");
  await expect(page.locator("#view .failure")).toHaveCount(0);
  // It stays while another tab is looked at.
  await page.locator("#tab-scenarios").click();
  await page.getByRole("tab", { name: "最少做哪些项目" }).click();
  await expect(page.locator("#view")).toContainText(/选出\d+个/);
});

test("a scenario goes out as a file and comes back the same; the command line's own files open", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await slide(page, "pace", 1.07);
  await page.getByLabel("地区范围").selectOption("盐池县");
  await slide(page, "start_shift", -1);
  const moved = await figures(page);
  await page.getByRole("textbox", { name: "名称" }).fill("提前\"一个月\"");
  await page.getByRole("textbox", { name: "名称" }).press("Enter");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^下载/ }).click()]);
  const path = await download.path();
  const text = await readFile(path, "utf8");
  expect(text).toContain("year = 2023");
  expect(text).toContain('region = "盐池县"');
  await page.getByRole("button", { name: /^删除/ }).click();
  await expect(page.locator(".scn")).toHaveText("照常");
  await page.locator("input[type=file]").setInputFiles({ name: "a.toml", mimeType: "application/toml", buffer: Buffer.from(text) });
  await expect(page.locator(".scn")).toHaveText("提前\"一个月\"");
  await expect.poll(() => figures(page)).toEqual(moved);
  await page.locator("input[type=file]").setInputFiles(fileURLToPath(new URL("../../seeds/wuzhong-2023/scenarios/headwind.toml", import.meta.url)));
  await expect(page.locator(".scn")).toContainText("不利情形");
  // Both stand side by side, with the baseline.
  await expect(page.locator("#view .compare thead th[colspan]")).toHaveCount(3);
  // A file with a fault is refused with its place, and what is there stays.
  await page.locator("input[type=file]").setInputFiles(fileURLToPath(new URL("../../tests/ugly/title-rows-and-merged-header.xlsx", import.meta.url)));
  await expect(page.getByRole("alert")).toContainText("文件不是文本");
  await page.locator("input[type=file]").setInputFiles({ name: "b.toml", mimeType: "application/toml", buffer: Buffer.from('year = 2023\n[[lever]]\nid = "pacee"\nvalue = 1\n') });
  await expect(page.locator("#view .failure")).toContainText("unknown_lever");
  await page.locator("input[type=file]").setInputFiles({ name: "c.toml", mimeType: "application/toml", buffer: Buffer.from('year = 2023\n[[lever]]\nid = "pace"\nvalue = 1.1\nregion = "朝阳区"\n') });
  await expect(page.locator("#view .failure")).toContainText("朝阳区");
  await expect(page.locator(".scn")).toContainText("不利情形");
});

test("scenarios are named, duplicated and deleted, and are there at the next visit", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await slide(page, "pace", 1.05);
  await page.getByRole("textbox", { name: "名称" }).fill("快一点");
  await page.getByRole("textbox", { name: "名称" }).press("Enter");
  await page.getByRole("button", { name: /^复制/ }).click();
  await expect(page.locator(".scenarios li")).toHaveCount(2);
  await slide(page, "pace", 0.95);
  await expect(page.locator("#view .compare thead th[colspan]")).toHaveCount(3);
  await watched.open();
  await ready(page);
  // A visit begins with the outlook.
  await expect(page.locator(".scn")).toHaveText("照常");
  await page.getByRole("button", { name: "使用: 快一点", exact: true }).click();
  await expect(page.locator(".scn")).toHaveText("快一点");
  await page.getByRole("button", { name: "删除: 快一点", exact: true }).click();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.locator(".scn")).toHaveText("快一点");
});

test("what a file leaves open is no scope: a narrower lever that is set after it holds", () => {
  const open = JSON.parse('{"id":"pace","value":1.1,"region":null,"sector":null,"stage":null,"list":null}') as LeverSetting;
  const read = taken([open]);
  expect(read).toEqual([{ id: "pace", value: 1.1 }]);
  expect(put(read, "pace", { region: "盐池县" }, 0.9, () => 1).map(({ value }) => value)).toEqual([1.1, 0.9]);
});

test("what a scenario's data no longer have is set aside and told, and the rest of it counts", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await slide(page, "pace", 1.05);
  await page.getByLabel("行业范围").selectOption("power");
  await slide(page, "sector_shock", -10);
  await page.getByRole("textbox", { name: "名称" }).fill("旧清单");
  await page.getByRole("textbox", { name: "名称" }).press("Enter");
  // As a list of projects without that sector would leave it.
  await page.evaluate(() => {
    const [key, text] = Object.entries(localStorage).find(([name]) => name.startsWith("landfall.scenarios.")) ?? ["", ""];
    localStorage.setItem(key, String(text).replaceAll('"power"', '"shipbuilding"'));
  });
  await watched.open();
  await ready(page);
  await page.getByRole("button", { name: "使用: 旧清单", exact: true }).click();
  const told = page.locator(".levers .refusal");
  await expect(told).toContainText("未计入");
  await expect(told).toContainText("shipbuilding");
  await expect(page.locator(".levers .set summary")).toContainText("1");
  await expect(page.locator(".scenarios .current .what")).toContainText("未计入");
  await expect(page.locator(".support .moved")).toBeVisible();
  await expect(page.locator("#view .compare")).toBeVisible();
  await expect(page.locator(".failure")).toHaveCount(0);
  // A link holds only what counts, and a bulletin is read without the page: both say so.
  await page.locator(".share").click();
  await expect(page.locator(".notice.ask").first()).toContainText("未计入");
  await page.getByRole("button", { name: "导出", exact: true }).click();
  await page.locator("dialog.export").getByRole("button", { name: "月通报", exact: true }).click();
  const [bulletin] = await Promise.all([page.waitForEvent("download"), page.locator('dialog.export [data-form="md"]').click()]);
  const written = await readFile(await bulletin.path(), "utf8");
  expect(written).toContain("旧清单");
  expect(written).toMatch(/未计入.*shipbuilding/);
  await page.locator("dialog.export").press("Escape");
  await page.getByRole("button", { name: "移去", exact: true }).click();
  await expect(told).toHaveCount(0);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(told).toContainText("shipbuilding");
});

test("beside a part of the plan a scenario's change is points of it, and a ledger that no lever moves says so", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await page.getByRole("button", { name: "项目完成投资" }).click();
  await page.locator(".presets button").nth(1).click();
  const cell = page.locator(".league tbody tr").first().locator(".c-num.g");
  await expect(cell.locator("small")).toHaveText(/^\+\d/);
  const [is, by] = await cell.evaluate((td) => [td.firstChild, td.querySelector("small")].map((part) => parseFloat(part?.textContent ?? "")));
  await page.locator(".presets button").first().click();
  await expect(cell.locator("small")).toHaveCount(0);
  const was = parseFloat((await cell.textContent()) ?? "");
  expect(Math.abs((is ?? 0) - was - (by ?? 0))).toBeLessThan(0.11);

  await page.getByRole("button", { name: "上争资金" }).click();
  await expect(page.getByText("这个台账没有可用的抓手。")).toBeVisible();
  await expect(page.getByRole("button", { name: "抢抓进度" })).toBeDisabled();
});

test("what one lever must be is told beside where it stands now", async ({ page, watched }) => {
  await watched.open();
  await ready(page);
  await slide(page, "pace", 1.02);
  await city(page).getByRole("button", { name: /80%/ }).click();
  const row = page.locator("#view .grid tbody tr").filter({ hasText: "剩余月份进度" });
  await expect(row.locator("td").first()).toHaveText("1.02倍", { timeout: 20_000 });
});
