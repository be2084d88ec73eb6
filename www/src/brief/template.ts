// A template of the reader's own: a text with places, for the form that its name says.
import type { TemplateForm } from "./contract.ts";

export interface Template {
  name: string;
  text: string;
  form: TemplateForm;
}

/** Why a file is no template; the words for it are the page's. */
export type TemplateFault = "template_kind" | "template_text" | "template_large";

/** Names that may stand between `{{` and `}}`; `style` and `logo` in HTML alone. */
export const PLACES = [
  "title", "subtitle", "illustrative", "headline", "overview", "league", "sectors", "projects", "attraction", "lists", "scenario", "tasks",
  "appendix", "footer", "mark", "region", "year", "month", "money", "lang", "style", "logo",
] as const;

/** More than any template with its pictures inside has; far more would only hold the page up. */
const MOST = 20_000_000;

export async function templateFrom(file: File): Promise<Template | TemplateFault> {
  const form = /\.html?$/i.test(file.name) ? "html" : /\.(md|markdown)$/i.test(file.name) ? "md" : null;
  if (!form) return "template_kind";
  if (file.size > MOST) return "template_large";
  try {
    return { name: file.name, text: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), form };
  } catch {
    return "template_text";
  }
}
