// What of a bulletin is shown before it is written: its first words. Its parts are the engine's and untyped here, so what is not
// there is left out.
import type { BulletinData } from "../what-if/contract.ts";

export interface Gist {
  title: string;
  subtitle: string;
  illustrative: string;
  headline: string;
  words: string[];
}

const text = (part: unknown): string => (typeof part === "string" ? part : "");
const inside = (part: unknown, name: string): unknown =>
  typeof part === "object" && part !== null ? (part as Record<string, unknown>)[name] : undefined;
const sentences = (part: unknown): string[] =>
  (Array.isArray(part) ? part : []).map((one: unknown) => text(inside(one, "text"))).filter((one) => one !== "");

export function gistOf(data: BulletinData): Gist {
  return {
    title: data.title,
    subtitle: text(data["subtitle"]),
    illustrative: text(data["illustrative"]),
    headline: text(inside(data["headline"], "text")),
    words: [...sentences(data["verdict"]), ...sentences(inside(data["scenario"], "words"))],
  };
}

/** The same as a text to paste. */
export const plainGist = ({ title, headline, words }: Gist): string => [title, headline, ...words].filter((one) => one !== "").join("\n");
