// Names of a planner's own data in a link: not the name but its place in a list, which only who has the data can look up.
import type { LeverSetting, ScopeChoices } from "./contract.ts";

const FORM = /^~(\d{1,6})$/;

/** Whether a text of a link stands for a name of the planner's own data. */
export const isPosition = (text: string): boolean => FORM.test(text);

// The order of a list is the data's own; put in order, it is the same whatever month is asked for.
const ordered = (names: readonly string[]): string[] => [...names].sort();

/** A name as its place among `names`; null where it is none of them. */
export function position(name: string, names: readonly string[]): string | null {
  const at = ordered(names).indexOf(name);
  return at < 0 ? null : `~${at}`;
}

/** The name at a place; null where there is none. A text that is no place is the name itself. */
export function nameAt(text: string, names: readonly string[]): string | null {
  const at = FORM.exec(text)?.[1];
  return at === undefined ? text : (ordered(names)[Number(at)] ?? null);
}

const LISTS = { region: "regions", sector: "sectors", list: "lists" } as const;
type Named = keyof typeof LISTS;
const NAMED = Object.keys(LISTS) as Named[];

/** A setting without any name of the data; null where a name is not one of the data's. Stages are the product's own words. */
export function withPositions(setting: LeverSetting, scopes: ScopeChoices): LeverSetting | null {
  return mapped(setting, (name, key) => position(name, scopes[LISTS[key]]));
}

/** The same with the names again; null where a place is beyond its list. */
export function withNames(setting: LeverSetting, scopes: ScopeChoices): LeverSetting | null {
  return mapped(setting, (text, key) => nameAt(text, scopes[LISTS[key]]));
}

/** Whether any part of a setting stands for a name. */
export const hasPosition = (setting: LeverSetting): boolean => NAMED.some((key) => isPosition(setting[key] ?? ""));

function mapped(setting: LeverSetting, to: (text: string, key: Named) => string | null): LeverSetting | null {
  const out = { ...setting };
  for (const key of NAMED) {
    const text = setting[key];
    if (text === undefined) continue;
    const told = to(text, key);
    if (told === null) return null;
    out[key] = told;
  }
  return out;
}
