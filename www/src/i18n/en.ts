import type { Fault, Ledger, Light, Month } from "../engine/contract.ts";
import { amountInWords, chance, goal, growth, owedInWords, range } from "../lib/format.ts";
import type { Measure, SortKey, Standing } from "../lib/league.ts";
import { bad, joined, say, strong, type Sentence } from "../lib/say.ts";
import { whatIf } from "./what-if.en.ts";
import { NAMED, type Verdict } from "../lib/verdict.ts";
import type { Words } from "./zh.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const LONG: Record<Ledger, string> = {
  fai: "fixed-asset investment",
  works: "investment completed by key projects",
  attraction: "attracted funds in place",
  granted: "funds won from higher levels",
};
const UNITS: Record<string, string> = { 亿元: "100m CNY", 万元: "10k CNY", 元: "CNY" };
const UNITS_LONG: Record<string, string> = { 亿元: "100 million CNY", 万元: "10 thousand CNY", 元: "CNY" };
const name = (month: number): string => MONTHS[month - 1] ?? String(month);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function points(value: number): string {
  return `${Math.abs(value).toFixed(1)} pp`;
}

function short(s: Standing, unit: string): string {
  if (s.gapAmount !== null) return amountInWords(Math.abs(s.gapAmount), s.unit.unit, unit, "en");
  return s.gapPoints === null ? "" : points(s.gapPoints);
}

function odds(shown: number): Sentence {
  const { percent, edge } = chance(shown);
  const about = edge === "below" ? "less than a" : edge === "above" ? "more than a" : percent === 80 || percent === 85 ? "about an" : "about a";
  return say`${about} ${strong(`${percent}%`)} chance of reaching the target`;
}

function missed(v: Verdict): Sentence {
  if (v.judged === 0) return [];
  const m = v.missing.length;
  const one = v.judged === 1;
  const [fail, pass] = v.settled ? ["missed", "reached"] : ["will probably miss", "will probably reach"];
  if (m === 0) return say`${strong(one ? "The one region" : `All ${v.judged} regions`)} ${pass} ${one ? "its" : "their"} target. `;
  const shown = m > NAMED ? NAMED - 1 : m;
  const named = joined(v.missing.slice(0, shown).map(bad), ", ");
  const more = m > shown ? ` and ${m - shown} more` : "";
  const count = m === v.judged ? say`${strong(one ? "The one region" : `All ${m} regions`)}` : say`${strong(m)} of ${v.judged} regions`;
  return say`${count} ${fail} ${m === 1 ? "its" : "their"} target: ${named}${more}. `;
}

function rootSays(v: Verdict, measure: Measure, unit: string): Sentence {
  const root = v.root;
  if (!root) return [];
  const { target, year_end: end } = root.unit;
  const place = root.unit.label;
  const total = end ? amountInWords(end.quantiles["0.5"], root.unit.unit, unit, "en") : null;
  // FAI is the ledger one speaks of when none is named.
  const subject = v.ledger === "fai" ? place : `${place}: ${LONG[v.ledger]}`;
  const is = v.ledger === "fai" ? " is" : "";
  let head: Sentence;
  if (measure === "growth" && root.reach && target?.kind !== "amount") {
    const by = growth(root.reach.median);
    const value = strong(by.replace("−", ""));
    const [did, does] = by.startsWith("−") ? ["fell", "fall"] : ["grew", "grow"];
    head = v.settled ? say`${subject} ${did} ${value}` : say`${subject}${is} projected to ${does} ${value}`;
  } else if (target?.kind === "completion" && root.reach) {
    const value = strong(growth(root.reach.median));
    head = v.settled ? say`${place} completed ${value} of the annual plan` : say`${place} is projected to complete ${value} of the annual plan`;
  } else if (total) {
    head = v.settled ? say`${subject} reached ${strong(total)}` : say`${subject}${is} projected to reach ${strong(total)}`;
  } else return say`The data of ${place} do not yet allow a projection of the year.`;
  const gap = root.gapAmount ?? root.gapPoints;
  if (!target || gap === null) return say`${head}.`;
  const owed = target.kind === "amount" ? owedInWords(target.value, root.unit.unit, unit, "en") : goal(target.value);
  return gap < 0
    ? say`${head}, ${strong(short(root, unit))} short of its ${owed} target.`
    : say`${head}, ${strong(short(root, unit))} above its ${owed} target.`;
}

function span(s: Standing, measure: Measure, unit: string): string {
  if (s.reach && (s.unit.target ? s.unit.target.kind !== "amount" : measure === "growth")) {
    return range(growth(s.reach.low80), growth(s.reach.high80), "en");
  }
  const q = s.unit.year_end?.quantiles;
  if (!q) return "";
  const [low = "", high = ""] = [q["0.1"], q["0.9"]].map((value) => amountInWords(value, s.unit.unit, unit, "en"));
  // The scale is said once where both have the same.
  const [figure, scale] = [low.slice(0, low.indexOf(" ")), low.slice(low.indexOf(" "))];
  return high.endsWith(scale) ? range(figure, high, "en") : `${low} to ${high}`;
}

function support(v: Verdict, measure: Measure, unit: string): Sentence {
  const parts: Sentence[] = [];
  const root = v.root;
  if (root && !v.settled) {
    const shown = span(root, measure, unit);
    const p = root.unit.probability_shown;
    if (shown && p !== null) parts.push(say`80% interval ${shown}; ${odds(p)}. `);
    else if (shown) parts.push(say`80% interval ${shown}. `);
    else if (p !== null) parts.push(say`There is ${odds(p)}. `);
  }
  if (v.worst) parts.push(say`Largest shortfall: ${strong(v.worst.unit.label)} (${short(v.worst, unit)}).`);
  const end = root?.unit.year_end;
  if (v.settled && measure === "growth" && root && end && !root.unit.target) parts.push(say`The total of the year is ${strong(amountInWords(end.quantiles["0.5"], root.unit.unit, unit, "en"))}.`);
  return parts.flat();
}

export const en: Words = {
  whatIf,
  htmlLang: "en",
  brand: "Landfall",
  tagline: "Where will the year land?",
  sampleNames: { "wuzhong-2023": "Wuzhong", national: "China" },
  chooseCase: "Choose a case",
  ledgers: { fai: "FAI", works: "Key projects", attraction: "Funds in place", granted: "Won funds" },
  ledgerLong: LONG,
  chooseLedger: "Ledger",
  asOf: "Data through",
  earlier: "Earlier month",
  later: "Later month",
  through: (month) => (month === 0 ? "no data yet" : month === 1 ? "Jan" : `Jan–${name(month)}`),
  asOfOption: (m: Month) => `${m.month === 1 ? "" : "Jan–"}${name(m.month)} ${m.year}`,
  comparable: "comparable base",
  baseUnknown: "published levels",
  baseTip: "Growth is on the comparable base and is not the ratio of two published levels",
  baseUnknownTip: "No comparable base is known: growth is against the published levels of last year",
  illustrative: "Illustrative",
  displayUnit: "Unit of amounts",
  unitShort: { 亿元: "¥100m", 万元: "¥10k" },
  unitName: (unit) => UNITS[unit] ?? unit,
  language: "Language",
  toDark: "Switch to dark",
  toLight: "Switch to light",
  verdict: (v, measure, unit) => {
    const parts = [...missed(v), ...rootSays(v, measure, unit)];
    return parts.length ? parts : say`These data set no target; the projected year is listed region by region.`;
  },
  support,
  ranking: (regions) => (regions > 1 ? "Where each region lands" : "Where the year lands"),
  bandsKey: (bands, targets) => {
    const key = [...(bands ? ["bands: 50%, 80%"] : []), ...(targets ? ["tick: target"] : [])].join("; ");
    return capital(key);
  },
  sortBy: "Sort",
  sorts: { probability: "By chance", projection: "By projection", gap: "By gap", rank: "By published rank", name: "As given" } as Record<SortKey, string>,
  colRegion: "Region",
  colRange: "Range and target",
  colChange: "Change",
  colProjection: (measure, settled) => [settled ? "Actual" : "Projected", measure === "growth" ? "growth" : "share"],
  colChance: (settled) => (settled ? ["Target", "reached"] : ["Chance", "to reach"]),
  colGap: (unit) => ["Gap,", unit ?? "pp"],
  colRank: ["Published", "rank"],
  rankShort: "rank",
  pullShort: "pull",
  colPull: ["Pull,", "pp"],
  rankTip: "Rank by published growth so far; the arrow is the change since the month before",
  pullTip: "Points by which the region lifts or lowers the growth of the whole",
  goalZone: (low, high, converted) => `${converted ? "target ≈ " : "target "}${low === high ? low : range(low.replace("%", ""), high, "en")}`,
  rankAria: (n, change) =>
    `rank ${n}` + (change === null ? "" : change === 0 ? ", unchanged" : change > 0 ? `, up ${change}` : `, down ${-change}`),
  lights: { green: "On track", yellow: "Watch", red: "At risk" } as Record<Light, string>,
  noLight: "No target",
  notJudged: "Not judged",
  lightRule: { green: "≥80%", yellow: "50–80%", red: "<50%" },
  byPlanRule: "by the rule the plan names",
  inside: (label, parent) => `*${label} lies in ${parent} and is not added again`,
  park: "park*",
  met: "Reached",
  unmet: "Missed",
  need: "Still to be done",
  needNone: "target covered",
  perMonth: (from) => (from >= 12 ? "In Dec" : `A month, ${name(from)}–Dec`),
  vsLastYear: "Vs same months last year",
  vsBest: "Vs best on record",
  gap: "To target",
  gapShort: (value) => `${value} short`,
  gapOver: (value) => `${value} above`,
  points,
  pp: "pp",
  ppCounted: "pp",
  projectedTotal: (settled) => (settled ? "Year, actual" : "Year, projected"),
  projectedGrowth: (settled) => (settled ? "Growth of the year" : "Projected growth"),
  milestones: "Milestones",
  milestone: (month, owed) => `${name(month)}: ${owed}`,
  milestoneNeed: (value) => `${value} to go`,
  chanceOf: (value) => `${value} chance`,
  notes: (n) => (n > 1 ? `Notes (${n})` : "Note"),
  data: "Data tables",
  dataOf: (label) => `${label}: distribution of the year`,
  dataAll: "All regions",
  quantile: "Quantile",
  median: "Median (quoted)",
  mean: "Mean",
  quantileName: (p) => `${p * 100}%`,
  yearEnd: "Year total",
  yearGrowth: "Growth of the year",
  ytd: "Year to date",
  ytdGrowth: "Growth to date",
  yearBase: (unknown) => (unknown ? "Base: published level of last year" : "Comparable base of the year"),
  interval: "80% interval",
  target: "Target",
  dataMonths: (label) => `${label}: the chart, month by month`,
  month: "Month",
  monthName: name,
  monthColumns: (growth) => ({
    actual: growth ? "Growth to date" : "Year to date",
    median: "Projected",
    band50: "50% band",
    band80: "80% band",
    pace: "Pace line",
    seasonal: "Seasonal line",
  }),
  actualYear: "Actual",
  models: "Models",
  modelNames: {
    pooled: "Two-level smoother",
    regression: "Robust regression",
    share: "Share done by now",
    drift: "Drift of growth",
    dot: "Optimised Theta",
    last_rest: "Rest of last year",
    mean_rest: "Mean rest of three years",
  },
  model: "Model",
  weight: "Weight",
  knownThrough: "Through",
  empty: "These data hold no region that can be projected.",
  withUnit: (name, unit) => `${name} (${unit})`,
  computing: "Computing…",
  loading: "Computing on this machine…",
  soFar: (share) => `Computing on this machine: ${Math.floor(100 * share)} % done.`,
  stop: "Stop",
  restarted: "The engine failed and was started again; results are not affected.",
  newer: "A newer version of this page is ready.",
  update: "Use it now",
  updating: "Opening the newer version…",
  print: "Print (one page)",
  exportPicture: "Export",
  light: "Status",
  readMonths: "Figures month by month (arrow keys)",
  chartCounts: "What the chart counts",
  chartGrowth: "Growth",
  andMore: (n) => `${n} more regions are not listed.`,
  paperFoot: (print, version) => `data ${print}${version ? `; engine ${version}` : ""}`,
  dismiss: "Got it",
  failed: "No answer",
  fanFailed: "This chart could not be drawn",
  retry: "Try again",
  lastGood: "What is shown below is the last good result.",
  faultHelp: (fault: Fault) =>
    fault.code === "cancelled" ? "The computation was stopped." : fault.code === "worker_crashed" || fault.code === "engine_unavailable"
      ? "The engine did not start. Reload the page; if that does not help, use a recent Chrome or Edge."
      : fault.text,
  faultCode: "Error code",
  chartScope: (ledger, unit, base, about) =>
    `${capital(LONG[ledger])}, year to date, ${UNITS_LONG[unit] ?? unit}` + (base === null ? "" : `; comparable base ${about ? "about " : ""}${base}`),
};
