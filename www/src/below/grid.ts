// A table of many rows: read in slices, put in order and filtered by place, so that nothing is copied.
import { recordsOf } from "../ingest/merge.ts";
import { breathe } from "../engine/breathe.ts";
import { ratioOf } from "../lib/format.ts";

export type Row = readonly string[];

export interface Grid {
  head: string[];
  rows: Row[];
}

/** What a column holds: how it is put in order. */
export type Kind = "text" | "number";

export interface Column {
  /** Its place in a row. */
  at: number;
  label: string;
  kind: Kind;
  /** How a cell is read by a person. */
  show: (cell: string) => string;
}

export interface Order {
  at: number;
  up: boolean;
}

/** A slice of work between two looks at what the person does. */
const SLICE_MS = 12;
/** More different texts than this are ordered by their characters' codes: a collator would take seconds. */
const COLLATED = 4000;

/** The rows of a CSV. Takes its time in slices; gives up where `wanted` says no. */
export async function read(text: string, wanted: () => boolean): Promise<Grid | null> {
  const rows: Row[] = [];
  let from = performance.now();
  for (const row of recordsOf(text)) {
    rows.push(row);
    if (rows.length % 256 !== 0 || performance.now() - from < SLICE_MS) continue;
    await breathe();
    if (!wanted()) return null;
    from = performance.now();
  }
  const [head = [], ...rest] = rows;
  return { head: [...head], rows: rest };
}

/** The rows with their amounts in another unit of money; one whose own unit cannot be brought there stays as it is. `usual` is the
 * unit of a row that names none: the panel's. */
export function inUnit({ head, rows }: Grid, amounts: readonly string[], usual: string, to: string): readonly Row[] {
  const unit = head.indexOf("unit");
  const places = new Set(amounts.map((name) => head.indexOf(name)).filter((at) => at >= 0));
  return rows.map((row) => {
    const ratio = ratioOf(row[unit] || usual, to);
    if (ratio === 1) return row;
    // Twelve digits are more than any amount has, and fewer than the error of the product takes.
    const brought = (cell: string): string => (cell.trim() === "" || !Number.isFinite(Number(cell)) ? cell : String(Number((Number(cell) * ratio).toPrecision(12))));
    return row.map((cell, at) => (places.has(at) ? brought(cell) : at === unit ? to : cell));
  });
}

/** Places of the rows in which every word of `search` is found, and every facet's cell is the one chosen. */
export function filtered(rows: readonly Row[], search: string, facets: ReadonlyMap<number, string>): Uint32Array {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = new Uint32Array(rows.length);
  let n = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? [];
    let fits = true;
    for (const [at, value] of facets) fits &&= row[at] === value;
    if (fits && words.length > 0) {
      const text = row.join("\u0000").toLowerCase();
      fits = words.every((word) => text.includes(word));
    }
    if (fits) found[n++] = i;
  }
  return found.slice(0, n);
}

/** The same places in the order of a column; what is empty, or no number, comes last either way. Ties stay as they were. */
export function ordered(rows: readonly Row[], places: Uint32Array, column: Column, up: boolean): Uint32Array {
  const rank = column.kind === "number" ? numbers(rows, column.at) : ranks(rows, column.at);
  const out = Array.from(places);
  const sign = up ? 1 : -1;
  out.sort((a, b) => {
    const [x, y] = [rank[a] ?? NaN, rank[b] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y);
  });
  return Uint32Array.from(out);
}

function numbers(rows: readonly Row[], at: number): Float64Array {
  return Float64Array.from(rows, (row) => (row[at] === undefined || row[at].trim() === "" ? NaN : Number(row[at])));
}

function ranks(rows: readonly Row[], at: number): Float64Array {
  const texts = [...new Set(rows.map((row) => row[at] ?? ""))];
  if (texts.length <= COLLATED) texts.sort(new Intl.Collator("zh-CN", { numeric: true }).compare);
  else texts.sort();
  const rank = new Map(texts.map((text, i) => [text, text === "" ? NaN : i]));
  return Float64Array.from(rows, (row) => rank.get(row[at] ?? "") ?? NaN);
}

/** The different cells of a column, most frequent first or, where they are years, in order; null where there are too many to choose from, or only one. */
export function choices(rows: readonly Row[], at: number, most = 40): string[] | null {
  const count = new Map<string, number>();
  for (const row of rows) {
    const cell = row[at] ?? "";
    if (cell === "") continue;
    count.set(cell, (count.get(cell) ?? 0) + 1);
    if (count.size > most) return null;
  }
  if (count.size < 2) return null;
  const cells = [...count];
  // Years stand in their order, words by how often they are there.
  const years = cells.every(([cell]) => /^\d+$/.test(cell));
  return cells.sort((a, b) => (years ? Number(a[0]) - Number(b[0]) : b[1] - a[1])).map(([cell]) => cell);
}

/** Width of each column in characters, from its label and some of its cells: it stays while rows come and go. */
export function widths(rows: readonly Row[], columns: readonly Column[]): number[] {
  const step = Math.max(1, Math.floor(rows.length / 200));
  return columns.map(({ at, label, show }) => {
    let most = wide(label) + 2;
    for (let i = 0; i < rows.length; i += step) most = Math.max(most, wide(show(rows[i]?.[at] ?? "")));
    return Math.min(44, Math.max(5, most)) + 2;
  });
}

/** A text's width in digits: Han characters count two. */
const wide = (text: string): number => [...text].reduce((sum, c) => sum + (c > "\u2e80" ? 2 : 1), 0);
