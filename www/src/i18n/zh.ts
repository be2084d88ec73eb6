import type { Fault, Ledger, Light, Month } from "../engine/contract.ts";
import { amountInWords, chance, goal, growth, owedInWords, range, UNNAMED, type DisplayUnit } from "../lib/format.ts";
import type { Measure, SortKey, Standing } from "../lib/league.ts";
import { bad, joined, say, strong, type Sentence } from "../lib/say.ts";
import { whatIf } from "./what-if.zh.ts";
import { NAMED, type Verdict } from "../lib/verdict.ts";

const ledgers: Record<Ledger, string> = { fai: "固投", works: "项目完成投资", attraction: "到位资金", granted: "上争资金" };
const ledgersLong: Record<Ledger, string> = {
  fai: "固定资产投资",
  works: "重点项目完成投资",
  attraction: "招商引资到位资金",
  granted: "争取上级资金",
};
const lights: Record<Light, string> = { green: "达标", yellow: "关注", red: "风险" };
const samples: Record<string, string> = { "wuzhong-2023": "吴忠市", national: "全国" };

function whole(label: string): string {
  const last = label.slice(-1);
  return !label.startsWith("全") && "市县区省州盟旗".includes(last) ? `全${last}` : label;
}

function points(value: number): string {
  return `${Math.abs(value).toFixed(1)}个百分点`;
}

function short(s: Standing, unit: string): string {
  if (s.gapAmount !== null) return amountInWords(Math.abs(s.gapAmount), s.unit.unit, unit, "zh");
  return s.gapPoints === null ? "" : points(s.gapPoints);
}

function odds(shown: number): Sentence {
  const { percent, edge } = chance(shown);
  const about = edge === "below" ? "不到" : edge === "above" ? "超过" : "约";
  return say`达标概率${about}${strong(`${percent}%`)}`;
}

function missed(v: Verdict): Sentence {
  if (v.judged === 0) return [];
  const [fail, pass] = v.settled ? ["未完成", "完成"] : ["多半完不成", "多半能完成"];
  const m = v.missing.length;
  if (m === 0) return say`${v.judged}个地区${v.judged === 1 ? "" : strong("都")}${pass}目标。`;
  const shown = m > NAMED ? NAMED - 1 : m;
  const named = joined(v.missing.slice(0, shown).map(bad), "、");
  const count = v.judged === 1 ? "" : m === v.judged ? strong("都") : strong(`${m}个`);
  return say`${v.judged}个地区${m === v.judged ? "" : "中"}${count}${fail}目标：${named}${m > shown ? "等" : ""}。`;
}

function rootSays(v: Verdict, measure: Measure, unit: string): Sentence {
  const root = v.root;
  if (!root) return [];
  const { target, year_end: end } = root.unit;
  const will = v.settled ? "全年" : "预计";
  const place = `${whole(root.unit.label)}${v.ledger === "fai" ? "" : ledgers[v.ledger]}`;
  const total = end ? amountInWords(end.quantiles["0.5"], root.unit.unit, unit, "zh") : null;
  let head: Sentence;
  if (measure === "growth" && root.reach && target?.kind !== "amount") {
    const by = growth(root.reach.median);
    head = say`${place}${will}${by.startsWith("−") ? "下降" : "增长"}${strong(by.replace("−", ""))}`;
  } else if (target?.kind === "completion" && root.reach) {
    head = say`${place}${will}完成年度计划的${strong(growth(root.reach.median))}`;
  } else if (total) head = say`${place}全年${v.settled ? "" : "预计"}${strong(total)}`;
  else return say`${place}的数据还不足以推算全年。`;
  const gap = root.gapAmount ?? root.gapPoints;
  if (!target || gap === null) return say`${head}。`;
  const owed = target.kind === "amount" ? owedInWords(target.value, root.unit.unit, unit, "zh") : goal(target.value);
  return gap < 0
    ? say`${head}，距${owed}的目标差${strong(short(root, unit))}。`
    : say`${head}，比${owed}的目标多${strong(short(root, unit))}。`;
}

function span(s: Standing, measure: Measure, unit: string): string {
  if (s.reach && (s.unit.target ? s.unit.target.kind !== "amount" : measure === "growth")) {
    return range(growth(s.reach.low80), growth(s.reach.high80), "zh");
  }
  const q = s.unit.year_end?.quantiles;
  if (!q) return "";
  const low = amountInWords(q["0.1"], s.unit.unit, unit, "zh").slice(0, -unit.length);
  return range(low, amountInWords(q["0.9"], s.unit.unit, unit, "zh"), "zh");
}

function support(v: Verdict, measure: Measure, unit: string): Sentence {
  const parts: Sentence[] = [];
  const root = v.root;
  if (root && !v.settled) {
    const shown = span(root, measure, unit);
    const p = root.unit.probability_shown;
    if (shown && p !== null) parts.push(say`80%区间${shown}，${odds(p)}。`);
    else if (shown) parts.push(say`80%区间${shown}。`);
    else if (p !== null) parts.push(say`${odds(p)}。`);
  }
  if (v.worst) parts.push(say`缺口最大的是${strong(v.worst.unit.label)}（${short(v.worst, unit)}）。`);
  const end = root?.unit.year_end;
  if (v.settled && measure === "growth" && root && end && !root.unit.target) parts.push(say`全年累计${strong(amountInWords(end.quantiles["0.5"], root.unit.unit, unit, "zh"))}。`);
  return parts.flat();
}

export const zh = {
  whatIf,
  htmlLang: "zh-CN",
  brand: "全年落点",
  tagline: "全年投资会落在哪里",
  sampleNames: samples,
  chooseCase: "选择案例",
  ledgers,
  ledgerLong: ledgersLong,
  chooseLedger: "台账",
  asOf: "数据截至",
  earlier: "上一期",
  later: "下一期",
  through: (month: number): string => (month === 0 ? "尚无数据" : month === 1 ? "1月" : `1–${month}月`),
  asOfOption: (m: Month): string => `${m.year}年${m.month === 1 ? "" : "1–"}${m.month}月`,
  comparable: "可比口径",
  baseUnknown: "同比按公布数",
  baseTip: "增速按可比基数计算，不等于两年公布额之比",
  baseUnknownTip: "没有可比基数，增速按上年公布数计算",
  illustrative: "示意数据",
  displayUnit: "金额单位",
  unitShort: { 亿元: "亿元", 万元: "万元" } as Record<DisplayUnit, string>,
  unitName: (unit: string): string => (unit === UNNAMED ? "原数单位" : unit),
  language: "语言",
  toDark: "切换到深色",
  toLight: "切换到浅色",
  verdict: (v: Verdict, measure: Measure, unit: string): Sentence => {
    const parts = [...missed(v), ...rootSays(v, measure, unit)];
    return parts.length ? parts : say`这份数据没有设目标，按地区列出全年推算。`;
  },
  support,
  ranking: (regions: number, targets: boolean): string => (regions > 1 ? "各区落点排名" : targets ? "全年落点与目标" : "全年落点"),
  bandsKey: (bands: boolean, targets: boolean): string =>
    [...(bands ? ["灰带：50%、80%区间"] : []), ...(targets ? ["竖线：目标"] : [])].join("；"),
  sortBy: "排序",
  sorts: {
    probability: "按达标概率",
    projection: "按预计",
    gap: "按差额",
    rank: "按公布排名",
    name: "按原顺序",
  } as Record<SortKey, string>,
  colRegion: "地区",
  colRange: "区间与目标",
  colChange: "变动",
  colProjection: (measure: Measure, settled: boolean): [string, string] => [
    settled ? "全年" : "预计",
    measure === "growth" ? "增速" : "完成率",
  ],
  colChance: (settled: boolean): [string, string] => (settled ? ["是否", "达标"] : ["达标", "概率"]),
  colGap: (unit: string | null): [string, string] => ["差额", unit ?? "百分点"],
  colRank: ["公布", "排名"] as [string, string],
  rankShort: "排名",
  pullShort: "拉动",
  colPull: ["拉动", "百分点"] as [string, string],
  rankTip: "按已公布的累计增速排名；箭头为较上期的变化",
  pullTip: "该地区使全市增速高出或低于的百分点",
  /** `converted` where amounts or shares of a plan are owed, which the scale shows as growth. */
  goalZone: (low: string, high: string, converted: boolean): string => `目标${converted ? "折合" : ""}${low === high ? low : range(low.replace("%", ""), high, "zh")}`,
  rankAria: (n: number, change: number | null): string =>
    `第${n}名` + (change === null ? "" : change === 0 ? "，与上期相同" : change > 0 ? `，上升${change}位` : `，下降${-change}位`),
  lights,
  noLight: "未设目标",
  notJudged: "未评定",
  lightRule: { green: "≥80%", yellow: "50–80%", red: "<50%" } as Record<Light, string>,
  byPlanRule: "按规划规定的规则评定",
  inside: (label: string, parent: string): string => `*${label}含于${parent}，不重复计入`,
  park: "园区*",
  met: "已达标",
  unmet: "未达标",
  need: "剩余需完成",
  needNone: "已够目标",
  perMonth: (from: number): string => (from >= 12 ? "12月需" : `${from}–12月每月需`),
  vsLastYear: "比上年同期",
  vsBest: "比历史最快",
  gap: "距目标",
  gapShort: (value: string): string => `差${value}`,
  gapOver: (value: string): string => `多${value}`,
  points,
  pp: "百分点",
  ppCounted: "个百分点",
  projectedTotal: (settled: boolean): string => (settled ? "全年实际" : "全年预计"),
  projectedGrowth: (settled: boolean): string => (settled ? "全年增速" : "预计增速"),
  milestones: "节点",
  milestone: (month: number, owed: string): string => `${month}月 ${owed}`,
  milestoneNeed: (value: string): string => `还需${value}`,
  chanceOf: (value: string): string => `概率${value}`,
  notes: (n: number): string => `说明${n > 1 ? `（${n}条）` : ""}`,
  data: "数据表",
  dataOf: (label: string): string => `${label}：全年落点的分布`,
  dataAll: "各地区一览",
  quantile: "分位",
  median: "中位数（引用值）",
  mean: "平均",
  quantileName: (p: number): string => `${p * 100}%`,
  yearEnd: "全年累计",
  yearGrowth: "全年增速",
  ytd: "累计",
  ytdGrowth: "累计增速",
  yearBase: (unknown: boolean): string => (unknown ? "上年公布数（基数）" : "全年可比基数"),
  interval: "80%区间",
  target: "目标",
  dataMonths: (label: string): string => `${label}：图中各月数字`,
  month: "月份",
  monthName: (month: number): string => `${month}月`,
  monthColumns: (growth: boolean) => ({
    actual: growth ? "累计增速" : "累计",
    median: "预计",
    band50: "50%区间",
    band80: "80%区间",
    pace: "序时进度",
    seasonal: "季节进度",
  }),
  actualYear: "实际",
  models: "各模型",
  modelNames: {
    pooled: "两层平滑",
    regression: "稳健回归",
    share: "进度占比",
    drift: "增速漂移",
    dot: "优化Theta",
    last_rest: "上年余量",
    mean_rest: "三年平均余量",
  } as Record<string, string>,
  model: "模型",
  weight: "权重",
  knownThrough: "截至",
  empty: "这份数据里没有可以推算的地区。",
  withUnit: (name: string, unit: string): string => `${name}（${unit}）`,
  computing: "计算中…",
  loading: "正在本机计算…",
  soFar: (share: number): string => `正在本机计算，已完成${Math.floor(100 * share)}%。`,
  stop: "停止",
  restarted: "计算引擎出错后已重新启动，结果不受影响。",
  dismiss: "知道了",
  newer: "本页有新版本。",
  update: "现在换用",
  updating: "正在换用新版本…",
  print: "打印（一页简报）",
  exportPicture: "导出",
  light: "评定",
  readMonths: "逐月读数（左右方向键）",
  chartCounts: "图中数字",
  chartGrowth: "增速",
  andMore: (n: number): string => `另有${n}个地区未列出。`,
  paperFoot: (print: string, version: string): string => `数据指纹${print}${version ? `；引擎${version}版` : ""}`,
  failed: "没有算出来",
  fanFailed: "这张图没有画出来",
  retry: "重试",
  lastGood: "下面仍是上一次的结果。",
  faultHelp: (fault: Fault): string =>
    fault.code === "cancelled" ? "计算已停止。" : fault.code === "worker_crashed" || fault.code === "engine_unavailable" ? "计算引擎没有启动。请刷新页面；若仍不行，请换用较新的 Chrome 或 Edge。" : fault.text,
  faultCode: "错误代码",
  chartScope: (ledger: Ledger, unit: string, base: string | null, about: boolean): string =>
    `${ledgersLong[ledger]}累计，${zh.unitName(unit)}` + (base === null ? "" : `；可比基数${about ? "约" : ""}${base}`),
};

export type Words = typeof zh;
