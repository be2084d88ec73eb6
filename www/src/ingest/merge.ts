// A new month's figures into those that are there: a figure for the same cell takes the place of the old one.

/** Records of a CSV; quoted fields may hold commas, quotes and line breaks. */
export const records = (text: string): string[][] => [...recordsOf(text)];

/** The same one by one. */
export function* recordsOf(text: string): Generator<string[]> {
  let row: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") {
      row.push(field);
      field = "";
    } else if (c === "\n") {
      row.push(field.endsWith("\r") ? field.slice(0, -1) : field);
      yield row;
      row = [];
      field = "";
    } else field += c;
  }
  if (field !== "" || row.length > 0) yield [...row, field];
}

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
const text = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");

/** What makes two rows one cell; a ledger that is not named is `fai`. */
const KEY = ["region", "year", "month", "ledger", "sector", "composition"];

export interface Merged {
  panel: string;
  /** Rows that there were none for. */
  added: number;
  /** Rows that took the place of others. */
  replaced: number;
  /** At least half of the new regions were there: another month of the same place, and not another place. */
  together: boolean;
}

/** Both are in the tidy form. Columns are united; a row of `fresh` stands for all old ones of its cell. */
export function merge(old: string, fresh: string): Merged {
  const [oldHead = [], ...before] = records(old);
  const [freshHead = [], ...after] = records(fresh);
  const head = [...oldHead, ...freshHead.filter((name) => !oldHead.includes(name))];
  const key = (row: readonly string[], from: readonly string[]): string =>
    JSON.stringify(KEY.map((name) => row[from.indexOf(name)] || (name === "ledger" ? "fai" : "")));
  const wide = (row: readonly string[], from: readonly string[]): string[] => head.map((name) => row[from.indexOf(name)] ?? "");
  const taken = new Set(after.map((row) => key(row, freshHead)));
  const kept = before.filter((row) => !taken.has(key(row, oldHead)));
  const known = new Set(before.map((row) => key(row, oldHead)));
  const replaced = [...taken].filter((one) => known.has(one)).length;
  const rows = [...kept.map((row) => wide(row, oldHead)), ...after.map((row) => wide(row, freshHead))];
  const regions = (all: readonly (readonly string[])[], from: readonly string[]): Set<string> => new Set(all.map((row) => row[from.indexOf("region")] ?? ""));
  const [there, here] = [regions(before, oldHead), regions(after, freshHead)];
  return { panel: text([head, ...rows]), added: taken.size - replaced, replaced, together: [...here].filter((name) => there.has(name)).length * 2 >= here.size };
}
