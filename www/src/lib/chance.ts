// What a table tells of a unit's chance: a figure while the year is open, and whether the target was met once it is over.
import type { UnitReport } from "../engine/contract.ts";
import type { Words } from "../i18n/index.ts";
import { chanceText, NONE } from "./format.ts";

/** Whether a year that is over met its target, in words. */
export function outcome({ probability, through }: UnitReport, words: Words): string | undefined {
  return through === 12 && probability !== null ? (probability >= 0.5 ? words.met : words.unmet) : undefined;
}

export function chanceOf(unit: UnitReport, words: Words): string {
  return unit.probability_shown === null ? NONE : (outcome(unit, words) ?? chanceText(unit.probability_shown));
}
