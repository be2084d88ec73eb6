// What the page and the worker of the past say to each other. Types of the engine come from the generated module.
import type { Fault, Lang, Ledger, Source, Theme } from "../engine/contract.ts";
import type { PictureView, Score } from "../engine/what-if/landfall.js";

export type { PictureView, Score };

export const PICTURES = ["error", "cover", "reliability"] as const;
export type PictureKind = (typeof PICTURES)[number];

export interface Look {
  lang: Lang;
  theme: Theme;
  width: number;
  height: number;
}

/** A picture, or why there is none. */
export type Drawn = { picture: PictureView } | { fault: Fault };

/** Every question, with its arguments and its answer. */
export interface Calls {
  run: { args: { source: Source; ledger: Ledger; cuts: number[]; years: number; last: number; lang: Lang }; answer: Score[] };
  draw: { args: Look; answer: Record<PictureKind, Drawn> };
}

export type Kind = keyof Calls;
export type Request = { [K in Kind]: { id: number; kind: K; args: Calls[K]["args"] } }[Kind];
export type Response =
  | { [K in Kind]: { id: number; kind: K; answer: Calls[K]["answer"] } }[Kind]
  | { id: number; kind: "progress"; share: number }
  | { id: number; kind: "fault"; fault: Fault };
