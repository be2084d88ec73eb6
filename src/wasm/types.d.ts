export type OutlookReport = { 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * Seed of the draws.
 */
seed: number, 
/**
 * Last data month, `YYYY-MM`.
 */
as_of: string, 
/**
 * What the case is about.
 */
title: string | null, 
/**
 * A sentence to show wherever figures show that are illustrative.
 */
illustrative: string | null, 
/**
 * Where targets and figures come from.
 */
source: string | null, 
/**
 * Reporting periods.
 */
calendar: "cn11" | "m12", 
/**
 * Name of the light rule.
 */
light_rule: string, 
/**
 * One entry a region and ledger.
 */
units: Array<UnitReport>, };
export type UnitReport = { 
/**
 * Name of the region in the data.
 */
region: string, 
/**
 * Name to show.
 */
label: string, 
/**
 * What the unit is.
 */
kind: "region" | "unallocated" | "rolled_up", 
/**
 * Name of the region around it.
 */
parent: string | null, 
/**
 * Whether it counts in its parent's sum.
 */
additive: boolean, 
/**
 * Ledger.
 */
ledger: "fai" | "works" | "attraction" | "granted", 
/**
 * Unit of every amount.
 */
unit: string, 
/**
 * Year.
 */
year: number, 
/**
 * Last month known; 0 where nothing of the year is known.
 */
through: number, 
/**
 * Cumulative amount.
 */
ytd: number | null, 
/**
 * Growth of ytd.
 */
growth_ytd: number | null, 
/**
 * What growth is told against.
 */
base_kind: "published" | "implied" | "unknown", 
/**
 * Median comparable base of the year.
 */
year_base: number | null, 
/**
 * The year-end total.
 */
year_end: SpreadReport | null, 
/**
 * The year-end growth.
 */
growth: SpreadReport | null, 
/**
 * What is owed by December.
 */
target: TargetReport | null, 
/**
 * The chance of reaching it.
 */
probability: number | null, 
/**
 * The chance as it is shown: in steps of 5 %, never across a threshold of the light; 0 is "under 5 %"
 * and 1 "over 95 %".
 */
probability_shown: number | null, 
/**
 * Its light by the plan's rule.
 */
light: "green" | "yellow" | "red" | null, 
/**
 * Median growth minus target, in points.
 */
gap_pp: number | null, 
/**
 * What remains to be done.
 */
need: NeedReport | null, 
/**
 * Rank among the regions with the same parent.
 */
rank: number | null, 
/**
 * Ranks gained since the month before.
 */
rank_change: number | null, 
/**
 * What it adds to its parent's growth beyond keeping pace with it, in points.
 */
pull_pp: number | null, 
/**
 * What is owed earlier.
 */
milestones: Array<MilestoneReport>, 
/**
 * What each model says of December.
 */
weights: Array<WeightReport>, 
/**
 * What the reader must know.
 */
notes: Array<NoteReport>, };
export type SpreadReport = { 
/**
 * Mean.
 */
mean: number, 
/**
 * Quantiles.
 */
quantiles: Quantiles, };
export type Quantiles = { 
/**
 * 2.5 %.
 */
"0.025": number, 
/**
 * 10 %.
 */
"0.1": number, 
/**
 * 25 %.
 */
"0.25": number, 
/**
 * Median: the point that is quoted and scored.
 */
"0.5": number, 
/**
 * 75 %.
 */
"0.75": number, 
/**
 * 90 %.
 */
"0.9": number, 
/**
 * 97.5 %.
 */
"0.975": number, };
export type TargetReport = { 
/**
 * What the value is.
 */
kind: "growth" | "amount" | "completion", 
/**
 * A ratio, or an amount.
 */
value: number, 
/**
 * The ytd that would meet it, on the median base.
 */
owed: number | null, };
export type NeedReport = { 
/**
 * Amount.
 */
amount: number, 
/**
 * Amount a month left.
 */
per_month: number, 
/**
 * Against the base of the same months of last year, ratio − 1.
 */
vs_last_year: number | null, 
/**
 * Against the largest amount of the same months on record, ratio − 1.
 */
vs_best: number | null, };
export type MilestoneReport = { 
/**
 * Month by whose end it is owed.
 */
month: number, 
/**
 * What the target is.
 */
kind: "growth" | "amount" | "completion", 
/**
 * A ratio, or an amount.
 */
target: number, 
/**
 * The chance of reaching it.
 */
probability: number | null, 
/**
 * The chance as it is shown: in steps of 5 %, 0 for "under 5 %", 1 for "over 95 %".
 */
probability_shown: number | null, 
/**
 * Amount still owed.
 */
need: number | null, 
/**
 * Its light.
 */
light: "green" | "yellow" | "red" | null, };
export type WeightReport = { 
/**
 * Id of the model.
 */
model: string, 
/**
 * Its weight in the blend.
 */
weight: number, 
/**
 * The year-end total it predicts; the growth in a growth-only region.
 */
median: number, };
export type NoteReport = { 
/**
 * Stable code.
 */
code: string, 
/**
 * The sentence.
 */
text: string, };
export type DiagnosticReport = { 
/**
 * Stable code.
 */
code: string, 
/**
 * How much it matters.
 */
severity: "note" | "warning" | "error", 
/**
 * File.
 */
file: string | null, 
/**
 * Sheet of a workbook.
 */
sheet: string | null, 
/**
 * Cell (`B7`), or the row where the finding is about no single column.
 */
cell: string | null, 
/**
 * Name of the column.
 */
column: string | null, 
/**
 * The value as it stands in the file.
 */
value: string, 
/**
 * What was found and what was expected.
 */
text: string, 
/**
 * What to do.
 */
help: string, };
export type Month = { 
/**
 * Year.
 */
year: number, 
/**
 * Month, 1–12.
 */
month: number, };
export type OutlookOptions = { 
/**
 * Last data month, `YYYY-MM`; the case's usual one where it is left out.
 */
as_of?: string, 
/**
 * Seed of the draws.
 */
seed?: number, 
/**
 * Language of sentences.
 */
lang: "en" | "zh", 
/**
 * Id of the ledger whose charts are asked for next: of a small panel their months are answered at once.
 */
charts?: string, };
export type Progress = { 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all; as many as are done when the answer is ready.
 */
all: number, };
export type FanOptions = { 
/**
 * Last data month, `YYYY-MM`; the case's usual one where it is left out.
 */
as_of?: string, 
/**
 * Seed of the draws.
 */
seed?: number, 
/**
 * Language of every text.
 */
lang: "en" | "zh", 
/**
 * The unit that amounts are drawn in; the panel's own where it is left out. The months come in the panel's own.
 */
unit?: string, 
/**
 * Colours.
 */
theme: "light" | "dark" | "print", 
/**
 * px.
 */
width: number, 
/**
 * px.
 */
height: number, 
/**
 * Whether growth is shown where amounts are known too.
 */
growth?: boolean, };
export type FanMonth = { 
/**
 * Month, 1–12.
 */
month: number, 
/**
 * What is known.
 */
actual: number | null, 
/**
 * 10 % of what is expected.
 */
low80: number | null, 
/**
 * 25 %.
 */
low50: number | null, 
/**
 * The median.
 */
median: number | null, 
/**
 * 75 %.
 */
high50: number | null, 
/**
 * 90 %.
 */
high80: number | null, 
/**
 * The official straight line.
 */
pace: number | null, 
/**
 * The target spread over the months as past years were.
 */
seasonal: number | null, };
export type FanView = { 
/**
 * The drawing.
 */
svg: string, 
/**
 * The finding.
 */
title: string, 
/**
 * Unit, scope and base.
 */
subtitle: string, 
/**
 * One sentence for those who do not see it.
 */
description: string, 
/**
 * What the months count.
 */
quantity: "amount" | "growth", 
/**
 * The figures that are drawn, months ascending; amounts in the panel's own unit.
 */
months: Array<FanMonth>, 
/**
 * Where they lie in the drawing.
 */
scale: ScaleView | null, };
export type ScaleView = { 
/**
 * px of the month `first`.
 */
left: number, 
/**
 * px of December.
 */
right: number, 
/**
 * px of the value `low`.
 */
bottom: number, 
/**
 * px of the value `high`.
 */
top: number, 
/**
 * The month at the left edge.
 */
first: number, 
/**
 * In the months' unit.
 */
low: number, 
/**
 * In the months' unit.
 */
high: number, };
export type ScenarioReport = { 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * Name of the scenario.
 */
scenario: string, 
/**
 * Draws used.
 */
draws: number, 
/**
 * Seed of the draws.
 */
seed: number, 
/**
 * Last data month, `YYYY-MM`.
 */
as_of: string, 
/**
 * Which part of the projects' spend the statistics are taken to count.
 */
coverage: CoverageReport, 
/**
 * One entry a unit and ledger.
 */
units: Array<ScenarioUnit>, 
/**
 * What the reader must know.
 */
warnings: Array<NoteReport>, };
export type CoverageReport = { 
/**
 * Median.
 */
median: number, 
/**
 * 10 % quantile.
 */
low: number, 
/**
 * 90 % quantile.
 */
high: number, 
/**
 * Whether it comes from the projects' entry in the books; else it is an assumption.
 */
from_data: boolean, };
export type ScenarioUnit = { 
/**
 * Id of the unit, as the outlook has it.
 */
region: string, 
/**
 * Name to show.
 */
label: string, 
/**
 * What it is.
 */
kind: "region" | "unallocated" | "rolled_up", 
/**
 * Ledger.
 */
ledger: "fai" | "works" | "attraction" | "granted", 
/**
 * December as the outlook tells it.
 */
base: FiguresReport, 
/**
 * December under the scenario.
 */
scenario: FiguresReport, 
/**
 * The difference.
 */
effect: EffectReport, 
/**
 * Months by which something is owed before December.
 */
milestones: Array<MilestoneEffect>, 
/**
 * What each lever brings, in the scenario's order; empty where it was not asked for.
 */
by_lever: Array<LeverShare>, };
export type FiguresReport = { 
/**
 * Median growth, a ratio.
 */
median: number | null, 
/**
 * Median amount.
 */
total: number | null, 
/**
 * Chance of what is owed.
 */
probability: number | null, };
export type EffectReport = { 
/**
 * Of the median growth, points.
 */
median_pp: number | null, 
/**
 * Of the median amount.
 */
total: number | null, 
/**
 * Of the chance.
 */
probability: number | null, 
/**
 * Standard error of the chance's difference.
 */
se: number, 
/**
 * Standard error of mean growth's difference, points; of the mean amount's where growth is not known.
 */
se_pp: number, };
export type MilestoneEffect = { 
/**
 * Month, 1–11.
 */
month: number, 
/**
 * As the outlook tells it.
 */
base: FiguresReport, 
/**
 * Under the scenario.
 */
scenario: FiguresReport, 
/**
 * The difference.
 */
effect: EffectReport, };
export type LeverShare = { 
/**
 * Id of the lever.
 */
lever: string, 
/**
 * What the scenario sets it to.
 */
value: number, 
/**
 * To what it is narrowed, as shown; nothing where it acts on all.
 */
scope: Array<string>, 
/**
 * Points of median growth.
 */
shapley_pp: number, 
/**
 * Median amount.
 */
shapley_total: number, 
/**
 * Chance.
 */
shapley_probability: number, 
/**
 * Standard error of `shapley_pp`; 0 where every combination was run.
 */
se: number, };
export type LeverReport = { 
/**
 * Id.
 */
id: string, 
/**
 * Name to show.
 */
label: string, 
/**
 * What its value counts.
 */
unit: "months" | "percent" | "projects" | "amount" | "month" | "times", 
/**
 * Least possible value.
 */
min: number, 
/**
 * Greatest possible value.
 */
max: number, 
/**
 * Least value on record or usual: the slider's end.
 */
hist_min: number, 
/**
 * Greatest value on record or usual: the slider's end.
 */
hist_max: number, 
/**
 * Whether they are on record in this case; else they are an assumption.
 */
from_data: boolean, 
/**
 * The value that stands for "as it is".
 */
default: number, 
/**
 * Step of a slider.
 */
step: number, 
/**
 * By what it can be narrowed.
 */
narrows: { region: boolean, sector: boolean, stage: boolean }, 
/**
 * The ledgers that it moves.
 */
ledgers: ("fai" | "works" | "attraction" | "granted")[], };
export type SeekReport = { 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * Id of the lever.
 */
lever: string, 
/**
 * The region asked about.
 */
region: string, 
/**
 * Ledger.
 */
ledger: "fai" | "works" | "attraction" | "granted", 
/**
 * The chance asked for.
 */
chance: number, 
/**
 * The value that gives it, nearest to the lever's default; none where no possible value does.
 */
value: number | null, 
/**
 * Whether it lies beyond what is on record or usual.
 */
beyond_history: boolean, 
/**
 * The chance at the value or, where there is none, the best there is.
 */
probability: number, 
/**
 * The value of the best chance.
 */
best_at: number, 
/**
 * The chance without this lever.
 */
without: number, };
export type BarReport = { 
/**
 * Id of the lever.
 */
lever: string, 
/**
 * Its low end.
 */
low: number, 
/**
 * Its high end.
 */
high: number, 
/**
 * Points of median growth at the low and the high end; none where growth is not known.
 */
median_pp: [number, number] | null, 
/**
 * The chance at the low and the high end; none where nothing is owed.
 */
probability: [number, number] | null, };
export type LeastReport = { 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The chance asked for.
 */
chance: number, 
/**
 * The projects to bring forward, the largest gain first.
 */
projects: Array<ChosenReport>, 
/**
 * Their cost.
 */
cost: number, 
/**
 * No set costs less.
 */
bound: number, 
/**
 * Whether `cost` is proven to be the least.
 */
proven: boolean, 
/**
 * By how much what is needed was raised over the first estimate, a ratio, since the projects run through together
 * fell short of it; `bound` and `proven` refer to the raised need.
 */
need_raised: number, 
/**
 * Projects that could have been chosen.
 */
candidates: number, 
/**
 * The chances of every unit.
 */
units: Array<ReachReport>, 
/**
 * Units that do not reach the chance with all candidates either.
 */
out_of_reach: Array<string>, 
/**
 * What the reader must know.
 */
warnings: Array<NoteReport>, };
export type ChosenReport = { 
/**
 * Id in the list.
 */
id: string, 
/**
 * Name.
 */
name: string | null, 
/**
 * Region.
 */
region: string, 
/**
 * What it is expected to spend more by December, in the panel's unit.
 */
gain: number, 
/**
 * Cost or effort, as given.
 */
cost: number, };
export type ReachReport = { 
/**
 * Id of the unit.
 */
region: string, 
/**
 * Its chance as it is.
 */
before: number, 
/**
 * Its chance with the chosen projects.
 */
after: number, 
/**
 * Its chance with all candidates.
 */
with_all: number, };
export type LeverSetting = { 
/**
 * Id of the lever.
 */
id: string, 
/**
 * Its value, in the lever's unit.
 */
value: number, 
/**
 * A region, and everything in it.
 */
region?: string, 
/**
 * A sector.
 */
sector?: string, 
/**
 * A stage.
 */
stage?: string, 
/**
 * A list of projects.
 */
list?: string, };
export type ScenarioOptions = { 
/**
 * Last data month, `YYYY-MM`; the case's usual one where it is left out.
 */
as_of?: string, 
/**
 * Seed of the draws.
 */
seed?: number, 
/**
 * Language of sentences.
 */
lang: "en" | "zh", 
/**
 * How many of the outlook's draws are used; 10,000 where it is left out.
 */
draws?: number, 
/**
 * Name of the scenario.
 */
name?: string, 
/**
 * The year that the scenario was written for, as its file has it; that of the data where it is left out.
 */
year?: number, 
/**
 * The levers that are set.
 */
levers: Array<LeverSetting>, };
export type ScenarioFile = { 
/**
 * Name.
 */
name: string, 
/**
 * The year that it changes.
 */
year: number, 
/**
 * Seed of the draws, where the file names one.
 */
seed: number | null, 
/**
 * The levers that are set.
 */
levers: Array<LeverSetting>, };
export type ScopeChoices = { 
/**
 * Regions.
 */
regions: Array<string>, 
/**
 * Sectors.
 */
sectors: Array<string>, 
/**
 * Lists of projects.
 */
lists: Array<string>, 
/**
 * Stages: id and name.
 */
stages: Array<[string, string]>, 
/**
 * Names to show of the tidy form's sectors and lists, by id; any other is shown as it is.
 */
names: Array<[string, string]>, };
export type ChangeReport = { 
/**
 * Id of the unit, as the outlook has it.
 */
region: string, 
/**
 * Median growth, points.
 */
median_pp: number | null, 
/**
 * Median amount, in the unit of the panel.
 */
total: number | null, 
/**
 * Chance, a difference of two ratios.
 */
probability: number | null, 
/**
 * Median amount over what is owed; none where no amount is.
 */
gap_total: number | null, 
/**
 * Median growth over the target, points.
 */
gap_pp: number | null, 
/**
 * Whether any figure of December or of what is owed moved.
 */
any: boolean, };
export type ChartOptions = { 
/**
 * Id of the unit.
 */
region: string, 
/**
 * Colours.
 */
theme: "light" | "dark" | "print", 
/**
 * px.
 */
width: number, 
/**
 * px.
 */
height: number, 
/**
 * The unit that amounts are drawn in; the panel's own where it is left out.
 */
unit?: string, 
/**
 * Whether growth is shown where amounts are known too.
 */
growth?: boolean, };
export type WhatIf = { 
/**
 * Every unit of the ledger, as the outlook tells it.
 */
outlook: OutlookReport, 
/**
 * What changed of each, in the same order.
 */
changes: Array<ChangeReport>, 
/**
 * The chart, where one was asked for.
 */
fan: FanView | null, 
/**
 * What the reader must know.
 */
warnings: Array<NoteReport>, };
export type Score = { 
/**
 * Id of the model, or `blend`.
 */
model: string, 
/**
 * Months known.
 */
cut: number, 
/**
 * The year scored; `None` over all of them.
 */
year: number | null, 
/**
 * Region-years scored.
 */
n: number, 
/**
 * Mean absolute error of the annual total as a ratio.
 */
mape: number, 
/**
 * Median absolute error of the annual total as a ratio.
 */
median_ape: number, 
/**
 * Mean absolute error ÷ the mean change of the region's total from year to year before the origin.
 */
mase: number | null, 
/**
 * Continuous ranked probability score ÷ what came.
 */
crps: number, 
/**
 * Interval score of the 95 % interval ÷ what came.
 */
is95: number, 
/**
 * Brier score of the chance of last year's growth + 0, 2 and 4 points.
 */
brier: number | null, 
/**
 * Share inside the 80 % interval.
 */
cover80: number, 
/**
 * Share inside the 95 % interval.
 */
cover95: number, 
/**
 * Mean absolute error of December's growth in points.
 */
growth_mae_pp: number | null, 
/**
 * Mean signed error of December's growth in points: projected minus what came.
 */
growth_bias_pp: number | null, 
/**
 * Share of growths inside their 80 % interval.
 */
growth_cover80: number | null, 
/**
 * Share of growths inside their 95 % interval.
 */
growth_cover95: number | null, };
export type RecordOptions = { 
/**
 * Months known at each origin, 1–11.
 */
cuts: Array<number>, 
/**
 * How many of the last complete years are scored.
 */
years: number, 
/**
 * The last year that is scored: data may be there that the month in view does not know.
 */
last?: number, 
/**
 * Seed of the draws.
 */
seed?: number, 
/**
 * Language of sentences.
 */
lang: "en" | "zh", };
export type PictureOptions = { 
/**
 * Language of every text.
 */
lang: "en" | "zh", 
/**
 * Colours.
 */
theme: "light" | "dark" | "print", 
/**
 * px.
 */
width: number, 
/**
 * px.
 */
height: number, };
export type PictureView = { 
/**
 * The drawing.
 */
svg: string, 
/**
 * The finding.
 */
title: string, 
/**
 * Unit and scope.
 */
subtitle: string, 
/**
 * One sentence for those who do not see it.
 */
description: string, };
export type DrawOptions = { 
/**
 * Id of the unit; of the kinds that show all regions it says nothing.
 */
region: string, 
/**
 * The unit that amounts are drawn in; the panel's own where it is left out.
 */
unit?: string, 
/**
 * Colours.
 */
theme: "light" | "dark" | "print", 
/**
 * px.
 */
width: number, 
/**
 * px.
 */
height: number, 
/**
 * Whether title, subtitle and footer are drawn, as on a slide.
 */
heading: boolean, };
export type Drawing = { 
/**
 * The drawing.
 */
svg: string, 
/**
 * The finding.
 */
title: string, 
/**
 * What it was drawn from: the command line and the web component draw the same from it.
 */
spec: { kind: string, [part: string]: unknown }, };
