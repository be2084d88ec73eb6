import type { Lang } from "../engine/contract.ts";
import type { ChartKind } from "../what-if/contract.ts";
import { exportEn } from "./export.en.ts";
import { exportZh } from "./export.zh.ts";

/** Sizes that fit where pictures go. */
export type Size = "slide" | "half" | "square" | "column";

/** What is handed out. */
export type Part = "picture" | "bulletin";

export interface ExportWords {
  title: string;
  part: string;
  parts: Record<Part, string>;
  kind: string;
  kinds: Record<ChartKind, string>;
  size: string;
  sizes: Record<Size, string>;
  theme: string;
  themes: Record<"light" | "dark" | "print", string>;
  copy: string;
  copied: string;
  noCopy: string;
  png: string;
  svg: string;
  data: string;
  dataTip: string;
  drawing: string;
  saved: (name: string) => string;
  failed: (why: string) => string;
  close: string;
}

/** Words of the dialog that hands things out, which come with it. */
export const EXPORT_WORDS: Readonly<Record<Lang, ExportWords>> = { zh: exportZh, en: exportEn };
