// A sentence with parts to stress, built without markup so that no text is ever read as HTML.
export interface Piece {
  text: string;
  tone: "plain" | "strong" | "bad";
}

export type Sentence = Piece[];

export const strong = (text: string | number): Piece => ({ text: String(text), tone: "strong" });
export const bad = (text: string): Piece => ({ text, tone: "bad" });

type Part = string | number | Piece | Sentence;

/** Template tag: say`a ${strong("b")} c`. */
export function say(strings: TemplateStringsArray, ...parts: Part[]): Sentence {
  const out: Sentence = [];
  strings.forEach((text, i) => {
    if (text) out.push({ text, tone: "plain" });
    const part = parts[i];
    if (part === undefined || part === "") return;
    if (Array.isArray(part)) out.push(...part);
    else if (typeof part === "object") out.push(part);
    else out.push({ text: String(part), tone: "plain" });
  });
  return out;
}

/** Puts `between` between the pieces. */
export function joined(pieces: Piece[], between: string): Sentence {
  return pieces.flatMap((piece, i) => (i === 0 ? [piece] : [{ text: between, tone: "plain" as const }, piece]));
}

export const plain = (sentence: Sentence): string => sentence.map((piece) => piece.text).join("");
