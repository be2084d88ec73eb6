import { drawn, expect, fan, ready, rows, table, test } from "./fixture.ts";

test("the first view shows verdict, table and chart of the sample", async ({ page, watched }) => {
  await watched.open();
  await expect(rows(page)).toHaveCount(8);
  await expect(rows(page).first()).toHaveAttribute("data-region", "吴忠市");
  await expect(page.locator("h1")).toContainText("全市");
  await expect(page.locator("h1")).toContainText("目标");
  await expect(page.locator(".illus")).toBeVisible();
  await expect(page.locator(".sample")).toHaveText("示意数据");
  expect(await drawn(page)).toBe("吴忠市");
  await expect(fan(page).locator("svg")).toHaveAttribute("aria-label", /.+/);
  // Every region has a light in words, a projected growth and a chance in steps of 5 %.
  for (const row of await rows(page).all()) {
    await expect(row.locator(".state")).toHaveText(/达标|关注|风险/);
    await expect(row.locator(".c-num").nth(0)).toHaveText(/^−?\d+\.\d%$/);
    await expect(row.locator(".c-num").nth(1)).toHaveText(/^([<>]?\d?[05]%)$/);
  }
  const bottom = await page.locator(".cards").evaluate((cards) => cards.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual(768);
  await page.screenshot({ path: "test-results/looks/first-zh-light-1366.png" });
});

test("a region is chosen by mouse", async ({ page, watched }) => {
  await watched.open();
  const before = await fan(page).locator("svg").innerHTML();
  const row = rows(page).nth(2);
  const region = (await row.getAttribute("data-region")) ?? "";
  // Anywhere in the row, not only on the name.
  const box = await row.locator(".c-range").boundingBox();
  if (!box) throw new Error("the row is not drawn");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.locator(`[data-ready="fan"][data-region="${region}"] svg`)).toBeVisible();
  await expect(row.locator(".who")).toHaveAttribute("aria-pressed", "true");
  expect(await fan(page).locator("svg").innerHTML()).not.toBe(before);
  await expect(page.locator("#h-fan")).not.toBeEmpty();
});

test("a region is chosen by keyboard", async ({ page, watched }) => {
  await watched.open();
  await rows(page).first().locator(".who").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const region = (await rows(page).nth(2).getAttribute("data-region")) ?? "";
  await expect(rows(page).nth(2).locator(".who")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator(`[data-ready="fan"][data-region="${region}"] svg`)).toBeVisible();
});

test("the year is replayed month by month", async ({ page, watched }) => {
  await watched.open();
  const month = page.getByLabel("数据截至", { exact: true }).and(page.locator("select"));
  const latest = await month.inputValue();
  const first = await page.locator(".league tbody").innerText();
  await page.getByRole("button", { name: "上一期" }).click();
  await expect(month).not.toHaveValue(latest);
  const earlier = await month.inputValue();
  expect(earlier < latest).toBe(true);
  await expect(page.locator(`[data-ready="table"][data-as-of="${earlier}"]`)).toBeVisible();
  await ready(page);
  expect(await page.locator(".league tbody").innerText()).not.toBe(first);
  await expect(page.locator(".verdict [role=status]")).not.toBeEmpty();
  // The same by keyboard, and back to where it started: the same month gives the same answer.
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(`[data-ready="table"][data-as-of="${latest}"]`)).toBeVisible();
  expect(await page.locator(".league tbody").innerText()).toBe(first);
  // Every month that is offered can be shown.
  for (const value of await month.locator("option").evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value))) {
    await month.selectOption(value);
    await expect(page.locator(`[data-ready="table"][data-as-of="${value}"]`)).toBeVisible();
    await ready(page);
  }
});

test("the language switches, is kept, and can be set by the address", async ({ page, watched }) => {
  await watched.open();
  await page.getByRole("button", { name: "English" }).click();
  await ready(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("h1")).toContainText("target");
  await expect(page.locator("h1")).not.toContainText(/[\u4e00-\u9fff]/);
  await watched.open();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await watched.open("?lang=zh");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("each ledger has its own verdict and chart", async ({ page, watched }) => {
  await watched.open();
  const ledgers = page.getByRole("group", { name: "台账" }).getByRole("button");
  const said = new Set<string>();
  for (const button of await ledgers.all()) {
    await button.click();
    await ready(page);
    await expect(button).toHaveAttribute("aria-pressed", "true");
    said.add(await page.locator("h1").innerText());
    await expect(page.locator("#h-fan")).not.toBeEmpty();
  }
  expect(said.size).toBe(await ledgers.count());
});

for (const lang of ["zh", "en"] as const) {
  test(`the chart is drawn at once in the size that it stays in, ${lang}`, async ({ page, watched }) => {
    await page.addInitScript(() => {
      const seen = new Set<string>();
      Reflect.set(window, "sizes", seen);
      const look = (): void => {
        const size = document.querySelector(".drawing svg")?.getAttribute("viewBox");
        if (size) seen.add(size);
        requestAnimationFrame(look);
      };
      look();
    });
    await watched.open(`?lang=${lang}`);
    await expect(page.locator('[data-ready="levers"]')).toBeVisible();
    expect(await page.evaluate(() => [...(Reflect.get(window, "sizes") as Set<string>)])).toHaveLength(1);
  });
}

test("amounts switch between 亿元 and 万元", async ({ page, watched }) => {
  await watched.open();
  const need = page.locator(".need dd").first();
  const value = async (): Promise<number> => parseFloat((await need.innerText()).replaceAll(",", ""));
  const before = await value();
  await page.getByRole("button", { name: "万元" }).click();
  await expect(need).toContainText("万元");
  expect(Math.abs((await value()) / 1e4 - before)).toBeLessThanOrEqual(0.06);
  // The chart tells what the table beside it tells, and what is read from it.
  const chart = page.locator('[data-ready="fan"] svg');
  await expect(chart).toContainText("累计，万元");
  await expect(chart).not.toContainText("亿元");
  const read = async (unit: string): Promise<{ figure: number; height: string | undefined }> => {
    await expect(chart).toContainText(`累计，${unit}`);
    const reading = page.locator(".reading");
    await reading.press("Home");
    await expect(reading).toHaveAttribute("aria-valuetext", new RegExp(`\\(${unit}\\)`));
    const said = ((await reading.getAttribute("aria-valuetext")) ?? "").replaceAll(",", "");
    return { figure: parseFloat(/: \S+ ([\d.]+)/.exec(said)?.[1] ?? ""), height: /top: [^;]+/.exec((await reading.locator(".at").getAttribute("style")) ?? "")?.[0] };
  };
  const wan = await read("万元");
  await page.getByRole("button", { name: "亿元" }).click();
  const yi = await read("亿元");
  expect(Math.abs(wan.figure / 1e4 - yi.figure)).toBeLessThanOrEqual(0.06);
  // Longer figures on the axis move the months, not the level.
  expect(wan.height).toBe(yi.height);
});

test("the order of the table follows the sort control, the whole first", async ({ page, watched }) => {
  await watched.open();
  await page.locator(".ranking select").selectOption("projection");
  const shown = await rows(page).locator(".c-num.g").allInnerTexts();
  const figures = shown.slice(1).map((text) => parseFloat(text.replace("−", "-")));
  expect(figures).toEqual([...figures].sort((a, b) => b - a));
  await expect(rows(page).first()).toHaveClass(/root/);
});

test("the data tables open and list every region", async ({ page, watched }) => {
  await watched.open();
  await page.locator(".data summary").click();
  await expect.poll(() => page.locator(".sheet.wide tbody tr").count()).toBeGreaterThanOrEqual(8);
  await expect(page.locator(".sheet").first().locator("tbody tr").nth(9)).toBeVisible();
});

test("open tables make no page wider than its window", async ({ page, watched }) => {
  for (const [lang, width] of [["en", 390], ["en", 320], ["zh", 320]] as const) {
    await page.setViewportSize({ width, height: 844 });
    await watched.open(`?lang=${lang}`);
    await page.locator(".data summary").click();
    await expect(page.locator(".sheet.wide")).toBeVisible();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `${lang} ${width}`).toBeLessThanOrEqual(0);
  }
});

test("what the chart draws stands in a table, month by month", async ({ page, watched }) => {
  await watched.open("?lang=en");
  await page.locator(".data summary").click();
  const months = page.locator(".sheet.months tbody tr");
  // January is never published; seven months are known, five expected.
  await expect(months).toHaveCount(11);
  await expect(page.locator(".sheet.months caption")).toContainText("100m CNY");
  await expect(months.locator("th")).toHaveText(["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]);
  const december = await months.last().locator("td").allInnerTexts();
  expect(december[0]).toBe("–");
  const projected = await page.locator(".sheet.wide tbody tr").first().locator("td").nth(3).innerText();
  expect(december[1]).toBe(projected);
  // Both lines end at what is owed.
  expect(december[4]).toBe(december[5]);
  const july = await months.nth(5).locator("td").allInnerTexts();
  expect(july.slice(1, 4)).toEqual(["–", "–", "–"]);
  await page.getByRole("button", { name: "¥10k" }).click();
  expect(parseFloat((await months.nth(5).locator("td").first().innerText()).replaceAll(",", "")) / 1e4).toBeCloseTo(parseFloat(july[0] ?? ""), 1);
});

test("a finished year is told as done, without chances and quantiles", async ({ page, watched }) => {
  await watched.open();
  await page.locator("#asof").selectOption("2023-12");
  await expect(page.locator('[data-ready="table"][data-as-of="2023-12"]')).toBeVisible();
  await ready(page);
  for (const row of await rows(page).all()) await expect(row.locator(".state")).toHaveText(/^(已|未)达标$/);
  await expect(page.locator(".foot .state")).toHaveText(["已达标", "未达标"]);
  await page.locator(".data summary").click();
  await expect(page.locator(".sheet").first().locator("tbody tr")).toHaveCount(2);
});

for (const asOf of ["2023-02", "2023-07", "2023-12"]) {
  for (const lang of ["zh", "en"]) {
    test(`the scale over the bars shows zero, its end and the targets, ${asOf}, ${lang}`, async ({ page, watched }) => {
      await watched.open(`?lang=${lang}`);
      await page.locator("#asof").selectOption(asOf);
      await expect(page.locator(`[data-ready="table"][data-as-of="${asOf}"]`)).toBeVisible();
      const labels = page.locator(".axis span");
      const texts = await labels.allInnerTexts();
      expect(texts).toContain("0");
      expect(texts.some((text) => /^\d+%$/.test(text))).toBe(true);
      expect(texts.some((text) => /10–12%$/.test(text))).toBe(true);
      // None runs into another.
      const boxes = await labels.evaluateAll((spans) => spans.map((span) => span.getBoundingClientRect().toJSON() as DOMRect));
      boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      }));
    });
  }
}

test("between a phone and a desk cards stand below each other, and none covers another", async ({ page, watched }) => {
  // Two cases at many widths, each drawn anew.
  test.slow();
  for (const lang of ["zh", "en"]) {
    for (const width of [1180, 1100, 1001, 1000, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await watched.open(`?lang=${lang}`);
      for (const place of ["wuzhong-2023", "national"]) {
        await page.locator(".place").selectOption(place);
        await ready(page);
        if (place === "national") await page.locator("#asof").selectOption({ index: 7 });
        await expect(page.locator(".plot svg")).toBeVisible();
        const chart = await page.locator(".plot").boundingBox();
        expect(chart?.width, `${lang} ${width} ${place}`).toBeGreaterThanOrEqual(280);
        const card = await page.locator(".card.fan").boundingBox();
        const below = await page.locator('[role="tablist"]').boundingBox();
        if (!card || !below) throw new Error(`${lang} ${width} ${place}: no chart, or no tabs`);
        expect(below.y, `${lang} ${width} ${place}`).toBeGreaterThanOrEqual(card.y + card.height - 1);
        await expect(page.locator(".failure")).toHaveCount(0);
      }
    }
  }
});

test("the other sample opens", async ({ page, watched }) => {
  await watched.open();
  await page.locator(".place").selectOption("national");
  await expect(page.locator(".league tbody tr")).toHaveCount(1);
  await ready(page);
  await expect(page.locator("h1")).toContainText("增长");
  // A finished year: its months stand beside the chart, not seven equal quantiles.
  await expect(page.locator(".support")).toContainText("全年累计");
  await expect(page.locator(".cards .sheet.months tbody tr")).toHaveCount(11);
  await page.getByRole("button", { name: "上一期" }).click();
  await expect(page.locator(".cards .sheet:not(.months) tbody tr")).toHaveCount(10);
});

for (const width of [390, 1366, 1440]) {
  for (const lang of ["zh", "en"]) {
    test(`nothing runs over the edge at ${width} px, ${lang}`, async ({ page, watched }) => {
      await page.setViewportSize({ width, height: width < 500 ? 844 : 768 });
      await watched.open(`?lang=${lang}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over).toBeLessThanOrEqual(0);
      const strip = await page.locator(".strip").evaluate((bar) => bar.getBoundingClientRect().height);
      if (width > 1000) expect(strip).toBeLessThanOrEqual(46);
      // No table is cut off inside its card unless it can be scrolled by keyboard; a ledger of one region shows one.
      await page.locator(".strip > .seg").first().getByRole("button").nth(1).click();
      await ready(page);
      const cut = await page.locator(".sheet:not([tabindex])").evaluateAll((sheets) => sheets.filter((s) => s.scrollWidth > s.clientWidth).length);
      expect(cut).toBe(0);
      await page.locator(".strip > .seg").first().getByRole("button").first().click();
      await ready(page);
      if (width > 1000 && lang === "zh") expect(await page.locator("h1").evaluate((h) => h.getBoundingClientRect().height)).toBeLessThan(40);
      await page.screenshot({ path: `test-results/looks/${lang}-light-${width}.png`, fullPage: width < 500 });
    });
  }
}

test("a worker that dies is started again and the answer still comes", async ({ page }) => {
  let first = true;
  await page.route("**/worker-*.js", async (route) => {
    if (!first) return route.continue();
    first = false;
    await route.fulfill({ contentType: "text/javascript", body: "addEventListener('message', () => { throw new Error('gone'); });" });
  });
  await page.goto("./");
  await ready(page);
  await expect(page.locator(".notice")).toBeVisible();
  await page.locator(".notice button").click();
  await expect(page.locator(".notice")).toHaveCount(0);
});

test("an engine that cannot start is said in words", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("没有算出来");
  await expect(page.getByRole("alert")).toContainText("engine_unavailable");
  await page.screenshot({ path: "test-results/looks/error-zh-1366.png" });
  await page.unroute("**/*.wasm");
  await page.getByRole("button", { name: "重试" }).click();
  await ready(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a browser without WebAssembly gets a plain message", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
  await page.goto("./");
  await expect(page.locator("#unsupported")).toBeVisible();
  await expect(table(page)).toHaveCount(0);
});

for (const [width, height, lang] of [[1366, 768, "zh"], [390, 844, "zh"], [1366, 768, "en"], [390, 844, "en"]] as const) {
  test(`what is already drawn stays in its place at ${width} px, ${lang}`, async ({ page, watched }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      const seen = { shift: 0 };
      Reflect.set(window, "seen", seen);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.route("**/*.wasm", async (route) => {
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    });
    await watched.open(`?lang=${lang}`);
    const shift = await page.evaluate(() => (Reflect.get(window, "seen") as { shift: number }).shift);
    expect(shift).toBeLessThan(0.05);
  });
}
