export type ReadOptions = { 
/**
 * What the person calls the file.
 */
name: string, 
/**
 * What a person said of it.
 */
said?: SaidOfFile, 
/**
 * The plan (TOML) whose regions the names are matched against.
 */
plan?: string, 
/**
 * A plan (TOML) that is taken in its place where it suits the file: its year and most of its regions are the file's.
 */
suggested?: string, 
/**
 * The month that it is, `YYYY-MM`.
 */
today?: string, };
export type SaidOfFile = { 
/**
 * Year of all that names none.
 */
year: number | null, 
/**
 * Month through which the amounts count, of all that names none.
 */
month: number | null, 
/**
 * Unit of all that names none.
 */
unit: string | null, 
/**
 * Ledger of all that names none.
 */
ledger: string | null, 
/**
 * Whether amounts of a bare month count from January on.
 */
cumulative: boolean | null, 
/**
 * What columns mean.
 */
columns: Array<SaidOfColumn>, 
/**
 * What names of regions mean; an empty one leaves the row out.
 */
regions: { [key in string]: string }, 
/**
 * The only sheets to read; all where empty.
 */
sheets: Array<string>, };
export type SaidOfColumn = { 
/**
 * Its header.
 */
header: string, 
/**
 * What it holds.
 */
role: string, 
/**
 * Its unit.
 */
unit: string | null, 
/**
 * Its ledger.
 */
ledger: string | null, };
export type Both = { 
/**
 * English.
 */
en: string, 
/**
 * Chinese.
 */
zh: string, };
export type Finding = { 
/**
 * Stable code.
 */
code: string, 
/**
 * How much it matters.
 */
severity: "note" | "warning" | "error", 
/**
 * File.
 */
file: string | null, 
/**
 * Sheet of a workbook.
 */
sheet: string | null, 
/**
 * Cell (`B7`), row (`7`) or column (`B`), as far as it is known.
 */
cell: string | null, 
/**
 * Row of the sheet, from 0.
 */
row: number | null, 
/**
 * Column of the sheet, from 0.
 */
column: number | null, 
/**
 * The value as it stands in the file.
 */
value: string, 
/**
 * What was found and what was expected.
 */
text: Both, 
/**
 * What to do.
 */
help: Both, };
export type ColumnRead = { 
/**
 * Column of the sheet, from 0.
 */
column: number, 
/**
 * Header, its rows joined by ` / `.
 */
header: string, 
/**
 * What it holds.
 */
role: string, 
/**
 * Region, where the header names one.
 */
region: string | null, 
/**
 * Year, where the header names one.
 */
year: number | null, 
/**
 * Month through which, where the header names one.
 */
month: number | null, 
/**
 * Unit, where the header names one.
 */
unit: string | null, 
/**
 * How sure the role is, 0 to 1.
 */
confidence: number, };
export type WholeRead = { 
/**
 * Year.
 */
year: number | null, 
/**
 * Month through which its amounts count.
 */
month: number | null, 
/**
 * Unit.
 */
unit: string | null, 
/**
 * Ledger.
 */
ledger: string | null, 
/**
 * Whether amounts of a bare month count from January on.
 */
cumulative: boolean | null, };
export type RowRead = { 
/**
 * Row of the sheet, from 0.
 */
row: number, 
/**
 * Texts.
 */
cells: Array<string>, };
export type TableRead = { 
/**
 * Sheet.
 */
sheet: string | null, 
/**
 * Texts above it.
 */
titles: Array<string>, 
/**
 * First row of its data, from 0.
 */
first: number, 
/**
 * The row past the last one of its data.
 */
end: number, 
/**
 * What holds for all of it.
 */
whole: WholeRead, 
/**
 * Its columns; empty for a list of projects.
 */
columns: Array<ColumnRead>, 
/**
 * Column of the sheet of the preview's first cell.
 */
left: number, 
/**
 * The top of the sheet, and below it the first rows that something was found in.
 */
preview: Array<RowRead>, };
export type SheetRead = { 
/**
 * Name.
 */
name: string, 
/**
 * Rows that hold anything, from the first to the last.
 */
rows: number, 
/**
 * Whether it was read.
 */
taken: boolean, };
export type NameRead = { 
/**
 * As the file writes it.
 */
written: string, 
/**
 * The plan's name; none where it has no such region.
 */
region: string | null, };
export type FileRead = { 
/**
 * What it holds.
 */
kind: "panel" | "pipeline" | "nothing", 
/**
 * The tidy form, as the engine reads it.
 */
tidy: string, 
/**
 * What was found; an answer is given only where none is an error.
 */
found: Array<Finding>, 
/**
 * The visible sheets of a workbook; none of a file of another kind.
 */
sheets: Array<SheetRead>, 
/**
 * What its tables were taken for.
 */
tables: Array<TableRead>, 
/**
 * Whether the plan that was suggested was taken.
 */
took: boolean, 
/**
 * Names of regions that the plan writes otherwise or has not.
 */
names: Array<NameRead>, 
/**
 * The plan's regions.
 */
regions: Array<string>, 
/**
 * Rows of the tidy form.
 */
rows: number, 
/**
 * Regions in it.
 */
places: number, 
/**
 * Rows that were left out.
 */
left_out: number, 
/**
 * These rows, with their place and why, as a spreadsheet opens it.
 */
rest_csv: string, 
/**
 * The mapping that reads the next file of this form: what was said, and what was guessed of headers without a month.
 */
mapping_toml: string, };
export type TomlRead = { 
/**
 * What it is.
 */
kind: "plan" | "mapping" | "nothing", 
/**
 * The mapping, where it is one.
 */
said: SaidOfFile, 
/**
 * What was found.
 */
found: Array<Finding>, };
