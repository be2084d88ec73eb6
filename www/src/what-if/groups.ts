// How the levers stand in the panel: by type, and the ones that are reached for most before the others.
import type { LeverReport } from "./contract.ts";

export type Group = "projects" | "approvals" | "outside" | "districts" | "attraction";

const GROUPS: readonly Group[] = ["projects", "approvals", "attraction", "outside", "districts"];

const OF: Readonly<Record<string, Group>> = {
  pace: "outside", sector_shock: "outside", winter_stop: "outside", base: "outside", coverage: "outside",
  take_over: "districts", take_over_by_capacity: "districts",
  signing: "attraction", starting: "attraction", funds_pace: "attraction",
};

const FIRST: ReadonlySet<string> = new Set([
  "pace", "start_shift", "activate", "completion_december", "approvals", "sector_shock", "signing", "starting", "funds_pace",
]);

/** What is assumed, not done: no answer to what must be done for a target. */
export const ASSUMED: ReadonlySet<string> = new Set(["base", "coverage"]);

function groupOf(id: string): Group {
  return OF[id] ?? (id.startsWith("approvals") ? "approvals" : "projects");
}

export interface Grouped {
  group: Group;
  levers: LeverReport[];
}

/** The levers by type, in the engine's order; a set one is always among the first. */
export function grouped(levers: readonly LeverReport[], all: boolean, set: ReadonlySet<string>): Grouped[] {
  const shown = levers.filter((lever) => all || FIRST.has(lever.id) || set.has(lever.id));
  return GROUPS.flatMap((group) => {
    const inside = shown.filter((lever) => groupOf(lever.id) === group);
    return inside.length > 0 ? [{ group, levers: inside }] : [];
  });
}
