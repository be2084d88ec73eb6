// Where a finding is in a table's preview.
import type { Finding, TableRead } from "./contract.ts";

/** A column as spreadsheets name it; from 0. */
export function letters(column: number): string {
  let out = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) out = String.fromCharCode(65 + ((rest - 1) % 26)) + out;
  return out;
}

export interface Mark {
  severity: Finding["severity"];
  /** Places in the list of findings, the gravest first. */
  findings: number[];
}

const GRAVITY: Record<Finding["severity"], number> = { error: 0, warning: 1, note: 2 };

export const graver = (a: Finding, b: Finding): number => GRAVITY[a.severity] - GRAVITY[b.severity];

/** Whether a finding is about the table's file, and not about the plan beside it. */
export const isOfTable = (finding: Finding, file: string): boolean => finding.file === null || finding.file === file;

/** Marks by cell (`row:column`), row (`row:`) and column (`:column`) of the sheet. */
export function marks(found: readonly Finding[], file: string, sheet: string | null): Map<string, Mark> {
  const out = new Map<string, Mark>();
  found.forEach((finding, index) => {
    const key = keyOf(finding);
    if (key === null || finding.sheet !== sheet || !isOfTable(finding, file)) return;
    const mark = out.get(key);
    if (!mark) {
      out.set(key, { severity: finding.severity, findings: [index] });
      return;
    }
    const first = found[mark.findings[0] ?? index];
    if (first && graver(finding, first) < 0) {
      mark.severity = finding.severity;
      mark.findings.unshift(index);
    } else mark.findings.push(index);
  });
  return out;
}

export function keyOf({ row, column }: Finding): string | null {
  return row === null && column === null ? null : `${row ?? ""}:${column ?? ""}`;
}

/** The table in which a finding is: that of its sheet whose rows hold it, else the sheet's first. */
export function tableOf(finding: Finding, tables: readonly TableRead[]): number {
  const onSheet = tables.map((table, index) => ({ table, index })).filter(({ table }) => table.sheet === finding.sheet);
  const { row } = finding;
  const holds = onSheet.find(({ table }) => row !== null && row >= table.first - 12 && row < table.end);
  return (holds ?? onSheet[0])?.index ?? -1;
}
