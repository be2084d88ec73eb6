// The facts of the verdict, found by rule; the languages only put them into words.
import type { Ledger } from "../engine/contract.ts";
import type { League, Standing } from "./league.ts";

/** So many regions are named in a sentence; of more, one fewer and how many others. */
export const NAMED = 4;

export interface Verdict {
  ledger: Ledger;
  /** The year is over: what is said is a result and no projection. */
  settled: boolean;
  /** Regions with a target whose chance is known. */
  judged: number;
  /** Of these, the ones more likely to miss than to reach it, worst first. */
  missing: string[];
  root: Standing | null;
  /** The region whose projection falls shortest of its own target. */
  worst: Standing | null;
}

export function verdict(league: League): Verdict {
  const judged = league.regions.filter((s) => s.unit.target && s.unit.probability !== null);
  const odds = (s: Standing): number => s.unit.probability ?? 1;
  const shortfall = (s: Standing): number => s.gapAmount ?? s.gapPoints ?? 0;
  // Points and amounts are not comparable: the worst is looked for among amounts when there are any.
  const counted = judged.some((s) => s.gapAmount !== null) ? judged.filter((s) => s.gapAmount !== null) : judged;
  const worst = [...counted].sort((a, b) => shortfall(a) - shortfall(b))[0];
  const missing = judged.filter((s) => odds(s) < 0.5).sort((a, b) => odds(a) - odds(b) || shortfall(a) - shortfall(b));
  const lead = league.root ?? judged[0] ?? null;
  return {
    ledger: league.ledger,
    settled: lead?.unit.through === 12,
    judged: judged.length,
    missing: missing.map((s) => s.unit.label),
    root: league.root,
    worst: worst && shortfall(worst) < 0 ? worst : null,
  };
}
