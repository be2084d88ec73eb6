// What the page and the engine's worker say to each other. Types of the engine itself come from the generated module.
import type {
  DiagnosticReport,
  FanOptions,
  FanView,
  Month,
  OutlookOptions,
  OutlookReport,
  Progress,
  SpreadReport as Spread,
  UnitReport,
} from "./pkg/landfall.js";

export type { DiagnosticReport, FanOptions, FanView, Month, OutlookOptions, OutlookReport, Progress, Spread, UnitReport };

export type Lang = OutlookOptions["lang"];
export type Light = NonNullable<UnitReport["light"]>;
export type Target = NonNullable<UnitReport["target"]>;
export type Milestone = UnitReport["milestones"][number];
export type Ledger = UnitReport["ledger"];
export type Theme = FanOptions["theme"];

/** Where the case comes from: an embedded sample by name, or the tidy form; `pipeline` is the list of projects that goes with it. */
export type Source = { sample: string } | { panel: string; plan?: string; pipeline?: string };

/** What is known once a case is open. */
export interface Opened {
  months: Month[];
  /** Of panel and plan. */
  fingerprint: string;
}

/** Every question the page may ask, with its arguments and its answer. */
export interface Calls {
  /** `lang`: in which a refusal is told. */
  open: { args: { source: Source; lang: Lang }; answer: Opened };
  outlook: { args: { options: OutlookOptions }; answer: OutlookReport };
  /** What was found while the case was loaded. */
  findings: { args: { lang: Lang }; answer: DiagnosticReport[] };
  fan: { args: { region: string; ledger: Ledger; options: FanOptions }; answer: FanView };
  /** The same for paper, which takes nothing from the screen's. */
  paper: { args: { region: string; ledger: Ledger; options: FanOptions }; answer: FanView };
}

export type Kind = keyof Calls;

/** An error as the engine states it: a stable code and a sentence. */
export interface Fault {
  code: string;
  text: string;
}

export type Request = { [K in Kind]: { id: number; kind: K; args: Calls[K]["args"] } }[Kind];

/** The answer to an earlier question is no longer wanted. */
export interface Cancel {
  id: number;
  kind: "cancel";
}

/** The code of the fault that a cancelled question is answered with. */
export const CANCELLED = "cancelled";

export type Response =
  | { [K in Kind]: { id: number; kind: K; answer: Calls[K]["answer"] } }[Kind]
  | { id: number; kind: "progress"; progress: Progress }
  | { id: number; kind: "fault"; fault: Fault; fatal: boolean };

/** Splits `code: text`, the form in which every export of the engine throws. */
export function faultOf(thrown: unknown): Fault {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const parts = /^([a-z][a-z0-9_.-]*):\s+([\s\S]+)$/.exec(said);
  return parts ? { code: parts[1] ?? "unknown", text: parts[2] ?? said } : { code: "unknown", text: said };
}
