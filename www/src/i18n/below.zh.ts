// What the tabs below the first screen say, apart from scenarios.
import type { Ledger } from "../engine/contract.ts";

const STAGES: Record<string, string> = { reserve: "谋划入库", preparation: "前期推进", construction: "开工建设", completed: "竣工投产", outlook: "储备展望" };
const FUNDING: Record<string, string> = { central: "中央预算内", regional: "自治区资金", "special-bond": "专项债", enterprise: "企业自筹", other: "其他" };
const APPROVALS: Record<string, string> = {
  approval: "审批核准", land: "用地", planning: "规划", environment: "环评", energy: "能评", safety: "安评", "soil-water": "水保", "water-permit": "取水",
};
const COLUMNS: Record<string, string> = {
  id: "编号", name: "项目", region: "地区", sector: "行业", stage: "阶段", in_books: "入库日期", funding: "资金来源", kind: "类别", total: "总投资", plan_year: "年度计划",
  done: "已完成", start_planned: "计划开工", start_actual: "实际开工", end_planned: "计划竣工", department: "责任部门", approvals: "待办审批（天）", list: "清单", status_date: "状态日期",
  parent: "上级地区", ledger: "台账", year: "年份", month: "月份", ytd: "累计", value: "当月", growth: "累计同比（%）", base: "可比基数",
  composition: "构成", unit: "单位", published: "公布日期",
};
const KINDS: Record<string, string> = { key: "重点项目", intent: "意向", signed: "签约", started: "开工" };
const COMPOSITION: Record<string, string> = { "construction-installation": "建筑安装工程", equipment: "设备工器具", other: "其他" };
const LEDGERS: Record<Ledger, string> = { fai: "固定资产投资", works: "项目完成投资", attraction: "到位资金", granted: "上争资金" };

const ten = (share: number): string => {
  const n = Math.round(share * 10);
  return n >= 10 ? "10次中几乎每次都" : n <= 0 ? "10次中几乎没有" : `10次中约${n}次`;
};

export const belowZh = {
  search: (label: string): string => `在“${label}”中查找`,
  searchHint: "查找，可用空格分开几个词",
  all: (label: string): string => `${label}：全部`,
  rowsOf: (shown: number, all: number): string => (shown === all ? `共${all.toLocaleString("en-US")}行` : `${shown.toLocaleString("en-US")}行，共${all.toLocaleString("en-US")}行`),
  saveCsv: "存为 CSV",
  row: "行号",
  nothingFound: "没有符合条件的行。",
  reading: "正在读取…",
  stages: STAGES,
  funding: FUNDING,
  approvals: APPROVALS,
  kinds: KINDS,
  composition: COMPOSITION,
  columns: COLUMNS,
  days: (kind: string, days: string): string => `${kind}${days}天`,
  between: "、",

  needCaption: "各地区剩余需完成",
  needUnit: (unit: string, growthOnly: boolean): string => (growthOnly ? "没有金额的地区只列百分点差额" : `金额单位：${unit}`),
  needLeft: "剩余需完成",
  needMonth: "每月需",
  needLast: "比上年同期",
  needBest: "比历史最快",
  needMonths: (from: number): string => (from >= 12 ? "12月" : `${from}–12月`),
  needGap: "差额（百分点）",
  needWhich: "期间",
  ahead: (label: string): string => `${label}：此后各月累计`,
  aheadPace: "序时进度应达",
  aheadSeasonal: "季节进度应达",
  aheadMedian: "预计",
  aheadGap: "预计与季节进度之差",
  aheadNote: "季节进度按往年各月占全年的比重分摊目标；序时进度按月平均，是官方考核口径。",
  needOver: "全年数据已定，没有尚需完成的数额。",
  noNeed: "这一台账没有可倒排的目标；自有数据可在“目标”中设定。",

  noProjects: "这份数据没有项目清单。从上方“导入数据”打开项目清单后，这里列出每个项目。",
  projectsCaption: "项目清单",
  projectsNote: (illustrative: boolean, unit: string | null): string => `${unit === null ? "金额单位见各行。" : `金额单位：${unit}。`}${illustrative ? "示意数据：项目由程序模拟生成。" : ""}`,

  dataCaption: "已载入的数据",
  dataNote: (illustrative: boolean): string => `整理后的长表，每行一个地区一个月。${illustrative ? "示意数据：由程序模拟生成，不是公布数。" : ""}`,
  findings: "检查结果",
  noFindings: "没有发现问题。",
  showRow: (cell: string): string => `在表中显示${cell}`,

  howTitle: "怎样推算",
  how: [
    "先推算增速，再由可比基数得出金额：公布的增速不等于两年公布额之比。",
    "几种方法各自推算本年余下月份：两层平滑、稳健回归、优化Theta法、进度占比、增速漂移、上年余量等；按它们在往年同一月份的表现加权，没有哪一种总是最好。",
    "误差来自往年：各地区同一年共有的波动，加上每个地区自己的波动。全市与各区共用同一组抽样，因此各区与未分配部分相加等于全市。",
    "推算某月时只用当时已知的数据，权重和区间也是如此。",
  ],
  pastTitle: "往年说得准不准",
  pastHow: (ledger: Ledger, cuts: readonly number[]): string => `把${LEDGERS[ledger]}最近几个完整年份退回到已知${cuts.join("、")}个月时，只用当时数据重新推算，再与实际比较。`,
  pastRun: "检验往年",
  pastRunning: (share: number): string => `正在检验往年，已完成${Math.floor(100 * share)}%。`,
  pastNone: "没有可检验的完整年份，至少需要三个。",
  pastSaid: (cut: number, error: string, share80: number): string => `往年已知${cut}个月时，各地区全年总额的误差平均为${error}；80%区间${ten(share80)}罩住了实际。`,
  pastGrowth: (points: string): string => `全年增速的误差平均为${points}个百分点。`,
  cut: "已知月数",
  cutName: (cut: number): string => `${cut}个月`,
  scored: "检验次数",
  meanError: "平均误差",
  medianError: "误差中位数",
  growthError: "增速误差（百分点）",
  cover80: "80%区间罩住",
  cover95: "95%区间罩住",
  naive: "只用上年余量",
  single: "最好的单一方法",
  pastCaption: (years: string): string => `${years}各地区全年总额：综合推算的误差与区间`,
  pictures: { error: "误差随已知月数", cover: "区间罩住实际的次数", reliability: "概率说到做到的程度" } as Record<"error" | "cover" | "reliability", string>,
  noPicture: "这张图没有画出来：",
};

export type BelowWords = typeof belowZh;
