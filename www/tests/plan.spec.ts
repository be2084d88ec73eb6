// The plan of own data, as a form and as text.
import { readFileSync } from "node:fs";
import { expect, ready, rows, test } from "./fixture.ts";
import { dialog, drop, used } from "./dropped.ts";
import { formOf, textOf } from "../src/ingest/plan.ts";


test("a plan's form keeps what it does not show, and what comes out reads the same", () => {
  const text = readFileSync("../seeds/wuzhong-2023/plan.toml", "utf8");
  const form = formOf(text);
  if (typeof form === "string") throw new Error(form);
  expect(form.year).toBe(2023);
  expect(form.targets.length).toBeGreaterThan(8);
  const again = formOf(textOf(form, text));
  expect(again).toEqual(form);
  expect(textOf(form, text)).toContain("金积园区");
  // The amount that a completion is of has no field in the form.
  expect(textOf(form, text)).toMatch(/^of = 360/m);
  expect(formOf("year = ")).toEqual(expect.any(String));
  expect(formOf('[[target]]\nregion = "a"\nkind = "speed"\nvalue = 1')).toContain("speed");
  const custom = 'year = 2023\n[light]\nrule = "custom"\n[[light.when]]\nlight = "red"\nif = "growth < 0"\n';
  const rule = formOf(custom);
  if (typeof rule === "string") throw new Error(rule);
  expect(textOf(rule, custom)).toContain("growth < 0");
  expect(textOf({ ...rule, rule: "sanya" }, custom)).not.toContain("growth < 0");
});

test("targets and the light rule of own data are changed in a form, and a plan that is wrong is refused in the page's language", async ({ page, watched }) => {
  await watched.open();
  await expect(page.getByRole("button", { name: "目标", exact: true })).toHaveCount(0);
  await drop(page, "public/landfall-template.xlsx");
  await used(page);
  await page.locator("#asof").selectOption("2023-07");
  await ready(page);
  // What is said of own data pushes nothing off the screen.
  for (const width of [1440, 1366]) {
    await page.setViewportSize({ width, height: 768 });
    expect(await page.locator(".strip").evaluate((strip) => strip.scrollWidth - strip.clientWidth)).toBe(0);
  }
  const before = await rows(page).filter({ hasText: "盐池县" }).innerText();
  await page.getByRole("button", { name: "目标", exact: true }).click();
  await dialog(page).getByLabel("目标: 盐池县").first().fill("40");
  await dialog(page).getByLabel("评定规则").selectOption("tianjin");
  await page.screenshot({ path: "test-results/looks/plan-form-zh.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  // On a phone no part of a target lies beyond the edge.
  expect(await dialog(page).locator(".plan-rows").evaluate((rows) => rows.scrollWidth - rows.clientWidth)).toBe(0);
  await page.screenshot({ path: "test-results/looks/plan-form-zh-390.png" });
  await page.setViewportSize({ width: 1366, height: 768 });
  await dialog(page).getByRole("button", { name: "采用" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.locator("#asof").selectOption("2023-07");
  await ready(page);
  const after = await rows(page).filter({ hasText: "盐池县" }).innerText();
  expect(after).not.toBe(before);
  await expect(page.locator(".league + .foot")).toContainText("按规划规定的规则评定");

  await page.getByRole("button", { name: "目标", exact: true }).click();
  await dialog(page).getByRole("button", { name: "TOML", exact: true }).click();
  const field = dialog(page).getByRole("textbox", { name: "TOML" });
  const text = await field.inputValue();
  expect(text).toContain('rule = "tianjin"');
  await field.fill(text.replace('rule = "tianjin"', 'rule = "weather"'));
  await dialog(page).getByRole("button", { name: "采用" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(/没有采用：.*[\u4e00-\u9fff]/);
  await field.fill("year = ");
  await dialog(page).getByRole("button", { name: "表单" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("不能显示为表单");
  await page.keyboard.press("Escape");
  await expect(rows(page).filter({ hasText: "盐池县" })).toContainText(after.split("\n")[0] ?? "");
  // What was taken is there again after a reload.
  await page.reload();
  await ready(page);
  await expect(page.locator(".league + .foot")).toContainText("按规划规定的规则评定");
});
