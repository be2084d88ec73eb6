// The levers that are set, as a list that is never changed in place.
import type { LeverReport, LeverSetting, Prepared } from "./contract.ts";

export type Settings = readonly LeverSetting[];

/** Settings as they come from a file or from storage: what is not narrowed may say null there, and says nothing here. */
export function taken(settings: readonly LeverSetting[]): LeverSetting[] {
  return settings.map((setting) => {
    const scope = KEYS.flatMap((key) => (typeof setting[key] === "string" ? [[key, setting[key]]] : []));
    return { id: setting.id, value: setting.value, ...Object.fromEntries(scope) };
  });
}

/** To what a lever is narrowed. */
export type Scope = Omit<LeverSetting, "id" | "value">;

const KEYS = ["region", "sector", "stage", "list"] as const;

/** The part of a scope that a lever takes; null where it cannot be narrowed like that. */
export function scopeFor(lever: LeverReport, scope: Scope): Scope | null {
  const { region, sector, stage } = lever.narrows;
  if ((scope.region !== undefined && !region) || (scope.sector !== undefined && !sector)) return null;
  return (scope.stage !== undefined || scope.list !== undefined) && !stage ? null : scope;
}

/** Whether the data have the lever, its value is possible, and they know what it is narrowed to. */
export function fits({ id, value, ...scope }: LeverSetting, { levers, scopes }: Pick<Prepared, "levers" | "scopes">): boolean {
  const lever = levers.find((one) => one.id === id);
  return lever !== undefined && value >= lever.min && value <= lever.max && scopeFor(lever, scope) !== null && knows(scopes, scope);
}

/** Whether the data have what a scope names. */
export function knows({ regions, sectors, lists, stages }: Prepared["scopes"], scope: Scope): boolean {
  const known = (name: string | undefined, all: readonly string[]): boolean => name === undefined || all.includes(name);
  return known(scope.region, regions) && known(scope.sector, sectors) && known(scope.list, lists) && known(scope.stage, stages.map(([stage]) => stage));
}

/** Names a lever in a scope. */
export function keyOf(setting: Scope & { id: string }): string {
  return [setting.id, ...KEYS.map((key) => setting[key] ?? "")].join("\u0000");
}

export function find(settings: Settings, id: string, scope: Scope): LeverSetting | undefined {
  const key = keyOf({ id, ...scope });
  return settings.find((setting) => keyOf(setting) === key);
}

/** Wider scopes first: of two that meet a project the engine takes the later one. */
function breadth(setting: LeverSetting, depth: (region: string) => number): number {
  const narrowed = KEYS.filter((key) => key !== "region" && setting[key] !== undefined).length;
  return narrowed + (setting.region === undefined ? 0 : 1 + depth(setting.region));
}

/** With a lever set in a scope, or taken out by `null`. */
export function put(
  settings: Settings,
  id: string,
  scope: Scope,
  value: number | null,
  depth: (region: string) => number,
): LeverSetting[] {
  const key = keyOf({ id, ...scope });
  const at = settings.findIndex((setting) => keyOf(setting) === key);
  if (value === null) return settings.filter((_, i) => i !== at);
  const next = { id, value, ...scope };
  if (at >= 0) return settings.map((setting, i) => (i === at ? next : setting));
  const wider = (other: LeverSetting): boolean => other.id !== id || breadth(other, depth) <= breadth(next, depth);
  const before = settings.findIndex((other) => !wider(other));
  return before < 0 ? [...settings, next] : [...settings.slice(0, before), next, ...settings.slice(before)];
}

export function same(a: Settings, b: Settings): boolean {
  return a.length === b.length && a.every((x, i) => {
    const y = b[i];
    return y !== undefined && keyOf(x) === keyOf(y) && x.value === y.value;
  });
}

/** Whether a lever stands where things are, as far as its slider can tell. */
export function isDefault(lever: LeverReport, value: number): boolean {
  return Math.abs(value - lever.default) < lever.step / 2;
}
