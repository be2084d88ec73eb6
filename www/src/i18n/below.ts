import type { Lang } from "../engine/contract.ts";
import { belowEn } from "./below.en.ts";
import { belowZh, type BelowWords } from "./below.zh.ts";

export type { BelowWords };

/** Words of the tables below the first screen, which come with them. */
export const BELOW_WORDS: Readonly<Record<Lang, BelowWords>> = { zh: belowZh, en: belowEn };
