// What the page and the worker of scenarios say to each other. Types of the engine come from the generated module.
import type {
  BarReport,
  ChartOptions,
  ChangeReport,
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

export type {
  BarReport,
  ChangeReport,
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

/** Every question, with its arguments and its answer. */
export interface Calls {
  open: { args: { source: Source; options: ScenarioOptions }; answer: Prepared };
  move: { args: { ledger: Ledger; chart?: ChartOptions; options: ScenarioOptions }; answer: WhatIf };
  share: { args: { options: ScenarioOptions }; answer: ScenarioReport };
  compare: { args: { all: ScenarioOptions[] }; answer: ScenarioReport[] };
  tornado: { args: { region: string; ledger: Ledger; options: ScenarioOptions }; answer: BarReport[] };
  seek: { args: { levers: LeverSetting[]; region: string; ledger: Ledger; chance: number; options: ScenarioOptions }; answer: SeekReport[] };
  least: { args: { region?: string; chance: number; options: ScenarioOptions }; answer: LeastReport };
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
