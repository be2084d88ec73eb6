export type Theme = "light" | "dark" | "print";
export type Sheet = { 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type Label = { 
/**
 * The light; none where nothing is owed.
 */
light: Light | null, 
/**
 * The light in a word: `风险`.
 */
word: string, 
/**
 * What the row is about.
 */
name: string, 
/**
 * One text a column, empty where there is nothing to say.
 */
figures: Array<string>, 
/**
 * Whether the last figure says that something is missing.
 */
behind: boolean, 
/**
 * Whether it is the whole of which the others are parts: it stands out.
 */
whole: boolean, };
export type Light = "green" | "yellow" | "red";
export type Status = { 
/**
 * Colour and shape.
 */
light: Light, 
/**
 * The words, which must say it without the colour.
 */
text: string, };
export type Quantity = "amount" | "growth";
export type At = { 
/**
 * Calendar month, 1–12.
 */
month: number, 
/**
 * In the chart's quantity.
 */
value: number, };
export type Quantiles = { 
/**
 * 10 %.
 */
q10: number, 
/**
 * 25 %.
 */
q25: number, 
/**
 * The median.
 */
q50: number, 
/**
 * 75 %.
 */
q75: number, 
/**
 * 90 %.
 */
q90: number, };
export type FanPoint = { 
/**
 * Calendar month, 1–12.
 */
month: number, 
/**
 * 10 %.
 */
q10: number, 
/**
 * 25 %.
 */
q25: number, 
/**
 * The median.
 */
q50: number, 
/**
 * 75 %.
 */
q75: number, 
/**
 * 90 %.
 */
q90: number, };
export type Target = { 
/**
 * In the chart's quantity.
 */
value: number, 
/**
 * As written beside it: `目标 457.3`.
 */
label: string, 
/**
 * The plan's lowest and highest target, where the chart is to show them.
 */
bracket: [number, number] | null, };
export type Milestone = { 
/**
 * Calendar month, 1–12.
 */
month: number, 
/**
 * In the chart's quantity.
 */
value: number, 
/**
 * As written beside it: `9月 85%`.
 */
label: string, };
export type Landing = { 
/**
 * Year-end growth in percent.
 */
growth: Quantiles, 
/**
 * Target growth in percent.
 */
target: number, 
/**
 * As written beside it: `目标 11%`.
 */
target_label: string, 
/**
 * The plan's lowest and highest target growth in percent.
 */
bracket: [number, number] | null, 
/**
 * Dots past the target, 0–20: the chance shown ÷ 5 %.
 */
dots_filled: number, 
/**
 * Above the panel: `12月落点：同比，%；每点5%`.
 */
title: string, 
/**
 * Beside the filled dots: `6个点达到`. Left out where there is no room.
 */
filled_label: string, 
/**
 * Beside the others: `14个点未达到`. Left out where there is no room.
 */
unfilled_label: string, };
export type Remark = { 
/**
 * The sentence.
 */
text: string, 
/**
 * The figure.
 */
figure: string, };
export type Labels = { 
/**
 * The last known figure: `1–7月 238.9`.
 */
through: string, 
/**
 * The median at December: `预计 452.8`.
 */
median: string, 
/**
 * The pace line: `序时进度`.
 */
pace: string, 
/**
 * The seasonal line: `季节进度`.
 */
seasonal: string, 
/**
 * What the bands mean: `色带：10次约8次，深色约5次`.
 */
bands: string, 
/**
 * How far the last figure is from the pace and the seasonal line; up to two are shown.
 */
gaps: Array<Remark>, };
export type Was = { 
/**
 * The median, months ascending, from the last actual month to December.
 */
median: Array<At>, 
/**
 * Year-end growth in percent, marked beside December magnified.
 */
growth: number | null, 
/**
 * Its name: `照常`. Left out where there is no room.
 */
label: string, };
export type FanParts = { 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit, scope and base. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * One sentence that says what the chart shows, for those who do not see it.
 */
description: string, 
/**
 * Whether title, subtitle, status and footer are drawn: yes for a slide, no in a page that has them.
 */
heading: boolean, 
/**
 * The light, drawn only with `heading`.
 */
status: Status | null, 
/**
 * Source and data month, drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold: `示意数据`. Drawn only with `heading`.
 */
mark: string, 
/**
 * Over the level axis: `累计，亿元`.
 */
axis_title: string, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the month names and of the document.
 */
lang: "en" | "zh", 
/**
 * What the level axis counts.
 */
quantity: Quantity, 
/**
 * Figures known so far, months ascending; empty before the year's first.
 */
actual: Array<At>, 
/**
 * The forecast, months ascending, from the last actual month (all quantiles equal to it) to December;
 * empty when the year is known.
 */
fan: Array<FanPoint>, 
/**
 * The official straight line.
 */
pace: Array<At> | null, 
/**
 * The target spread over the months as past years were. Drawn up to the last known month, since beyond
 * it would muddy the fan; over the whole year when nothing is known.
 */
seasonal: Array<At> | null, 
/**
 * What is owed by December.
 */
target: Target | null, 
/**
 * December magnified; without it the fan takes the whole width.
 */
landing: Landing | null, 
/**
 * What is owed before December, months ascending.
 */
milestones: Array<Milestone>, 
/**
 * The year without the scenario, where the chart shows one.
 */
was: Was | null, 
/**
 * Texts on the lines.
 */
labels: Labels, 
/**
 * Months named on the axis, ascending; a name without room is left out. The last known month is always
 * named.
 */
ticks: Array<number>, };
export type RankingRow = { 
/**
 * Year-end growth in percent; all quantiles equal where it is known. None where nothing can be said.
 */
growth: Quantiles | null, 
/**
 * What is owed in percent of growth; an amount at the growth that it takes.
 */
target: number | null, 
/**
 * Median growth without the scenario, in percent, where the chart shows one.
 */
was: number | null, 
/**
 * The light; none where nothing is owed.
 */
light: Light | null, 
/**
 * The light in a word: `风险`.
 */
word: string, 
/**
 * What the row is about.
 */
name: string, 
/**
 * One text a column, empty where there is nothing to say.
 */
figures: Array<string>, 
/**
 * Whether the last figure says that something is missing.
 */
behind: boolean, 
/**
 * Whether it is the whole of which the others are parts: it stands out.
 */
whole: boolean, };
export type RankingParts = { 
/**
 * Headings of the figures, at most four: `预计增速`.
 */
columns: Array<string>, 
/**
 * The lowest and highest of what is owed, in percent of growth.
 */
bracket: [number, number] | null, 
/**
 * Over the bracket, or over the targets: `目标 10–12%`.
 */
target_label: string, 
/**
 * The regions, in order.
 */
rows: Array<RankingRow>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type BulletRow = { 
/**
 * Done so far.
 */
done: number, 
/**
 * The year's end; all quantiles equal where it is known.
 */
projected: Quantiles | null, 
/**
 * Where past years stood by now.
 */
seasonal: number | null, 
/**
 * The light; none where nothing is owed.
 */
light: Light | null, 
/**
 * The light in a word: `风险`.
 */
word: string, 
/**
 * What the row is about.
 */
name: string, 
/**
 * One text a column, empty where there is nothing to say.
 */
figures: Array<string>, 
/**
 * Whether the last figure says that something is missing.
 */
behind: boolean, 
/**
 * Whether it is the whole of which the others are parts: it stands out.
 */
whole: boolean, };
export type BulletParts = { 
/**
 * Headings of the figures, at most four.
 */
columns: Array<string>, 
/**
 * Over the ticks: `目标`.
 */
target_label: string, 
/**
 * The regions, in order.
 */
rows: Array<BulletRow>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type StepKind = "start" | "step" | "total";
export type WaterfallRow = { 
/**
 * What it is.
 */
kind: StepKind, 
/**
 * The value, or the difference.
 */
value: number, 
/**
 * The light; none where nothing is owed.
 */
light: Light | null, 
/**
 * The light in a word: `风险`.
 */
word: string, 
/**
 * What the row is about.
 */
name: string, 
/**
 * One text a column, empty where there is nothing to say.
 */
figures: Array<string>, 
/**
 * Whether the last figure says that something is missing.
 */
behind: boolean, 
/**
 * Whether it is the whole of which the others are parts: it stands out.
 */
whole: boolean, };
export type WaterfallParts = { 
/**
 * Headings of the figures, at most four.
 */
columns: Array<string>, 
/**
 * What is owed, in the unit of the values.
 */
target: number | null, 
/**
 * Over its line: `目标 11%`.
 */
target_label: string, 
/**
 * Begins with a start and ends with a total.
 */
rows: Array<WaterfallRow>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type End = { 
/**
 * What it moves the figure by.
 */
effect: number, 
/**
 * As written at the bar's end: the lever's value and the effect.
 */
label: string, };
export type TornadoRow = { 
/**
 * Name of the lever.
 */
name: string, 
/**
 * The low end of its range.
 */
low: End, 
/**
 * The high end.
 */
high: End, };
export type TornadoParts = { 
/**
 * Over the middle line: `照常 9.9%`.
 */
base_label: string, 
/**
 * The levers, the widest first.
 */
rows: Array<TornadoRow>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type SmallFan = { 
/**
 * Name.
 */
name: string, 
/**
 * The light; none where nothing is owed.
 */
light: Light | null, 
/**
 * Beside the name: `9.9%`.
 */
figure: string, 
/**
 * Growth known so far in percent, months ascending.
 */
actual: Array<At>, 
/**
 * The forecast in percent, months ascending.
 */
fan: Array<FanPoint>, 
/**
 * The median without the scenario, where the chart shows one.
 */
was: Array<At>, 
/**
 * Target growth in percent.
 */
target: number | null, 
/**
 * As written at the target: `12%`.
 */
target_label: string, };
export type MultiplesParts = { 
/**
 * The regions, in order.
 */
panels: Array<SmallFan>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type NeedMonth = { 
/**
 * As written under it: `1–2月`.
 */
name: string, 
/**
 * Done in it.
 */
done: number | null, 
/**
 * To be done in it.
 */
need: number | null, 
/**
 * Expected in it without doing more.
 */
expected: number | null, 
/**
 * Done in it last year, on the comparable base.
 */
last_year: number | null, };
export type NeedParts = { 
/**
 * Over the level axis: `每月，亿元`.
 */
axis_title: string, 
/**
 * What the bars are, at the right of it.
 */
remark: string, 
/**
 * What last year's months are called, with what they are on.
 */
last_year: string, 
/**
 * Digits after the point of the figures over the bars.
 */
digits: number, 
/**
 * The periods, in order.
 */
months: Array<NeedMonth>, 
/**
 * Whether what is expected is expected under a scenario.
 */
scenario: boolean, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type FunnelStage = { 
/**
 * What is there now.
 */
value: number, 
/**
 * What is expected to come to it by the year's end, beyond `value`.
 */
ahead: number | null, 
/**
 * What is owed.
 */
target: number | null, 
/**
 * How this place leads to the next, under the bar: `约12%签约，平均6个月`.
 */
next: string, 
/**
 * The light; none where nothing is owed.
 */
light: Light | null, 
/**
 * The light in a word: `风险`.
 */
word: string, 
/**
 * What the row is about.
 */
name: string, 
/**
 * One text a column, empty where there is nothing to say.
 */
figures: Array<string>, 
/**
 * Whether the last figure says that something is missing.
 */
behind: boolean, 
/**
 * Whether it is the whole of which the others are parts: it stands out.
 */
whole: boolean, };
export type FunnelParts = { 
/**
 * Headings of the figures, at most four.
 */
columns: Array<string>, 
/**
 * At a target's tick: `目标 421亿元`.
 */
target_label: string, 
/**
 * The places, from the first on.
 */
stages: Array<FunnelStage>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type Bin = { 
/**
 * Least chance of the bin.
 */
from: number, 
/**
 * Where the next bin begins.
 */
to: number, 
/**
 * Mean of the chances given.
 */
chance: number, 
/**
 * Share that came true.
 */
kept: number, 
/**
 * Least and highest share that chance alone leaves likely where the chances are right.
 */
band: [number, number], 
/**
 * How many chances there are in it.
 */
count: number, 
/**
 * Written beside the point; empty for most.
 */
label: string, };
export type ReliabilityParts = { 
/**
 * Over the level axis: `Came true, %`.
 */
axis_title: string, 
/**
 * Under the axis of chances: `Chance given, %`.
 */
chance_title: string, 
/**
 * What the bands mean.
 */
bands: string, 
/**
 * Written on the diagonal: `As promised`.
 */
diagonal: string, 
/**
 * Bins that have chances, ascending.
 */
bins: Array<Bin>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type ErrorPoint = { 
/**
 * Months known, 1–12.
 */
month: number, 
/**
 * In percent, from 0.
 */
value: number, };
export type ErrorLine = { 
/**
 * As written at its beginning, where the first error is added.
 */
name: string, 
/**
 * Whether it is the one the chart is about.
 */
emphasised: boolean, 
/**
 * Months ascending, at least one.
 */
points: Array<ErrorPoint>, };
export type ErrorParts = { 
/**
 * Over the level axis: `Mean absolute error, %`.
 */
axis_title: string, 
/**
 * Under the months: `Months known`.
 */
months_title: string, 
/**
 * The models.
 */
lines: Array<ErrorLine>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type CoverYear = { 
/**
 * The year.
 */
year: number, 
/**
 * Share inside the 80 % interval.
 */
cover80: number, 
/**
 * Share inside the 95 % interval.
 */
cover95: number, 
/**
 * Whether the 80 % interval held far too seldom.
 */
low80: boolean, 
/**
 * Whether the 95 % interval held far too seldom.
 */
low95: boolean, };
export type CoverParts = { 
/**
 * Over the level axis: `Inside the interval, %`.
 */
axis_title: string, 
/**
 * What a stem is.
 */
remark: string, 
/**
 * At the line of 80 %: `80% interval: 81.3`.
 */
label80: string, 
/**
 * At the line of 95 %.
 */
label95: string, 
/**
 * Years ascending.
 */
years: Array<CoverYear>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
export type Tile = { 
/**
 * Name.
 */
name: string, 
/**
 * The light; none where nothing is owed.
 */
light: Light | null, 
/**
 * The light in a word: `风险`.
 */
word: string, 
/**
 * The figure that counts: `9.9%`.
 */
figure: string, 
/**
 * Another beside it, as far as there is room: `30%`.
 */
note: string, 
/**
 * Column and row of the grid from 0, where the chart says so; without, tiles stand in order, row by row.
 */
place: [number, number] | null, };
export type TilesParts = { 
/**
 * Under the tiles: `示意图：位置不代表地理位置`.
 */
remark: string, 
/**
 * The regions.
 */
tiles: Array<Tile>, 
/**
 * Version of the contract: 1.
 */
schema: number, 
/**
 * The finding; the chart's name for those who do not see it. Drawn only with `heading`.
 */
title: string, 
/**
 * Unit and scope. Drawn only with `heading`.
 */
subtitle: string, 
/**
 * What the chart shows in a sentence or two, for those who do not see it.
 */
description: string, 
/**
 * Source and data month. Drawn only with `heading`.
 */
footer: string, 
/**
 * At the right of the footer, in bold. Drawn only with `heading`.
 */
mark: string, 
/**
 * Whether title, subtitle and footer are drawn.
 */
heading: boolean, 
/**
 * px, 280–4000.
 */
width: number, 
/**
 * px, 180–4000.
 */
height: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * A house's own look over the theme.
 */
house: House | null, 
/**
 * Language of the document.
 */
lang: "en" | "zh", };
/** Parts within another: what is left out has the default that the documentation names. */
export type Part<T> = T extends (infer U)[] ? Part<U>[] : T extends object ? { [K in keyof T]?: Part<T[K]> } : T;
export type Chart =
  | ({ kind: "fan" } & Part<FanParts>)
  | ({ kind: "ranking" } & Part<RankingParts>)
  | ({ kind: "bullet" } & Part<BulletParts>)
  | ({ kind: "waterfall" } & Part<WaterfallParts>)
  | ({ kind: "tornado" } & Part<TornadoParts>)
  | ({ kind: "multiples" } & Part<MultiplesParts>)
  | ({ kind: "need" } & Part<NeedParts>)
  | ({ kind: "funnel" } & Part<FunnelParts>)
  | ({ kind: "reliability" } & Part<ReliabilityParts>)
  | ({ kind: "error" } & Part<ErrorParts>)
  | ({ kind: "cover" } & Part<CoverParts>)
  | ({ kind: "tiles" } & Part<TilesParts>);
