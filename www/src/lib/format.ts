// Numbers as they are read: tabular, true minus, en dash for ranges, growth with one decimal.
import type { Lang, Light } from "../engine/contract.ts";

/** What stands where there is no number. */
export const NONE = "–";

export type DisplayUnit = "亿元" | "万元";

const YUAN: Readonly<Record<string, number>> = { 元: 1, 万元: 1e4, 万: 1e4, 亿元: 1e8, 亿: 1e8 };

/** What the engine calls a unit that nobody named. */
export const UNNAMED = "input unit";

/** Whether amounts in this unit can also be shown in the other of 亿元 and 万元. */
export function switchable(unit: string): unit is DisplayUnit {
  return unit === "亿元" || unit === "万元";
}

/** Whether amounts in one unit can be told in another. */
export function convertible(from: string, to: string): boolean {
  return from === to || (from in YUAN && to in YUAN);
}

/** How many of one unit of money another is; 1 where that is not known. */
export function ratioOf(from: string, to: string): number {
  const [a, b] = [YUAN[from], YUAN[to]];
  return from === to || a === undefined || b === undefined ? 1 : a / b;
}

/** `value` with `digits` decimals, a true minus and grouped thousands; never "−0". */
export function fixed(value: number, digits: number): string {
  const shown = Math.abs(value).toFixed(digits);
  const [whole = "0", rest] = shown.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const minus = value < 0 && Number(shown) !== 0 ? "−" : "";
  return minus + grouped + (rest === undefined ? "" : `.${rest}`);
}

/** As `fixed`, with the sign always there; nothing is "±0.0". */
export function signed(value: number, digits: number): string {
  const shown = fixed(value, digits);
  if (shown.startsWith("−")) return shown;
  return (Number(Math.abs(value).toFixed(digits)) === 0 ? "±" : "+") + shown;
}

/** A ratio as percent with one decimal: 0.099 is "9.9%". */
export function growth(ratio: number): string {
  return `${fixed(ratio * 100, 1)}%`;
}

/** A target as it was set: 0.11 is "11%", 0.115 is "11.5%". */
export function goal(ratio: number): string {
  const percent = ratio * 100;
  return `${fixed(percent, Math.abs(percent - Math.round(percent)) < 0.005 ? 0 : 1)}%`;
}

/** "8.1–9.9%"; where a minus would run into the dash, a word stands between. */
export function range(low: string, high: string, lang: Lang): string {
  if (!low.startsWith("−") && !high.startsWith("−")) return `${low}–${high}`;
  return lang === "zh" ? `${low}至${high}` : `${low} to ${high}`;
}

/** Amounts: one decimal, but none in 万元 and 元 nor from ten thousand up. */
export function amount(value: number, from: string, to: string): string {
  const shown = value * ratioOf(from, to);
  return fixed(shown, amountDigits(to, shown));
}

export function signedAmount(value: number, from: string, to: string): string {
  const shown = value * ratioOf(from, to);
  return signed(shown, amountDigits(to, shown));
}

function amountDigits(unit: string, value: number): number {
  return unit === "万元" || unit === "元" || Math.abs(value) >= 1e4 ? 0 : 1;
}

/** An amount inside a sentence: "4.5亿元" in Chinese, "450 million CNY" in English. */
export function amountInWords(value: number, from: string, to: string, lang: Lang): string {
  const yuan = YUAN[from];
  // The heading says that no unit is named; no sentence repeats it.
  if (to === UNNAMED) return amount(value, from, to);
  if (lang === "zh" || yuan === undefined) {
    const space = lang === "zh" ? "" : " ";
    return `${amount(value, from, to)}${space}${to}`;
  }
  const million = (value * yuan) / 1e6;
  if (Math.abs(million) >= 999_500) return `${fixed(million / 1e6, Math.abs(million) < 9_995_000 ? 2 : 1)} trillion CNY`;
  if (Math.abs(million) >= 999.5) return `${fixed(million / 1000, Math.abs(million) < 9995 ? 2 : 1)} billion CNY`;
  return `${fixed(million, Math.abs(million) < 100 ? 1 : 0)} million CNY`;
}

/** As `amountInWords`, with the sign always there: "+6.2亿元". */
export function signedInWords(value: number, from: string, to: string, lang: Lang): string {
  const sign = signedAmount(value, from, to).charAt(0);
  return sign + amountInWords(Math.abs(value), from, to, lang);
}

/** An amount that was set, not found: "421亿元" and not "421.0亿元". */
export function owedInWords(value: number, from: string, to: string, lang: Lang): string {
  return amountInWords(value, from, to, lang).replace(/\.0+(?=\D)/, "");
}

/** A chance in words: `below` and `above` mark "<5 %" and ">95 %". */
export interface Chance {
  percent: number;
  edge: "below" | "above" | null;
}

/** A chance as the engine shows it: in steps of 5 %, 0 for under 5 % and 1 for over 95 %. */
export function chance(shown: number): Chance {
  if (shown <= 0) return { percent: 5, edge: "below" };
  if (shown >= 1) return { percent: 95, edge: "above" };
  return { percent: Math.round(shown * 100), edge: null };
}

/** The short form of a chance, for a table. */
export function chanceText(shown: number): string {
  const { percent, edge } = chance(shown);
  return `${edge === "below" ? "<" : edge === "above" ? ">" : ""}${percent}%`;
}

/** The class that colours a light. */
export function lightClass(light: Light | null): "ok" | "watch" | "risk" | "none" {
  if (light === "green") return "ok";
  if (light === "yellow") return "watch";
  if (light === "red") return "risk";
  return "none";
}
