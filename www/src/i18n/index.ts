import type { Lang } from "../engine/contract.ts";
import { en } from "./en.ts";
import { zh, type Words } from "./zh.ts";

export type { Words };

export const WORDS: Readonly<Record<Lang, Words>> = { zh, en };
