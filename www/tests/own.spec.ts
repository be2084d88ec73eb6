// The planner's own data: dropped, pasted or chosen, looked at, used, kept, deleted.
import { readdirSync, readFileSync } from "node:fs";
import { test as bare, type Page } from "@playwright/test";
import axe from "axe-core";
import { dialog, drop, use, used } from "./dropped.ts";
import { expect, ready, rows, test } from "./fixture.ts";

const UGLY = "../tests/ugly/";
const TEMPLATE = "public/landfall-template.xlsx";

async function paste(page: Page, text: string, selector = "body"): Promise<void> {
  await page.locator(selector).evaluate((at, pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    at.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** The panel that the browser keeps. */
const kept = (page: Page): Promise<{ panel: string; plan: string | null } | null> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open("landfall", 1);
        open.onerror = () => reject(open.error ?? new Error("no database"));
        open.onsuccess = () => {
          if (!open.result.objectStoreNames.contains("own")) return resolve(null);
          const asked = open.result.transaction("own").objectStore("own").get("current");
          asked.onsuccess = () => {
            open.result.close();
            resolve((asked.result as { panel: string; plan: string | null } | undefined) ?? null);
          };
        };
      }),
  );

/** The name under which the built page has the reader's module. */
function readerModule(): string {
  const bytes = readFileSync("src/ingest/pkg/landfall_bg.wasm");
  const found = readdirSync("dist/assets").find((name) => name.endsWith(".wasm") && readFileSync(`dist/assets/${name}`).equals(bytes));
  if (!found) throw new Error("the built page has no reader: cargo xtask wasm, npm run build");
  return found;
}

test("from the sample to own data: a workbook is dropped and used, kept over a reload, joined by a month in GB18030, and deleted", async ({ page, watched }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const reader = readerModule();
  await watched.open();
  await expect(page.locator(".strip .sample")).toHaveText("示意数据");
  expect(asked.some((url) => url.includes(reader))).toBe(false);

  await drop(page, TEMPLATE);
  await expect(dialog(page)).toContainText("landfall-template.xlsx");
  await used(page);
  expect(asked.some((url) => url.includes(reader))).toBe(true);
  await expect(page.locator(".place")).toHaveValue("own-1");
  // The figures are the planner's now: nothing on the page calls them the sample's.
  await expect(page.locator(".strip .sample")).toHaveText("仅存本机");
  await expect(page.locator(".illus")).toHaveCount(0);
  await expect(rows(page)).toHaveCount(8);

  await page.reload();
  await ready(page);
  await expect(page.locator(".place option:checked")).toHaveText("自有数据：landfall-template.xlsx");
  const before = (await kept(page))?.panel.split("\n").length ?? 0;

  await drop(page, `${UGLY}gb18030-tab.tsv`);
  await expect(dialog(page).locator('[data-code="encoding_guessed"]')).toBeVisible();
  await expect(dialog(page)).toContainText("新增0行，更新16行");
  await used(page);
  const joined = (await kept(page))?.panel ?? "";
  expect(joined.split("\n").length).toBe(before);
  expect(joined).toMatch(/^盐池县,.*2023,7,46\.47,19(\.0)?,/m);

  // What reading found is still told of the data in use, at the next visit as well.
  await page.reload();
  await ready(page);
  await page.getByRole("tab", { name: "数据表" }).click();
  await expect(page.locator('#view .findings [data-code="encoding_guessed"]')).toContainText("gb18030-tab.tsv");

  await page.getByRole("button", { name: "删除数据" }).click();
  await ready(page);
  await expect(page.locator(".place")).toHaveValue("wuzhong-2023");
  expect(await kept(page)).toBeNull();
  await page.getByRole("button", { name: "撤销删除" }).click();
  await expect(page.locator(".strip .sample")).toHaveText("仅存本机");
  await expect.poll(async () => (await kept(page))?.panel).toBe(joined);

  await page.getByRole("button", { name: "删除数据" }).click();
  await ready(page);
  await expect(page.getByText("自有数据已从本机删除。")).toBeVisible();
  expect(await kept(page)).toBeNull();
  await page.reload();
  await ready(page);
  await expect(page.locator(".place")).toHaveValue("wuzhong-2023");
});

test("another place's file takes the place of the data unless it is told to join, and leaves their plan", async ({ page, watched }) => {
  await watched.open();
  await drop(page, TEMPLATE);
  await used(page);
  await drop(page, "../seeds/national/panel.csv");
  const choice = dialog(page).getByRole("group", { name: "与已有数据的关系" });
  await expect(choice.getByRole("button", { name: "替换已有数据" })).toHaveAttribute("aria-pressed", "true");
  await choice.getByRole("button").first().click();
  await expect(choice.getByRole("button").first()).toHaveAttribute("aria-pressed", "true");
  await choice.getByRole("button", { name: "替换已有数据" }).click();
  await expect(dialog(page).getByLabel("年度计划")).toHaveValue("none");
  await used(page);
  expect((await kept(page))?.panel).not.toContain("盐池县");
});

test("a file that cannot be read says why and what to do, and leaves the outlook alone", async ({ page, watched }) => {
  await watched.open();
  const before = await page.locator(".verdict").innerText();
  for (const [file, code] of [["password-protected.xlsx", "password_protected"], ["picture-called.xlsx", "not_a_table"], ["empty.csv", "empty_file"]] as const) {
    await drop(page, UGLY + file);
    await expect(dialog(page).locator(`[data-code="${code}"] .own-help`)).not.toBeEmpty();
    await expect(use(page)).toHaveAttribute("aria-disabled", "true");
    await expect(dialog(page)).toContainText("当前推算不受影响");
  }
  await use(page).click({ force: true });
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  expect(await page.locator(".verdict").innerText()).toBe(before);
  expect(await kept(page)).toBeNull();
});

test("an ugly workbook shows its table, a finding marks its cell and the cell its finding", async ({ page, watched }) => {
  await watched.open();
  await drop(page, `${UGLY}title-rows-and-merged-header.xlsx`);
  const found = dialog(page).locator(".own-found li:has(button.own-cell)").first();
  const cell = await found.locator("button.own-cell").innerText();
  await found.locator("button.own-cell").click();
  await expect(found).toHaveClass(/marked/);
  await expect(dialog(page).locator("[data-now]")).toHaveCount(1);
  const marked = dialog(page).locator(`td[data-cell="${cell}"]`);
  if (await marked.count()) await expect(marked).toHaveClass(/now/);
});

test("a table copied in WPS is pasted anywhere but into a field", async ({ page, watched }) => {
  await watched.open();
  const text = readFileSync(`${UGLY}pasted-from-wps.tsv`, "utf8");
  await page.evaluate(() => {
    const field = document.createElement("input");
    field.id = "field";
    document.body.append(field);
  });
  await paste(page, text, "#field");
  await paste(page, "one word");
  await expect(dialog(page)).toHaveCount(0);
  await paste(page, text);
  await expect(dialog(page)).toContainText("粘贴的表格.tsv");
  await expect(dialog(page)).toContainText("6行数据，6个地区");
  await expect(dialog(page).locator('[data-code="column_ignored"]')).toBeVisible();
});

test("a wrong guess is changed by its select, and the change is used", async ({ page, watched }) => {
  await watched.open();
  await drop(page, TEMPLATE);
  const growth = dialog(page).getByLabel(/“同比增速/);
  await expect(growth.locator("option:checked")).toHaveText("同比增速（%）");
  await growth.selectOption("ignore");
  await expect(dialog(page).getByText("已指定")).toBeVisible();
  await expect(dialog(page).locator('[data-code="column_ignored"]')).toBeVisible();
  await used(page);
  expect((await kept(page))?.panel.split("\n")[0]).not.toContain("growth");
});

test("a workbook's sheets are chosen, all but the last", async ({ page, watched }) => {
  await watched.open();
  await drop(page, `${UGLY}sheet-a-month.xlsx`);
  const boxes = dialog(page).locator(".own-sheets input");
  await expect(boxes).toHaveCount(6);
  const rows = async (): Promise<number> => Number(/(\d+)行数据/.exec(await dialog(page).innerText())?.[1]);
  const all = await rows();
  for (let i = 1; i < 6; i += 1) await boxes.nth(i).uncheck();
  await expect(boxes.first()).toBeDisabled();
  await expect.poll(rows).toBeLessThan(all);
  await boxes.nth(1).check();
  await expect(boxes.first()).toBeEnabled();
});

test("names that the plan writes otherwise are shown, and can be given to another region", async ({ page, watched }) => {
  await watched.open();
  await drop(page, `${UGLY}region-misspelt.csv`, "../seeds/wuzhong-2023/plan.toml");
  const name = dialog(page).locator(".own-names select").first();
  await expect(name).toBeVisible();
  await name.selectOption("太阳山开发区");
  await expect(name).toHaveValue("太阳山开发区");
  await expect(dialog(page).locator(".own-body")).toHaveAttribute("aria-busy", "false");
});

test("what is saved: the mapping reads the next file, the cleaned table opens in a spreadsheet", async ({ page, watched }) => {
  await watched.open();
  await drop(page, `${UGLY}gb18030-tab.tsv`);
  const [csv] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "下载整理后的表（CSV）" }).click()]);
  const tidy = readFileSync(await csv.path(), "utf8");
  expect(tidy.startsWith("\ufeffregion,year,month")).toBe(true);
  const [toml] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "保存对照" }).click()]);
  const path = await toml.path();
  expect(readFileSync(path, "utf8")).toContain('role = "ytd"');
  await page.keyboard.press("Escape");
  await drop(page, `${UGLY}gb18030-tab.tsv`);
  await dialog(page).locator('input[type="file"]').setInputFiles({ name: "列对照.toml", mimeType: "application/toml", buffer: readFileSync(path) });
  await expect(dialog(page)).toContainText("已套用对照文件 列对照.toml");
  await expect(dialog(page).getByText("已指定").first()).toBeVisible();
});

test("who closes the dialog by keyboard goes on where it was opened", async ({ page, watched }) => {
  await watched.open();
  await page.locator(".own-load").focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.locator(".own-load")).toBeFocused();
});

test("a large file shows how far it is and can be stopped", async ({ page, watched }) => {
  await watched.open();
  await page.evaluate(() => {
    const lines = ["地区,年份,月份,累计（亿元）,同比（%）,备注"];
    for (let i = 0; i < 60_000; i += 1) lines.push(`第${i % 500}县,${2013 + Math.floor(i / 6000)},${(Math.floor(i / 500) % 12) + 1},${i / 7},3.2,一些文字一些文字`);
    const data = new DataTransfer();
    data.items.add(new File([lines.join("\n")], "大表.csv"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect(dialog(page).getByRole("progressbar")).toBeVisible();
  await dialog(page).getByRole("button", { name: "取消" }).click();
  await expect(dialog(page).getByRole("progressbar")).toHaveCount(0);
  await expect(use(page)).toHaveCount(0);
  await dialog(page).getByRole("button", { name: "换一个文件" }).click();
  await expect(dialog(page).getByRole("button", { name: "选择文件" })).toBeVisible();
});

bare("a reader that cannot be loaded says so, and the outlook stays", async ({ page }) => {
  await page.route(`**/${readerModule()}`, (route) => route.abort());
  await page.goto("./");
  await ready(page);
  const before = await page.locator(".verdict").innerText();
  await drop(page, TEMPLATE);
  await expect(dialog(page).getByRole("alert")).toContainText("reader_unavailable");
  await expect(dialog(page).getByRole("alert")).toContainText("当前推算不受影响");
  await page.keyboard.press("Escape");
  expect(await page.locator(".verdict").innerText()).toBe(before);
});

for (const scheme of ["light", "dark"] as const) {
  for (const lang of ["zh", "en"]) {
    test(`axe finds nothing in the dialog, ${scheme}, ${lang}`, async ({ page, watched }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await watched.open(`?lang=${lang}`);
      const look = async (name: string): Promise<void> => {
        for (const [width, height] of [[1440, 900], [390, 844]] as const) {
          await page.setViewportSize({ width, height });
          await page.screenshot({ path: `test-results/looks/own-${name}-${lang}-${scheme}-${width}.png` });
        }
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.evaluate(axe.source);
        const found = await page.evaluate(async () => {
          const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
          return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.failureSummary ?? ""}`).join(" | ")}`);
        });
        expect(found).toEqual([]);
      };
      await page.getByRole("button", { name: /^(导入数据|Load data)$/ }).click();
      await expect(dialog(page)).toBeVisible();
      await look("empty");
      await page.keyboard.press("Escape");
      await drop(page, `${UGLY}region-misspelt.csv`, "../seeds/wuzhong-2023/plan.toml");
      await expect(dialog(page).locator(".own-found li").first()).toBeVisible();
      await dialog(page).locator("button.own-cell").first().click();
      await look("checked");
      await drop(page, `${UGLY}sheet-damaged.xlsx`);
      await expect(dialog(page).locator(".own-found .error").first()).toBeVisible();
      await look("refused");
    });
  }
}
