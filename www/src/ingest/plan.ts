// A plan as a form: its year, targets and light rule; everything else in the file stays as it is.
import { parse, stringify, type TomlTable } from "smol-toml";
import type { Ledger } from "../engine/contract.ts";

export type TargetKind = "growth" | "amount" | "completion";
export const KINDS: readonly TargetKind[] = ["growth", "amount", "completion"];
export const RULES = ["probability", "tianjin", "sanya", "yinchuan", "custom"] as const;
export type Rule = (typeof RULES)[number];

export interface PlanTarget {
  region: string;
  ledger: Ledger;
  month: number;
  kind: TargetKind;
  value: number;
  /** What else the plan says of it, such as the amount that a completion is of: true of this kind alone. */
  more?: { kind: TargetKind; says: Record<string, unknown> };
}

export interface PlanForm {
  year: number;
  rule: Rule;
  targets: PlanTarget[];
}

const LEDGERS: readonly Ledger[] = ["fai", "works", "attraction", "granted"];
const known = <T extends string>(all: readonly T[], text: unknown): T | undefined => all.find((one) => one === text);

/** A plan's form; a text where it is no plan that a form can show, with the reason. */
export function formOf(text: string): PlanForm | string {
  let told: TomlTable;
  try {
    told = parse(text);
  } catch (why) {
    return why instanceof Error ? (why.message.split("\n")[0] ?? "") : String(why);
  }
  const light = told["light"];
  const rule = typeof light === "object" && !Array.isArray(light) ? known(RULES, (light as TomlTable)["rule"]) : undefined;
  const list = told["target"];
  const targets = (Array.isArray(list) ? list : []).map((one): PlanTarget | string => {
    const { region, ledger = "fai", month = 12, kind, value, ...says } = one as TomlTable;
    const [book, sort] = [known(LEDGERS, ledger), known(KINDS, kind)];
    if (typeof region !== "string" || !book || !sort || typeof month !== "number" || typeof value !== "number") return JSON.stringify(one);
    return { region, ledger: book, month, kind: sort, value, ...(Object.keys(says).length > 0 ? { more: { kind: sort, says } } : {}) };
  });
  const odd = targets.find((one): one is string => typeof one === "string");
  if (odd !== undefined) return `[[target]] ${odd}`;
  const { year } = told;
  return { year: typeof year === "number" ? year : new Date().getFullYear(), rule: rule ?? "probability", targets: targets as PlanTarget[] };
}

/** The text of a plan with what the form says in it. `before` is the text that it was read from; comments in it are lost. */
export function textOf(form: PlanForm, before: string): string {
  const { light, target: _, year: _y, ...rest } = before.trim() === "" ? ({} as TomlTable) : parse(before);
  const kept = typeof light === "object" && !Array.isArray(light) ? (light as TomlTable) : {};
  // Conditions belong to a rule of one's own.
  const { when, ...plain } = kept;
  const lights = form.rule === "custom" && when !== undefined ? { ...plain, rule: form.rule, when } : { ...plain, rule: form.rule };
  return `${stringify({ year: form.year, ...rest, light: lights, target: form.targets.map(({ more, ...one }) => ({ ...one, ...(more?.kind === one.kind ? more.says : {}) })) })}\n`;
}
