// The tabs below the first screen that need no lever: need per month, projects, data, method and past years.
import { expect, test } from "./fixture.ts";
import { choices, filtered, inUnit, ordered, read, type Column } from "../src/below/grid.ts";

const column = (at: number, kind: Column["kind"]): Column => ({ at, label: "x", kind, show: (cell) => cell });

test("rows are found by every word, ordered by number or text, and what is empty comes last both ways", async () => {
  const grid = await read('name,total\n"甲,乙路",10\n丙桥,9\n丁厂,\n丙桥二期,-3\n', () => true);
  expect(grid?.head).toEqual(["name", "total"]);
  const rows = grid?.rows ?? [];
  expect([...filtered(rows, "丙 二期", new Map())]).toEqual([3]);
  expect([...filtered(rows, "", new Map([[1, "9"]]))]).toEqual([1]);
  const all = filtered(rows, "", new Map());
  expect([...ordered(rows, all, column(1, "number"), true)]).toEqual([3, 1, 0, 2]);
  expect([...ordered(rows, all, column(1, "number"), false)]).toEqual([0, 1, 3, 2]);
  expect([...ordered([["项目10"], ["项目9"], [""]], Uint32Array.of(0, 1, 2), column(0, "text"), true)]).toEqual([1, 0, 2]);
  expect(choices([["a"], ["b"], ["b"], [""]], 0)).toEqual(["b", "a"]);
  expect(choices([["a"], ["a"]], 0)).toBeNull();
  expect(await read("a\n".repeat(100_000), () => false)).toBeNull();
});

test("projects are shown in the unit that the page shows, each by its own", async () => {
  const grid = await read("id,total,done,unit\np1,3.45,,亿元\np2,120,x,万元\np3,7,1,USD\np4,1,2,\n", () => true);
  if (!grid) throw new Error("not read");
  expect(inUnit(grid, ["total", "done", "plan_year"], "亿元", "万元")).toEqual([["p1", "34500", "", "万元"], ["p2", "120", "x", "万元"], ["p3", "7", "1", "USD"], ["p4", "10000", "20000", "万元"]]);
});

test("a hundred thousand projects are searched, ordered and scrolled with few of them in the page", async ({ page, watched }) => {
  test.setTimeout(60_000);
  await page.route(/\/assets\/pipeline-[^/]*\.csv$/, async (route) => {
    const lines = ["id,name,region,sector,stage,kind,total,plan_year,done,start_planned"];
    for (let i = 0; i < 100_000; i += 1) {
      lines.push(`p${i},第${i}号${i % 7 === 0 ? "光伏" : "道路"}工程,${i % 2 ? "利通区" : "盐池县"},${i % 3 ? "power" : "transport"},preparation,key,${((i * 7919) % 100_000) / 100},1,0,2023-09-15`);
    }
    await route.fulfill({ contentType: "text/csv", body: `${lines.join("\n")}\n` });
  });
  await watched.open();
  await page.locator("#tab-projects").click();
  const told = page.locator(".finder [role=status]");
  await expect(told).toHaveText("共100,000行", { timeout: 20_000 });
  const inPage = page.locator(".long tbody tr:not(.space)");
  expect(await inPage.count()).toBeLessThan(80);
  await page.locator(".long").evaluate((frame) => { frame.scrollTop = frame.scrollHeight; });
  await expect(inPage.last()).toContainText("p99999");
  expect(await inPage.count()).toBeLessThan(80);

  await page.getByRole("searchbox").fill("光伏");
  await expect(told).toHaveText("14,286行，共100,000行");
  const since = Date.now();
  await page.getByRole("button", { name: "总投资" }).click();
  await expect(page.locator(".long th[aria-sort=ascending]")).toHaveText(/总投资/);
  await page.getByRole("button", { name: "总投资" }).click();
  await expect(page.locator(".long th[aria-sort=descending]")).toHaveCount(1);
  expect(Date.now() - since).toBeLessThan(3000);
  await page.locator(".long").evaluate((frame) => { frame.scrollTop = 0; });
  const totals = (): Promise<number[]> =>
    inPage.evaluateAll((all) => all.slice(0, 5).map((row) => Number((row.querySelectorAll("td")[7]?.textContent ?? "").replaceAll(",", ""))));
  // The rows of another place come with the next frame.
  await expect.poll(async () => (await totals())[0]).toBeGreaterThan(990);
  const shown = await totals();
  expect(shown).toEqual([...shown].sort((a, b) => b - a));
  await page.getByLabel("地区", { exact: true }).selectOption("利通区");
  await expect(told).toHaveText("7,143行，共100,000行");
});

test("what remains is the report's, row by row, and the months of the region in view follow", async ({ page, watched }) => {
  await watched.open();
  await page.locator("#tab-need").click();
  const table = page.locator("#view table").first();
  await expect(table.locator("tbody tr")).toHaveCount(8);
  await expect(table.locator("tbody tr").first()).toContainText("吴忠市");
  const [left, month] = await table.locator("tbody tr").first().locator("td").evaluateAll((all) => all.slice(1, 3).map((cell) => Number(cell.textContent)));
  // Five months are left after July.
  expect(Math.abs((left ?? 0) / 5 - (month ?? 0))).toBeLessThan(0.06);
  await page.locator('.league tr[data-region="同心县"] .who').click();
  const ahead = page.locator("#view table").nth(1);
  await expect(ahead.locator("caption")).toContainText("同心县");
  await expect(ahead.locator("tbody tr")).toHaveCount(5);
});

test("the data in use stand as a table, and a finding shows its row", async ({ page, watched }) => {
  await page.route(/\/assets\/panel-[^/]*\.csv$/, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    // Nothing by July, after what there was a year before.
    await route.fulfill({ response, body: body.replace(/^(利通区,吴忠市,fai,2023,7,)[\d.]+/m, (_, head: string) => `${head}0`) });
  });
  await watched.open();
  await page.locator("#tab-data").click();
  await expect(page.locator(".finder [role=status]")).toHaveText(/共2,717行/);
  const finding = page.locator(".findings li").first();
  await expect(finding).toBeVisible();
  await finding.getByRole("button").click();
  await expect(page.locator(".long tr.marked")).toHaveCount(1);
  await expect(page.locator(".long tr.marked")).toContainText("利通区");
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("past years are tested in a worker of their own, with a way to stop; the table, the sentence and the pictures agree", async ({ page, watched }) => {
  test.setTimeout(90_000);
  await watched.open();
  await page.locator("#tab-method").click();
  const run = page.getByRole("button", { name: "检验往年" });
  await run.click();
  await expect(page.locator("#view progress")).toBeVisible();
  await page.locator("#view").getByRole("button", { name: "停止" }).click();
  await expect(page.locator("#view progress")).toHaveCount(0);
  await run.click();
  // A lever answers meanwhile.
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.getByRole("button", { name: "抢抓进度" }).click();
  await expect(page.locator(".support .moved")).toBeVisible();
  await expect(page.locator(".pictures svg")).toHaveCount(3, { timeout: 60_000 });
  const now = page.locator("#view table tr.strong");
  await expect(now).toContainText("7个月");
  const error = await now.locator("td").nth(1).innerText();
  await expect(page.locator(".finding")).toContainText(`误差平均为${error}`);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator(".finding")).toContainText("off by");
  await expect(page.locator(".pictures figcaption").first()).not.toContainText(/[\u4e00-\u9fff]/);
  // Another tab and back: what was found stays.
  await page.locator("#tab-data").click();
  await page.locator("#tab-method").click();
  await expect(page.locator(".pictures svg")).toHaveCount(3);
});
