import type { ExportWords } from "./export.ts";

export const exportZh: ExportWords = {
  title: "导出",
  part: "导出内容",
  parts: { picture: "图片", bulletin: "月通报" },
  kind: "图",
  kinds: {
    fan: "全年落点", "growth-fan": "增速走势", ranking: "各区排名", bullet: "完成进度", multiples: "各区对比", need: "每月还需",
    scurve: "重点项目进度", funnel: "招商漏斗", tiles: "各区示意图", waterfall: "情景分解", tornado: "敏感性",
  },
  size: "大小",
  sizes: { slide: "整页幻灯片 1280×720", half: "半页幻灯片 640×720", square: "方形 720×720", column: "窄栏 360×640" },
  theme: "配色",
  themes: { light: "浅色", dark: "深色", print: "印刷" },
  copy: "复制图片",
  copied: "图片已复制，可直接粘贴到幻灯片。",
  noCopy: "此处浏览器不能复制图片，请下载PNG。",
  png: "PNG（2倍）",
  svg: "SVG",
  data: "图的数据（JSON）",
  dataTip: "命令行和网页组件可用同一份数据画出同样的图",
  drawing: "正在绘制",
  saved: (name) => `已下载：${name}`,
  failed: (why) => `无法绘制：${why}`,
  close: "关闭",
};
