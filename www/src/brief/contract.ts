// What the page and the worker that writes bulletins say to each other. Types of the writers come from the generated module.
import type { Fault } from "../engine/contract.ts";
import type { Bulletin, BulletinForm } from "./pkg/landfall.js";

export type { Bulletin, BulletinForm };

/** The forms of a bulletin, the one for the meeting first. */
export const FORMS = ["pptx", "docx", "xlsx", "html", "md"] as const satisfies readonly BulletinForm[];

/** Forms that a template of the reader's own can be for. */
export type TemplateForm = "html" | "md";

export interface Request {
  id: number;
  bulletin: Bulletin;
  form: BulletinForm;
  /** When it is made: seconds since 1970. */
  seconds: number;
  template?: string;
}

export type Response =
  | { id: number; kind: "written"; bytes: Uint8Array<ArrayBuffer> }
  | { id: number; kind: "progress"; done: number; all: number }
  | { id: number; kind: "fault"; fault: Fault; fatal: boolean };
