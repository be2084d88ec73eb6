import type { BulletinForm } from "../brief/contract.ts";
import type { TemplateFault } from "../brief/template.ts";
import type { Fault, Lang } from "../engine/contract.ts";
import { bulletinEn } from "./bulletin.en.ts";
import { bulletinZh } from "./bulletin.zh.ts";

export interface BulletinWords {
  /** Before the month in a file's name. */
  file: string;
  preview: string;
  gathering: string;
  /** Of what it tells: a scenario by name, or the year as it is. */
  scenario: (name: string | null) => string;
  copy: string;
  copied: string;
  noCopy: string;
  as: string;
  forms: Record<BulletinForm, { name: string; hint: string }>;
  by: (template: string) => string;
  writing: (form: string) => string;
  slide: (at: number, all: number) => string;
  cancel: string;
  stopped: (form: string) => string;
  saved: (name: string, size: string) => string;
  refused: (why: string) => string;
  failed: (form: string, fault: Fault) => string;
  templateRefused: (template: string, why: string) => string;
  template: string;
  templateTip: string;
  choose: string;
  another: string;
  without: string;
  places: string;
  placesTip: string;
  templateFaults: Record<TemplateFault, string>;
}

/** Words of the bulletin's export, which come with it. */
export const BULLETIN_WORDS: Readonly<Record<Lang, BulletinWords>> = { zh: bulletinZh, en: bulletinEn };
