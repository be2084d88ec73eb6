// The report of one ledger, brought into the order and the measure in which it is read.
import type { Ledger, OutlookReport, Spread, UnitReport } from "../engine/contract.ts";

/** Regions are compared by growth, or by the share of the target or of the year's plan that they will reach. */
export type Measure = "growth" | "share";

export type SortKey = "probability" | "projection" | "gap" | "rank" | "name";
export const SORTS: readonly SortKey[] = ["probability", "projection", "gap", "rank", "name"];

const LEDGERS: readonly Ledger[] = ["fai", "works", "attraction", "granted"];

/** The ledger of a name, where there is one. */
export const ledgerFrom = (name: string): Ledger | null => LEDGERS.find((ledger) => ledger === name) ?? null;

/** Five points of the distribution that a bullet shows, as ratios. */
export interface Reach {
  low80: number;
  low50: number;
  median: number;
  high50: number;
  high80: number;
}

/** One region of one ledger as it stands in the league table. */
export interface Standing {
  unit: UnitReport;
  /** The region that holds all the others. */
  root: boolean;
  /** In the league's measure; null when nothing can be projected. */
  reach: Reach | null;
  /** The tick of the target, in the same measure. */
  goal: number | null;
  /** Projection minus target, in the unit of the panel; negative falls short. */
  gapAmount: number | null;
  /** The same in percentage points. */
  gapPoints: number | null;
}

/** Whether a unit's figures are part of another region's, and not added again. */
export const isWithin = ({ additive, parent }: UnitReport): boolean => !additive && parent !== null;

export interface League {
  ledger: Ledger;
  measure: Measure;
  unit: string;
  root: Standing | null;
  /** Regions other than the root, in the report's order. */
  regions: Standing[];
  /** Rows that only carry the difference between the whole and its parts. */
  others: Standing[];
}

export function ledgersOf(report: OutlookReport): Ledger[] {
  return LEDGERS.filter((ledger) => report.units.some((unit) => unit.ledger === ledger));
}

export function league(report: OutlookReport, ledger: Ledger): League | null {
  const units = report.units.filter((unit) => unit.ledger === ledger);
  const first = units[0];
  if (!first) return null;
  const measure = measureOf(units);
  const roots = units.filter((unit) => unit.parent === null && unit.kind !== "unallocated");
  const root = roots.length === 1 ? roots[0] : undefined;
  const standings = units.map((unit) => standing(unit, measure, unit === root));
  return {
    ledger,
    measure,
    unit: (root ?? first).unit,
    root: standings.find((s) => s.root) ?? null,
    regions: standings.filter((s) => !s.root && s.unit.kind !== "unallocated"),
    others: standings.filter((s) => s.unit.kind === "unallocated"),
  };
}

/** Growth, unless no target is one and more regions can be compared by what they complete of it. */
function measureOf(units: UnitReport[]): Measure {
  const targets = units.flatMap((unit) => (unit.target ? [unit.target.kind] : []));
  const grown = units.filter((unit) => unit.growth).length;
  return targets.length === 0 || targets.includes("growth") || grown > targets.length ? "growth" : "share";
}

function standing(unit: UnitReport, measure: Measure, root: boolean): Standing {
  const owed = unit.target?.owed ?? null;
  const scale = measure === "share" && unit.target && owed ? planShare(unit) / owed : null;
  const reach = measure === "growth" ? reachOf(unit.growth, 1) : scale === null ? null : reachOf(unit.year_end, scale);
  const goal = measure === "growth" ? growthGoal(unit) : unit.target ? planShare(unit) : null;
  const gapPoints = !unit.target ? null : reach && goal !== null ? (reach.median - goal) * 100 : unit.gap_pp;
  return { unit, root, reach, goal, gapAmount: owed !== null && unit.year_end ? unit.year_end.quantiles["0.5"] - owed : null, gapPoints };
}

function growthGoal(unit: UnitReport): number | null {
  const { target, year_base: base } = unit;
  if (!target) return null;
  if (target.kind === "growth") return target.value;
  return base && target.owed !== null ? target.owed / base - 1 : null;
}

/** The target as a share: of the year's plan for a completion target, of itself for an amount. */
function planShare(unit: UnitReport): number {
  return unit.target?.kind === "completion" ? unit.target.value : 1;
}

function reachOf(spread: Spread | null, scale: number): Reach | null {
  if (!spread) return null;
  const q = spread.quantiles;
  return {
    low80: q["0.1"] * scale,
    low50: q["0.25"] * scale,
    median: q["0.5"] * scale,
    high50: q["0.75"] * scale,
    high80: q["0.9"] * scale,
  };
}

/** The orders that mean something here: without targets among the regions there are no chances and no gaps. */
export function sortsOf(league: League | null): readonly SortKey[] {
  const owing = league === null || league.regions.some((s) => s.unit.target !== null);
  return owing ? SORTS : SORTS.filter((key) => key !== "probability" && key !== "gap");
}

/**
 * The root first, then the regions by `key`, best first; what has no figure comes last; equal chances, as when
 * the year is known, go by the gap, other ties keep the report's order.
 */
export function sorted(league: League, key: SortKey): Standing[] {
  const figure = (s: Standing): number | null => {
    switch (key) {
      case "probability":
        return s.unit.probability;
      case "projection":
        return s.reach?.median ?? null;
      case "gap":
        return s.gapAmount ?? s.gapPoints;
      case "rank":
        return s.unit.rank === null ? null : -s.unit.rank;
      case "name":
        return null;
    }
  };
  const rows = [...league.regions];
  if (key !== "name") {
    rows.sort((a, b) => {
      const [x, y] = [figure(a), figure(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return y - x || (key === "probability" ? (b.gapPoints ?? 0) - (a.gapPoints ?? 0) : 0);
    });
  }
  return league.root ? [league.root, ...rows] : rows;
}

/** The shared axis of the bullets: ends at multiples of `step`, outliers cut off. */
export interface Axis {
  low: number;
  high: number;
  /** Position of a value in percent of the width, kept inside. */
  at: (value: number) => number;
  goals: { low: number; high: number } | null;
}

export function axis(...leagues: [League, ...League[]]): Axis {
  const [league] = leagues;
  const all = leagues.flatMap((each) => [...(each.root ? [each.root] : []), ...each.regions]);
  const goals = all.flatMap((s) => (s.goal === null ? [] : [s.goal]));
  const lows = all.flatMap((s) => (s.reach ? [s.reach.low80] : []));
  const highs = all.flatMap((s) => (s.reach ? [s.reach.high80] : []));
  const step = league.measure === "growth" ? 0.05 : 0.2;
  const [floor, ceiling] = league.measure === "growth" ? [-0.6, 1.2] : [0, 2];
  const low = Math.max(floor, Math.floor(Math.min(0, ...lows, ...goals) / step) * step);
  const high = Math.min(ceiling, Math.max(low + step, Math.ceil(Math.max(0, ...highs, ...goals) / step) * step));
  return {
    low,
    high,
    at: (value) => (Math.min(high, Math.max(low, value)) - low) / (high - low) * 100,
    goals: goals.length ? { low: Math.min(...goals), high: Math.max(...goals) } : null,
  };
}
