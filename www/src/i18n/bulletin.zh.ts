import type { BulletinWords } from "./bulletin.ts";

const REASONS: Readonly<Record<string, string>> = {
  writer_unavailable: "导出组件没有加载。请检查网络后重试。",
  writer_stopped: "导出组件意外停止，请重试；若仍不行，请改用较新的 Chrome 或 Edge。",
  bad_bulletin: "这是程序的缺陷，请连同数据一起报告。",
};

export const bulletinZh: BulletinWords = {
  file: "月通报",
  preview: "通报要点",
  gathering: "正在汇总数字…",
  scenario: (name) => (name === null ? "按照常推算，不含情景" : `含情景“${name}”，与照常并列`),
  copy: "复制文字",
  copied: "文字已复制。",
  noCopy: "此处浏览器不能复制，请选中文字后复制。",
  as: "导出为",
  forms: {
    pptx: { name: "幻灯片", hint: "PowerPoint、WPS；图表可编辑" },
    docx: { name: "文档", hint: "Word、WPS；可接着写" },
    xlsx: { name: "工作簿", hint: "Excel、WPS；带公式和图表" },
    html: { name: "网页", hint: "单个文件，可打印成A4" },
    md: { name: "Markdown", hint: "纯文本，便于粘贴改写" },
  },
  by: (template) => `按模板 ${template}`,
  writing: (form) => `正在写${form}…`,
  slide: (at, all) => `第${at}页，共${all}页`,
  cancel: "取消",
  stopped: (form) => `${form}已取消，没有保存文件。`,
  saved: (name, size) => `已下载：${name}（${size}）`,
  refused: (why) => `无法生成通报：${why}`,
  failed: (form, fault) => `${form}没有写成：${REASONS[fault.code] ?? fault.text}`,
  templateRefused: (template, why) => `模板 ${template} 不能用：${why}。请改正后重新选择，或不用模板。`,
  template: "自己的模板",
  templateTip: "HTML或Markdown文件，内容填在占位符处",
  choose: "选择模板…",
  another: "换模板…",
  without: "不用模板",
  places: "可用的占位符",
  placesTip: "写成两对花括号中的名称；style、logo 仅用于HTML。",
  templateFaults: {
    template_kind: "只能是 .html 或 .md 文件",
    template_text: "不是UTF-8文本，请另存为UTF-8",
    template_large: "超过20 MB",
  },
};
