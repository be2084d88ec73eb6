// Starting points for a scenario. What each sets shows on the levers, and can be changed there.
import type { LeverReport, LeverSetting, ScopeChoices } from "./contract.ts";

export type PresetId = "usual" | "push" | "delay";

const PRESETS: Readonly<Record<Exclude<PresetId, "usual">, readonly LeverSetting[]>> = {
  // What the plan of the first case asks for: stalled projects got going, approvals halved, starts within two months.
  push: [
    { id: "activate", value: 100, list: "slow" },
    { id: "approvals", value: 50 },
    { id: "start_within", value: 2, list: "planned-starts" },
  ],
  // Starts slip by two months and work stops at the beginning of November.
  delay: [
    { id: "start_shift", value: 2 },
    { id: "winter_stop", value: 11 },
  ],
};

/** A preset as far as the case has its levers; null where it has none of them. */
export function preset(id: PresetId, levers: readonly LeverReport[], scopes: ScopeChoices): LeverSetting[] | null {
  if (id === "usual") return [];
  const had = PRESETS[id].filter((setting) => levers.some((lever) => lever.id === setting.id));
  const settings = had.map(({ list, ...rest }) => (list !== undefined && scopes.lists.includes(list) ? { ...rest, list } : rest));
  return settings.length > 0 ? settings : null;
}
