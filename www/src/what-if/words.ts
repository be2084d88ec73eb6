// A setting in words, and a lever's numbers as they are read.
import type { Words } from "../i18n/index.ts";
import { fixed } from "../lib/format.ts";
import type { LeverReport, LeverSetting, ScopeChoices } from "./contract.ts";
import type { Settings } from "./settings.ts";

/** A lever's number with the decimals it has, two at most. */
export function numberText(value: number): string {
  const places = (String(Number(value.toFixed(2))).split(".")[1] ?? "").length;
  return fixed(value, places);
}

/** A value with its unit: "2个月", "1.1×". `amounts` is the unit of the panel. */
export function valueText(lever: LeverReport, value: number, words: Words, amounts: string): string {
  return words.whatIf.value(numberText(value), lever.unit, amounts);
}

export interface Names {
  words: Words;
  levers: readonly LeverReport[];
  scopes: ScopeChoices | null;
  /** The unit of the panel. */
  amounts: string;
  label: (region: string) => string;
}

/** The name to show of a sector or a list. */
export function scopeName(scopes: ScopeChoices | null | undefined, id: string): string {
  return scopes?.names.find(([of]) => of === id)?.[1] ?? id;
}

/** To what a setting is narrowed, part by part. */
export function scopeText(setting: Omit<LeverSetting, "id" | "value">, { scopes, label }: Names): string[] {
  const stage = scopes?.stages.find(([id]) => id === setting.stage)?.[1] ?? setting.stage;
  return [
    setting.region === undefined ? undefined : label(setting.region),
    setting.sector === undefined ? undefined : scopeName(scopes, setting.sector),
    stage,
    setting.list === undefined ? undefined : scopeName(scopes, setting.list),
  ].filter((part): part is string => part !== undefined);
}

/** "剩余月份进度 1.1×（盐池县）". */
export function settingText(setting: LeverSetting, names: Names): string {
  const lever = names.levers.find((l) => l.id === setting.id);
  const value = lever ? valueText(lever, setting.value, names.words, names.amounts) : String(setting.value);
  return `${lever?.label ?? setting.id} ${value}${names.words.whatIf.where(scopeText(setting, names))}`;
}

/** Settings one after another. */
export function settingsText(settings: Settings, names: Names): string {
  return names.words.whatIf.list(settings.map((setting) => settingText(setting, names)));
}

/** What of a scenario is not counted; undefined where all is. */
export function asideText(settings: Settings, names: Names): string | undefined {
  return settings.length === 0 ? undefined : names.words.whatIf.aside(settingsText(settings, names));
}
