// A move of the pace's slider, and who answered it.
import type { Page } from "@playwright/test";

/** Moves the pace to the one of two values where it is not; says whether the worker or the page's own thread answered. */
export function movedBy(page: Page): Promise<string> {
  return page.evaluate(() => new Promise((resolve) => {
    addEventListener("landfall:moved", (event) => resolve((event as CustomEvent<{ by: string }>).detail.by), { once: true });
    const input = document.querySelector<HTMLInputElement>('[data-lever="pace"] input[type=range]');
    if (!input) return resolve("no lever");
    input.value = input.value === "1.02" ? "1.03" : "1.02";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }));
}
