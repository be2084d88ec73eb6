// What the page and the reader's worker say to each other. Types of the reader itself come from the generated module.
import type { Fault } from "../engine/contract.ts";
import type { ColumnRead, FileRead, Finding, NameRead, ReadOptions, RowRead, SaidOfColumn, SaidOfFile, TableRead, TomlRead } from "./pkg/landfall.js";

export type { ColumnRead, FileRead, Finding, NameRead, ReadOptions, RowRead, SaidOfColumn, SaidOfFile, TableRead, TomlRead };

/** How far a file is: the module comes, the file's tables are found, the figures are checked. */
export type Stage = "loading" | "reading" | "checking";
export const STAGES: readonly Stage[] = ["loading", "reading", "checking"];

/** Every question to the reader, with its arguments and its answer. */
export interface Calls {
  read: { args: { file: Blob; options: ReadOptions }; answer: FileRead };
  toml: { args: { name: string; text: string }; answer: TomlRead };
  spreadsheet: { args: { tidy: string }; answer: string };
}

export type Kind = keyof Calls;
export type Request = { [K in Kind]: { id: number; kind: K; args: Calls[K]["args"] } }[Kind];
export type Response =
  | { [K in Kind]: { id: number; kind: K; answer: Calls[K]["answer"] } }[Kind]
  | { id: number; kind: "stage"; stage: Stage }
  | { id: number; kind: "fault"; fault: Fault; fatal: boolean };
