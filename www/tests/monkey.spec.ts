// Whatever a hand does in whatever order, seeded so that it can be done again: no error, and no memory that only grows.
// LANDFALL_MONKEY_SECONDS says how long, LANDFALL_MONKEY_SEED which hand.
import { readFileSync } from "node:fs";
import type { CDPSession, Page } from "@playwright/test";
import { drop, use } from "./dropped.ts";
import { expect, ready, rows, test } from "./fixture.ts";
import { held } from "./held.ts";
import { movedBy } from "./moved.ts";

const SECONDS = Number(process.env["LANDFALL_MONKEY_SECONDS"] ?? 120);
const SEED = Number(process.env["LANDFALL_MONKEY_SEED"] ?? 20230807);
/** The part of the time after which caches have filled. */
const WARM = 0.4;
const GROWTH = 1.2;
/** What no deed and no look at the page takes, in seconds: beyond it something hangs. */
const PATIENCE = 45;

/** Mulberry32: small, seeded, good enough for a monkey. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Hand {
  readonly done: string[] = [];
  constructor(readonly page: Page, readonly next: () => number) {}

  pick<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.next() * all.length)];
  }

  /** Clicks one of what is there and can be clicked. */
  async click(selector: string): Promise<void> {
    const all = await this.page.locator(selector).filter({ visible: true }).all();
    // What covers it, or took it away meanwhile, is part of the game.
    await this.pick(all)?.click({ timeout: 800 }).catch(() => undefined);
  }

  /** Chooses another option. */
  async choose(selector: string): Promise<void> {
    const select = this.pick(await this.page.locator(selector).filter({ visible: true }).all());
    const values = await select?.evaluate((one) => [...(one as HTMLSelectElement).options].map(({ value }) => value), undefined, { timeout: 800 }).catch(() => []);
    const value = this.pick(values ?? []);
    if (value !== undefined) await select?.selectOption(value, { timeout: 800 }).catch(() => undefined);
  }

  /** Drags a lever through some places, as fast as it goes. */
  async drag(): Promise<void> {
    const slider = this.pick(await this.page.locator(".lever input[type=range]:enabled").all());
    await slider?.scrollIntoViewIfNeeded({ timeout: 800 }).catch(() => undefined);
    const box = await slider?.boundingBox({ timeout: 800 }).catch(() => null);
    if (!box) return;
    const { mouse } = this.page;
    const at = (): number => box.x + 4 + this.next() * (box.width - 8);
    await mouse.move(at(), box.y + box.height / 2);
    await mouse.down();
    for (let i = 0; i < 8; i += 1) await mouse.move(at(), box.y + box.height / 2);
    await mouse.up();
  }

  async type(): Promise<void> {
    const field = this.pick(await this.page.locator(".lever input[type=number]:enabled").all());
    const value = this.pick(["0", "1", "-3", "2.5", "1e9", "99999", "-0.0001"]) ?? "1";
    await field?.fill(value, { timeout: 800 }).catch(() => undefined);
    await field?.press("Enter", { timeout: 800 }).catch(() => undefined);
  }

  /** A file on its way in; used, or left. */
  async load(): Promise<void> {
    const { page } = this;
    await drop(page, this.pick(["public/landfall-template.xlsx", "../tests/ugly/gb18030-tab.tsv", "../tests/ugly/picture-called.xlsx", "../tests/ugly/region-misspelt.csv"]) ?? "");
    await page.waitForTimeout(this.next() * 3000);
    if (this.next() < 0.6 && (await use(page).getAttribute("aria-disabled", { timeout: 500 }).catch(() => null)) === "false") {
      await use(page).click({ timeout: 800 }).catch(() => undefined);
      await page.waitForTimeout(this.next() * 1500);
    }
    await page.keyboard.press("Escape");
  }
}

type Deed = readonly [name: string, weight: number, act: (hand: Hand) => Promise<void>];

const DEEDS: readonly Deed[] = [
  ["drag", 30, (hand) => hand.drag()],
  ["type", 6, (hand) => hand.type()],
  ["preset", 6, (hand) => hand.click(".presets button:enabled")],
  ["undo", 10, (hand) => hand.page.keyboard.press("Control+z")],
  ["redo", 8, (hand) => hand.page.keyboard.press("Control+Shift+z")],
  ["reset", 2, (hand) => hand.click(".levers .steps button")],
  ["back", 3, (hand) => hand.click(".lever button.back")],
  ["scope", 6, (hand) => hand.choose(".scope select")],
  ["more", 2, (hand) => hand.click(".levers .quiet")],
  ["region", 10, (hand) => hand.click(".league .who")],
  ["seek", 2, (hand) => hand.click(".league .seek")],
  ["language", 4, (hand) => hand.click(".tools .seg button")],
  ["theme", 4, (hand) => hand.click(".tools .icon")],
  ["unit or ledger", 6, (hand) => hand.click(".strip > .seg button")],
  ["month", 5, (hand) => hand.click(".asof .step")],
  ["any month", 2, (hand) => hand.choose("#asof")],
  ["sort", 3, (hand) => hand.choose(".league select")],
  ["tab", 10, (hand) => hand.click('[role="tab"]')],
  ["in the tab", 8, (hand) => hand.click("#view button, #view summary")],
  ["choose in the tab", 3, (hand) => hand.choose("#view select")],
  ["case", 2, (hand) => hand.choose(".place")],
  ["file", 2, (hand) => hand.load()],
  ["plan", 1, async (hand) => {
    await hand.click(".own-plan-open");
    await hand.click("dialog.plan button");
    await hand.choose("dialog.plan select");
    await hand.click("dialog.plan .own-first");
    await hand.page.keyboard.press("Escape");
  }],
  ["amount or growth", 3, (hand) => hand.click(".fan > header .seg button")],
  ["read the chart", 3, (hand) => hand.click(".reading")],
  ["forget", 1, (hand) => hand.click(".own-forget")],
  ["share", 1, (hand) => hand.click(".share")],
  ["notice", 2, (hand) => hand.click(".notice button")],
  ["size", 2, async (hand) => hand.page.setViewportSize(hand.pick([{ width: 1366, height: 768 }, { width: 1920, height: 1080 }, { width: 390, height: 844 }, { width: 1100, height: 700 }]) ?? { width: 1366, height: 768 })],
  ["wait", 4, (hand) => hand.page.waitForTimeout(hand.next() * 600)],
];

interface Rest {
  /** What script and document hold, without compiled code. */
  readonly objects: number;
  readonly code: number;
  /** The page's process with its workers', where that can be asked. */
  readonly process: number | null;
}

/** Moves a lever until the page's own thread answers, which keeps an engine for that: it is held by every rest, or by none. */
async function twinned(page: Page): Promise<void> {
  // A machine whose moves are never brief stays with the worker.
  for (let turn = 0; turn < 40 && (await movedBy(page)) !== "twin"; turn += 1) await page.waitForTimeout(250);
}

/** What the page holds at rest on the sample, without scenarios and with nothing opened, in MB. */
async function rest(page: Page, session: CDPSession): Promise<Rest> {
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.keyboard.press("Escape");
  // Levers that one case opened are closed for another.
  for (const [sample, root] of [["national", "全国"], ["wuzhong-2023", "吴忠市"]] as const) {
    await page.locator(".place").selectOption(sample);
    await expect(rows(page).first()).toHaveAttribute("data-region", root);
    await ready(page);
  }
  await page.locator(".strip > .seg button").first().click();
  await page.locator("details[open]").evaluateAll((all) => all.forEach((one) => one.removeAttribute("open")));
  await page.locator("#tab-scenarios").click();
  await expect(page.locator('[data-ready="levers"]')).toBeVisible();
  await twinned(page);
  // Scenarios are the planner's; a hand that made many of them is no leak. The last one can go unless nothing was ever set in it.
  const gone = page.locator(".scenarios").getByRole("button", { name: /^(删除|Delete): / });
  while ((await gone.count()) > 1) await gone.last().click();
  if ((await gone.getAttribute("aria-disabled")) !== "true") await gone.click();
  await page.waitForTimeout(1000);
  // The process first: a snapshot takes room of its own.
  await session.send("HeapProfiler.collectGarbage");
  const process = await renderer(page);
  return { ...(await held(session)), process };
}

/** What `doing` comes to, or an error that names `what`: a test's own end would not say where it stood. */
async function within<T>(what: () => string, doing: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`hangs for ${PATIENCE} s: ${what()}`)), PATIENCE * 1000);
  });
  return Promise.race([doing, late]).finally(() => clearTimeout(timer));
}

/** Resident memory of the page's process, on Linux. */
async function renderer(page: Page): Promise<number | null> {
  const browser = page.context().browser();
  if (process.platform !== "linux" || !browser) return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo.filter((one) => one.type === "renderer").map(({ id }) => {
    const pages = Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]);
    return (pages * 4096) / 1e6;
  });
  return Math.max(...sizes);
}

test(`a seeded hand finds no fault in ${SECONDS} s, and memory stays flat`, async ({ page, watched }) => {
  test.setTimeout((SECONDS + 150) * 1000);
  page.on("dialog", (dialog) => void dialog.dismiss());
  await watched.open();
  const session = await page.context().newCDPSession(page);
  const hand = new Hand(page, random(SEED));
  const sum = DEEDS.reduce((total, [, weight]) => total + weight, 0);
  // Every deed once: what is loaded when it is first wanted is no leak.
  const last = (): string => `seed ${SEED}, after ${hand.done.length}: ${hand.done.slice(-12).join(", ")}`;
  const act = async ([name, , deed]: Deed): Promise<void> => {
    hand.done.push(name);
    await within(last, deed(hand));
  };
  for (const deed of DEEDS) await act(deed);
  const end = Date.now() + SECONDS * 1000;
  const warm = Date.now() + SECONDS * 1000 * WARM;
  let before: Rest | undefined;
  while (Date.now() < end) {
    let at = hand.next() * sum;
    await act(DEEDS.find(([, weight]) => (at -= weight) < 0) ?? DEEDS[0]!);
    expect(await within(last, page.locator('.failure [class="code"]').allInnerTexts()), last()).toEqual([]);
    if (!before && Date.now() > warm) before = await within(() => `at rest, ${last()}`, rest(page, session));
  }
  const after = await within(() => `at rest, ${last()}`, rest(page, session));
  const told = (name: keyof Rest): string => `${name} ${before?.[name]?.toFixed(1)} → ${after[name]?.toFixed(1)}`;
  console.log(`${hand.done.length} deeds; in MB: ${told("objects")}, ${told("code")}, ${told("process")}`);
  expect(after.objects).toBeLessThan(GROWTH * (before?.objects ?? 0));
  if (after.process !== null && before?.process) expect(after.process).toBeLessThan(GROWTH * before.process);
});
