// What a scenario changes of the whole, in a sentence: by how much, its chance, and the largest cause.
import type { Desk } from "../desk.svelte.ts";
import { signed, signedInWords } from "../lib/format.ts";
import type { Sentence } from "../lib/say.ts";
import { settingText } from "./words.ts";

/** None while no lever is set. */
export function changed(desk: Desk): Sentence | null {
  const root = desk.league?.root ?? desk.chosen;
  const change = root ? desk.changeOf(root.unit.region) : null;
  if (!root || !change) return null;
  const before = desk.usualOf(root.unit.region);
  const { unit } = root.unit;
  const money = change.total === null ? null : signedInWords(change.total, unit, desk.unit, desk.lang);
  const points = change.median_pp === null || desk.league?.measure !== "growth" ? null : desk.words.points(change.median_pp);
  const by = (points === null ? change.total : change.median_pp) ?? 0;
  const level = (points === null ? money : signed(change.median_pp ?? 0, 1))?.startsWith("±") ?? true;
  // What is owed as growth is another amount on another base.
  const owed = change.total === null || change.gap_total === null ? "" : signedInWords(change.total - change.gap_total, unit, desk.unit, desk.lang);
  return desk.words.whatIf.change(points, money, owed.startsWith("±") ? "" : owed, level ? null : by > 0, before?.unit.probability_shown ?? null, root.unit.probability_shown, cause(desk, root.unit.region, unit));
}

/** The lever with the largest share of the effect, said with it; none while that is not known. */
function cause(desk: Desk, region: string, unit: string): { text: string; effect: string } | null {
  const { planner } = desk;
  const shares = planner.unitIn(planner.shares, region)?.by_lever ?? [];
  const size = (i: number): number => Math.abs(shares[i]?.shapley_pp || shares[i]?.shapley_total || 0);
  const most = shares.reduce((best, _, i) => (size(i) > size(best) ? i : best), 0);
  const [share, setting] = [shares[most], planner.settings[most]];
  if (!share || !setting || size(most) === 0) return null;
  const known = desk.changeOf(region)?.total !== null;
  const effect = known ? signedInWords(share.shapley_total, unit, desk.unit, desk.lang) : `${signed(share.shapley_pp, 1)} ${desk.words.pp}`;
  return { text: settingText(setting, desk.names), effect };
}
