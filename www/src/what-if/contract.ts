// What the page and the worker of scenarios say to each other. Types of the engine come from the generated module.
import type {
  BarReport,
  BulletinData,
  BulletinOptions,
  ChartOptions,
  ChangeReport,
  Drawing,
  DrawOptions,
  LeastReport,
  LeverReport,
  LeverSetting,
  ScenarioFile,
  ScenarioOptions,
  ScenarioReport,
  ScenarioUnit,
  ScopeChoices,
  SeekReport,
  WhatIf,
} from "../engine/what-if/landfall.js";
import type { Fault, Ledger, Source } from "../engine/contract.ts";
import type { Image } from "./image.ts";

/** Kinds of chart that the engine draws of a case. */
export const CHART_KINDS = [
  "fan", "growth-fan", "ranking", "bullet", "multiples", "need", "scurve", "funnel", "tiles", "waterfall", "tornado",
] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export type {
  BarReport,
  BulletinData,
  BulletinOptions,
  ChangeReport,
  Drawing,
  DrawOptions,
  ChartOptions,
  LeastReport,
  LeverReport,
  LeverSetting,
  ScenarioFile,
  ScenarioOptions,
  ScenarioReport,
  ScenarioUnit,
  ScopeChoices,
  SeekReport,
  WhatIf,
};

/** What is known once a case is open for scenarios. */
export interface Prepared {
  levers: LeverReport[];
  scopes: ScopeChoices;
  /** Of the list of projects; empty where the case has none. */
  projects: string;
  version: string;
}

/** What a lever must be, with its chance as the light's rule shows it. */
export interface Sought {
  report: SeekReport;
  shown: number | null;
}

/** The least to do, with the chances of its units before and after as the lights' rules show them. */
export interface Least {
  report: LeastReport;
  shown: { before: number | null; after: number | null; all: number | null }[];
}

/** Every question, with its arguments and its answer. */
export interface Calls {
  open: { args: { source: Source; options: ScenarioOptions }; answer: Prepared };
  move: { args: { ledger: Ledger; chart?: ChartOptions; options: ScenarioOptions }; answer: WhatIf };
  /** The engine as it stands, for a twin on the page's thread; null where it is too large for one. */
  image: { args: Record<string, never>; answer: Image | null };
  share: { args: { options: ScenarioOptions }; answer: ScenarioReport };
  compare: { args: { ledger: Ledger; all: ScenarioOptions[] }; answer: WhatIf[] };
  tornado: { args: { region: string; ledger: Ledger; options: ScenarioOptions }; answer: BarReport[] };
  seek: { args: { levers: LeverSetting[]; region: string; ledger: Ledger; chance: number; options: ScenarioOptions }; answer: Sought[] };
  least: { args: { region?: string; ledger: Ledger; chance: number; options: ScenarioOptions }; answer: Least };
  draw: { args: { kind: ChartKind; ledger: Ledger; wanted: DrawOptions; options: ScenarioOptions }; answer: Drawing };
  /** The same for the dialog that hands pictures out, so that neither waits for the other's. */
  picture: { args: { kind: ChartKind; ledger: Ledger; wanted: DrawOptions; options: ScenarioOptions }; answer: Drawing };
  /** The month's bulletin as data, for the module that writes it down. */
  bulletin: { args: { options: BulletinOptions }; answer: BulletinData };
  /** Refused where the levers are; the answer says nothing. */
  check: { args: { ledger: Ledger; options: ScenarioOptions }; answer: null };
  read: { args: { text: string; lang: string }; answer: ScenarioFile };
  write: { args: { options: ScenarioOptions }; answer: string };
}

export type Kind = keyof Calls;

export type Request = { [K in Kind]: { id: number; kind: K; args: Calls[K]["args"] } }[Kind];

/** The answer to an earlier question is no longer wanted. */
export interface Cancel {
  id: number;
  kind: "cancel";
}

export type Response =
  | { [K in Kind]: { id: number; kind: K; answer: Calls[K]["answer"]; took: number } }[Kind]
  | { id: number; kind: "progress"; share: number }
  | { id: number; kind: "fault"; fault: Fault; fatal: boolean };
