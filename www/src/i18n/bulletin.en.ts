import type { BulletinWords } from "./bulletin.ts";

const REASONS: Readonly<Record<string, string>> = {
  writer_unavailable: "the writers could not be loaded. Check the connection and try again.",
  writer_stopped: "the writers stopped. Try again; if that does not help, use a recent Chrome or Edge.",
  bad_bulletin: "this is a fault of the program; please report it with the data.",
};

export const bulletinEn: BulletinWords = {
  file: "bulletin",
  preview: "What the bulletin says first",
  gathering: "Gathering the figures…",
  scenario: (name) => (name === null ? "The baseline, without a scenario" : `With the scenario "${name}" beside the baseline`),
  copy: "Copy text",
  copied: "The text is copied.",
  noCopy: "The browser cannot copy here; select the text and copy it.",
  as: "Export as",
  forms: {
    pptx: { name: "Slides", hint: "PowerPoint, WPS; charts stay editable" },
    docx: { name: "Document", hint: "Word, WPS; yours to finish" },
    xlsx: { name: "Workbook", hint: "Excel, WPS; formulas and charts" },
    html: { name: "Web page", hint: "One file, prints on A4" },
    md: { name: "Markdown", hint: "Plain text, to paste and rework" },
  },
  by: (template) => `by ${template}`,
  writing: (form) => `Writing: ${form.toLowerCase()}…`,
  slide: (at, all) => `slide ${at} of ${all}`,
  cancel: "Cancel",
  stopped: (form) => `${form}: cancelled, nothing was saved.`,
  saved: (name, size) => `Downloaded: ${name} (${size})`,
  refused: (why) => `There is no bulletin: ${why}`,
  failed: (form, fault) => `${form}, not written: ${REASONS[fault.code] ?? fault.text}`,
  templateRefused: (template, why) => `The template ${template} cannot be used: ${why}. Correct it and choose it again, or go without.`,
  template: "Your own template",
  templateTip: "HTML or Markdown, with places to be filled",
  choose: "Choose a template…",
  another: "Another template…",
  without: "Without",
  places: "Places you can use",
  placesTip: "A name between two pairs of braces; style and logo in HTML only.",
  templateFaults: {
    template_kind: "it must be an .html or .md file",
    template_text: "it is not UTF-8 text; save it as UTF-8",
    template_large: "it is larger than 20 MB",
  },
};
