// How the columns of the tidy form are read by a person.
import type { BelowWords } from "../i18n/below.ts";
import type { Words } from "../i18n/index.ts";
import { ledgerFrom } from "../lib/league.ts";
import { fixed } from "../lib/format.ts";
import type { Column } from "./grid.ts";

const NUMBERS = new Set(["total", "plan_year", "done", "ytd", "value", "growth", "base", "year", "month"]);
const PLAIN = new Set(["year", "month"]);

/** A number as it stands, with a true minus and thousands apart; what is none stays as it is. */
function numberText(cell: string): string {
  if (cell.trim() === "" || !Number.isFinite(Number(cell))) return cell;
  return fixed(Number(cell), (cell.split(".")[1] ?? "").length);
}

/** The columns of a file that are known, in its order; one that no cell is in is left out. */
export function columnsOf(head: readonly string[], filled: (at: number) => boolean, words: Words, own: BelowWords, label: (region: string) => string, scope: (id: string) => string): Column[] {
  const named: Record<string, (cell: string) => string> = {
    region: label, parent: label,
    sector: scope,
    stage: (cell) => own.stages[cell] ?? cell,
    funding: (cell) => own.funding[cell] ?? cell,
    kind: (cell) => own.kinds[cell] ?? cell,
    list: scope,
    composition: (cell) => own.composition[cell] ?? cell,
    ledger: (cell) => { const ledger = ledgerFrom(cell); return ledger ? words.ledgers[ledger] : cell; },
    approvals: (cell) => cell.split(";").filter((part) => part !== "").map((part) => {
      const [kind = "", days] = part.split(":");
      return days === undefined ? (own.approvals[kind] ?? kind) : own.days(own.approvals[kind] ?? kind, days);
    }).join(own.between),
  };
  return head.flatMap((name, at) => {
    const title = own.columns[name];
    if (title === undefined || !filled(at)) return [];
    const shown = NUMBERS.has(name) && !PLAIN.has(name) ? numberText : (named[name] ?? ((cell: string) => cell));
    return [{ at, label: title, kind: NUMBERS.has(name) ? "number" as const : "text" as const, show: (cell: string) => (cell === "" ? "" : shown(cell)) }];
  });
}
