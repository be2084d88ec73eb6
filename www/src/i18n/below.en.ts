import type { Ledger } from "../engine/contract.ts";
import type { BelowWords } from "./below.zh.ts";

const LEDGERS: Record<Ledger, string> = { fai: "fixed-asset investment", works: "key projects' spend", attraction: "attracted funds", granted: "granted funds" };

const ten = (share: number): string => {
  const n = Math.round(share * 10);
  return n >= 10 ? "nearly every time" : n <= 0 ? "almost never" : `about ${n} times in 10`;
};
const listed = (cuts: readonly number[]): string => (cuts.length < 2 ? cuts.join("") : `${cuts.slice(0, -1).join(", ")} and ${cuts.at(-1)}`);

export const belowEn: BelowWords = {
  search: (label) => `Search in "${label}"`,
  searchHint: "Search; several words apart",
  all: (label) => `${label}: all`,
  rowsOf: (shown, all) => (shown === all ? `${all.toLocaleString("en-US")} rows` : `${shown.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} rows`),
  saveCsv: "Save as CSV",
  row: "Row",
  nothingFound: "No row fits.",
  reading: "Reading…",
  stages: { reserve: "Reserve", preparation: "Preparation", construction: "Construction", completed: "Completed", outlook: "Outlook" },
  funding: { central: "Central budget", regional: "Regional budget", "special-bond": "Special bond", enterprise: "Enterprise", other: "Other" },
  approvals: {
    approval: "Approval or filing", land: "Land", planning: "Planning", environment: "Environment", energy: "Energy", safety: "Safety", "soil-water": "Soil and water", "water-permit": "Water permit",
  },
  kinds: { key: "Key project", intent: "Intent", signed: "Signed", started: "Started" },
  composition: { "construction-installation": "Construction and installation", equipment: "Equipment", other: "Other" },
  columns: {
    id: "Id", name: "Project", region: "Region", sector: "Sector", stage: "Stage", in_books: "In the books", funding: "Funding", kind: "Kind", total: "Total", plan_year: "Year's plan",
    done: "Done", start_planned: "Start planned", start_actual: "Started", end_planned: "End planned", department: "Department", approvals: "Approvals open (days)", list: "List", status_date: "As of",
    parent: "Inside", ledger: "Book", year: "Year", month: "Month", ytd: "Cumulative", value: "Month's flow", growth: "Growth of cumulative (%)", base: "Comparable base",
    composition: "Composition", unit: "Unit", published: "Published",
  },
  days: (kind, days) => `${kind} ${days} d`,
  between: ", ",

  needCaption: "What remains, by region",
  needUnit: (unit, growthOnly) => (growthOnly ? "Regions without amounts show the gap in points" : `Amounts in ${unit}`),
  needLeft: "Remains",
  needMonth: "A month",
  needLast: "Against last year",
  needBest: "Against the best",
  needMonths: (from) => (from >= 12 ? "Dec" : `${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][from - 1] ?? from}–Dec`),
  needGap: "Gap (pp)",
  needWhich: "Months",
  ahead: (label) => `${label}: cumulative by month from here`,
  aheadPace: "Owed by the pace line",
  aheadSeasonal: "Owed by the seasonal line",
  aheadMedian: "Projected",
  aheadGap: "Projected less seasonal",
  aheadNote: "The seasonal line spreads the target as past years were spread; the pace line is months ÷ 12, by which districts are judged.",
  needOver: "The year is over: nothing remains to be done.",
  noNeed: "This book has no target to work back from; for data of your own set one under Targets.",

  noProjects: "These data have no list of projects. Load one with \"Load data\" above and every project stands here.",
  projectsCaption: "Projects",
  projectsNote: (illustrative, unit) => `${unit === null ? "Amounts in the unit of each row." : `Amounts in ${unit}.`}${illustrative ? " Illustrative: these projects are simulated." : ""}`,

  dataCaption: "Data as loaded",
  dataNote: (illustrative) => `The tidy form: one row a region and month.${illustrative ? " Illustrative: simulated, not published figures." : ""}`,
  findings: "Findings",
  noFindings: "Nothing was found.",
  showRow: (cell) => `Show ${cell} in the table`,

  howTitle: "How it is worked out",
  how: [
    "Growth comes first, amounts follow from the comparable base: published growth is not the ratio of two published levels.",
    "Several methods project the rest of the year: a two-level smoother, a robust regression, optimised Theta, the share done by now, drift of growth, last year's rest and others. They are weighted by how they did at the same month of past years; none is always best.",
    "Errors come from past years: a shock that all regions share in a year, and each region's own. City and districts share one set of draws, so that districts and what is unallocated add up to the city.",
    "The answer for a month uses what was known then and nothing later; so do its weights and its width.",
  ],
  pastTitle: "How right it was in past years",
  pastHow: (ledger, cuts) => `The last complete years of ${LEDGERS[ledger]}, taken back to ${listed(cuts)} months known, answered again from what was known then, and held against what came.`,
  pastRun: "Test past years",
  pastRunning: (share) => `Testing past years, ${Math.floor(100 * share)}% done.`,
  pastNone: "No complete year can be tested; three at least are needed.",
  pastSaid: (cut, error, share80) => `With ${cut} months known, the annual total of a region was off by ${error} on average; the 80% interval held what came ${ten(share80)}.`,
  pastGrowth: (points) => `The year's growth was off by ${points} points on average.`,
  cut: "Months known",
  cutName: (cut) => String(cut),
  scored: "Tested",
  meanError: "Mean error",
  medianError: "Median error",
  growthError: "Growth's error (pp)",
  cover80: "In the 80% interval",
  cover95: "In the 95% interval",
  naive: "Last year's rest",
  single: "Best single method",
  pastCaption: (years) => `${years}: annual totals of all regions, error and intervals of the blend`,
  pictures: { error: "Error by months known", cover: "How often intervals held", reliability: "Whether chances came true" },
  noPicture: "This picture was not drawn: ",
};
