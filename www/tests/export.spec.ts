// Pictures for a slide: every kind is seen, copied as PNG, saved as PNG, SVG and data, and what cannot be drawn is said.
import axe from "axe-core";
import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";

const open = async (page: Page, button: string): Promise<void> => {
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.getByRole("button", { name: button, exact: true }).click();
  await expect(page.locator("dialog.export [data-drawn]")).toBeVisible();
};

const saved = async (page: Page, button: string): Promise<{ name: string; bytes: Buffer }> => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  const file: Download = download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
};

for (const [lang, button, theme] of [["zh", "导出", "light"], ["en", "Export", "dark"]] as const) {
  test(`every kind is drawn, and nothing is wrong for who cannot see it, ${lang}`, async ({ page, watched }) => {
    test.setTimeout(90_000);
    await page.emulateMedia({ colorScheme: theme });
    await watched.open(`?lang=${lang}`);
    await open(page, button);
    const kind = page.locator("dialog.export select").first();
    const kinds = await kind.locator("option").evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
    expect(kinds).toContain("scurve");
    expect(kinds).not.toContain("waterfall");
    for (const name of kinds) {
      await kind.selectOption(name);
      const asked = name === "scurve" || name === "funnel";
      // Of a ledger without a plan for the year, or of another, it is said why not.
      const answer = asked ? page.locator("dialog.export [data-drawn], dialog.export [role=alert]") : page.locator(`dialog.export [data-drawn="${name}"]`);
      await expect(answer.first()).toBeVisible();
      await page.locator("dialog.export").screenshot({ path: `test-results/looks/export-${lang}-${name}.png` });
    }
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run("dialog.export");
      return violations.map((v) => v.id);
    });
    expect(found).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.locator("dialog.export")).toHaveCount(0);
  });
}

test("a picture is saved as PNG, SVG and data, and copied", async ({ page, watched, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await watched.open("?lang=zh");
  await open(page, "导出");
  await page.locator("dialog.export select").first().selectOption("ranking");
  await expect(page.locator('dialog.export [data-drawn="ranking"]')).toBeVisible();
  const png = await saved(page, "PNG");
  expect(png.name).toBe("各区排名-2023-07.png");
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2560, 1440]);
  const svg = (await saved(page, "SVG")).bytes.toString("utf8");
  expect(svg).toContain("吴忠市");
  const spec = JSON.parse((await saved(page, "图的数据")).bytes.toString("utf8")) as { kind: string; title: string };
  expect(spec.kind).toBe("ranking");
  expect(svg).toContain(spec.title);
  await page.getByRole("button", { name: "复制图片" }).click();
  await expect(page.locator(".export-said")).toHaveText("图片已复制，可直接粘贴到幻灯片。", { timeout: 20_000 });
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => [...item.types]));
  expect(types).toEqual(["image/png"]);
});

test("under a scenario the waterfall is there, and pictures tell of both", async ({ page, watched }) => {
  await watched.open("?lang=zh");
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await page.locator('[data-lever="pace"] input[type=number]').fill("1.1");
  await page.locator('[data-lever="pace"] input[type=number]').press("Enter");
  await expect(page.locator(".support .moved")).toBeVisible();
  await open(page, "导出");
  const kind = page.locator("dialog.export select").first();
  await kind.selectOption("waterfall");
  await expect(page.locator('dialog.export [data-drawn="waterfall"]')).toContainText("照常");
  await kind.selectOption("ranking");
  await expect(page.locator('dialog.export [data-drawn="ranking"]')).toContainText("细灰线为照常");
});
