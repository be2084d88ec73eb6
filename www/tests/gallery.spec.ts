// The words of every chart as a browser sets them: none over another, none beyond the picture. `cargo xtask gallery` draws
// the page; LANDFALL_GALLERY says where it is.
import { expect, test } from "@playwright/test";
import { pathToFileURL } from "node:url";

const page_of_charts = process.env["LANDFALL_GALLERY"];

test("no two labels of any chart overlap and none is clipped", async ({ page }) => {
  test.skip(!page_of_charts, "LANDFALL_GALLERY does not name the page that cargo xtask gallery draws");
  test.setTimeout(120_000);
  await page.goto(pathToFileURL(page_of_charts ?? "").href);
  const seen = await page.evaluate(() => {
    const bad: string[] = [];
    const charts = [...document.querySelectorAll<HTMLElement>("figure[data-name]")];
    let words = 0;
    for (const chart of charts) {
      const svg = chart.querySelector("svg");
      if (!svg) continue;
      const around = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll("text")]
        .map((text) => ({ words: text.textContent ?? "", at: text.getBoundingClientRect() }))
        .filter((text) => text.at.width > 0);
      words += texts.length;
      texts.forEach((one, i) => {
        const { at } = one;
        if (at.left < around.left - 0.6 || at.right > around.right + 0.6 || at.top < around.top - 0.6 || at.bottom > around.bottom + 0.6) {
          bad.push(`${chart.dataset["name"]}: “${one.words}” is clipped`);
        }
        for (const other of texts.slice(i + 1)) {
          const wide = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
          const high = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top);
          // A box is as high as a line with its lead; letters touch from a third of it on.
          if (wide > 0.8 && high > 0.34 * Math.min(at.height, other.at.height)) {
            bad.push(`${chart.dataset["name"]}: “${one.words}” over “${other.words}”`);
          }
        }
      });
    }
    return { bad, charts: charts.length, words };
  });
  expect(seen.charts).toBeGreaterThan(300);
  expect(seen.words).toBeGreaterThan(5000);
  expect(seen.bad).toEqual([]);
});
