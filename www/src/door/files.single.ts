// What the page and its workers load, where everything is in one file: from blocks of the page, which hands a worker its own
// with the first message. Compressed; fflate unpacks where the browser cannot yet (Firefox before 113).
import { gunzipSync } from "fflate";
import { idOf, type Handed } from "./handed.ts";
import type { Seed } from "./names.ts";

const isPage = typeof document !== "undefined";

const handed = new Promise<Handed>((resolve) => {
  if (isPage) return;
  self.addEventListener("message", (event: MessageEvent<Handed | { kind: unknown }>) => {
    if (event.data.kind !== "handed") return;
    // Nobody else has to know of it.
    event.stopImmediatePropagation();
    resolve(event.data as Handed);
  });
});

function unpack(block: string): Uint8Array<ArrayBuffer> {
  const packed = atob(block);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
  return new Uint8Array(gunzipSync(bytes));
}

const blockOf = (name: string): string => document.getElementById(idOf(name))?.textContent ?? "";

/** A sample's file. */
export async function fileText(name: Seed): Promise<string> {
  const block = isPage ? blockOf("seeds") : (await handed).seeds;
  const files = JSON.parse(new TextDecoder().decode(unpack(block))) as Record<Seed, string>;
  return files[name];
}

/** What a module is started with: its bytes. */
export async function moduleInput(): Promise<{ module_or_path: Uint8Array<ArrayBuffer> } | undefined> {
  return { module_or_path: unpack((await handed).module) };
}

let workbook: string | undefined;

/** Where the template workbook is: made when it is asked for, and kept. */
export function template(): string {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  workbook ??= URL.createObjectURL(new Blob([unpack(blockOf("template"))], { type }));
  return workbook;
}
