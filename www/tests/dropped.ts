// Files that come to the page as a person brings them.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, ready } from "./fixture.ts";

export const dialog = (page: Page) => page.getByRole("dialog");
export const use = (page: Page) => dialog(page).getByRole("button", { name: /使用此数据|Use this data/ });

/** Drops files of the repository on the page, as a person does. */
export async function drop(page: Page, ...paths: string[]): Promise<void> {
  const files = paths.map((path) => ({ name: path.split("/").at(-1) ?? path, bytes: [...readFileSync(path)] }));
  await page.evaluate((dropped) => {
    const data = new DataTransfer();
    for (const { name, bytes } of dropped) data.items.add(new File([new Uint8Array(bytes)], name));
    for (const kind of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, files);
}

/** Opens what was read, and waits for its outlook. */
export async function used(page: Page): Promise<void> {
  await expect(use(page)).toHaveAttribute("aria-disabled", "false");
  await use(page).click();
  await expect(dialog(page)).toHaveCount(0);
  await ready(page);
}
