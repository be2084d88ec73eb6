import type { Lang } from "../engine/contract.ts";
import { ownEn } from "./own.en.ts";
import { ownZh, type OwnWords } from "./own.zh.ts";

export type { OwnWords };

/** Words of own data, apart from the page's others: most come with the dialog. */
export const OWN_WORDS: Readonly<Record<Lang, OwnWords>> = { zh: ownZh, en: ownEn };
