// A file on its way to an outlook: what was dropped, what the reader made of it, what the planner said of it.
import type { Desk } from "../desk.svelte.ts";
import { SAMPLES as SAMPLE_NAMES } from "../desk.svelte.ts";
import { SAMPLES } from "../door/samples.ts";
import { EngineFault, Superseded } from "../engine/client.ts";
import type { Fault } from "../engine/contract.ts";
import { ReaderClient } from "./client.ts";
import type { FileRead, Finding, SaidOfFile, Stage } from "./contract.ts";
import { isOwn, planAlone } from "./own.ts";
import { merge, type Merged } from "./merge.ts";
import { forget, put, type Kept } from "./store.ts";

/** From this size on, a file's progress is worth a bar. */
export const LARGE = 1_000_000;

/** Findings that are kept with the data: a file with more is another file by then. */
const KEPT_FINDINGS = 500;

/** Which plan the figures are held to. */
export type PlanChoice = { kind: "none" } | { kind: "sample"; name: string } | { kind: "file"; name: string };

interface Dropped {
  name: string;
  blob: Blob;
}

const nothingSaid = (): SaidOfFile => ({
  year: null, month: null, unit: null, ledger: null, cumulative: null, columns: [], regions: {}, sheets: [],
});

export class Intake {
  /** Whether the dialog is open. */
  isOpen = $state(false);
  file = $state.raw<Dropped | null>(null);
  said = $state.raw<SaidOfFile>(nothingSaid());
  read = $state.raw<FileRead | null>(null);
  /** Reading goes on; where it has got to. */
  stage = $state<Stage | null>(null);
  /** The outlook of the file is being worked out. */
  opening = $state(false);
  fault = $state.raw<Fault | null>(null);
  plan = $state.raw<PlanChoice>({ kind: "none" });
  /** The plan was chosen because the file's regions and year are its own. */
  suggested = $state(false);
  /** What is wrong with a plan or a mapping that was dropped. */
  tomlFound = $state.raw<{ name: string; found: Finding[] } | null>(null);
  /** The mapping was taken from this file. */
  mappingName = $state<string | null>(null);
  /** Files beside the first, which are not read. */
  others = $state.raw<string[]>([]);
  /** Which finding is looked at. */
  marked = $state<number | null>(null);
  /** Whether the figures join those that are there: as the planner says, else where they go together. */
  joinSaid = $state<boolean | null>(null);
  /** The data in use could not be kept: they live as long as the page. */
  unkept = $state(false);
  /** The plan of the data in use is being edited. */
  planning = $state(false);
  /** The data have just been deleted. */
  deleted = $state(false);

  /** What was deleted last, until its message goes. */
  #gone: Kept | null = null;
  #planText: string | null = null;
  #filePlan = $state.raw<{ name: string; text: string } | null>(null);
  /** That of the data in use, which is offered; samples' plans are in the list anyway. */
  readonly #ownPlan = $derived.by((): { name: string; text: string } | null => {
    const { plan, planName } = this.desk.own?.kept ?? {};
    return plan && planName != null && !SAMPLE_NAMES.some((name) => name === planName) ? { name: planName, text: plan } : null;
  });
  #count = 0;
  readonly #reader = new ReaderClient((stage) => (this.stage = stage));

  readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** A plan that was dropped, or that the data in use have. */
  readonly filePlan = $derived((this.#filePlan ?? this.#ownPlan)?.name ?? null);
  readonly errors = $derived(this.read?.found.filter((f) => f.severity === "error").length ?? 0);
  /** Whether there is something to use. */
  readonly usable = $derived.by(() => {
    if (this.read === null || this.errors > 0 || this.stage !== null) return false;
    return this.read.kind === "panel" || (this.read.kind === "pipeline" && this.desk.own !== null);
  });

  /** What joining would do; null where there is nothing to join, or it is not wished. */
  readonly merged = $derived.by((): Merged | null => {
    const there = this.desk.own?.kept.panel;
    const both = this.joinSaid !== false && there !== undefined && this.read?.kind === "panel" ? merge(there, this.read.tidy) : null;
    return this.joinSaid || both?.together ? both : null;
  });

  open(): void {
    this.isOpen = true;
  }

  /** Closes the dialog and ends what it was doing; what was read is forgotten. */
  close(): void {
    this.cancel();
    this.isOpen = false;
    this.#clear();
  }

  /** Stops reading or opening; what was read before stays. */
  cancel(): void {
    this.#reader.stop();
    this.stage = null;
    if (this.opening) this.desk.leaveTrial();
    this.opening = false;
  }

  #clear(): void {
    this.file = null;
    this.read = null;
    this.said = nothingSaid();
    this.fault = null;
    this.tomlFound = null;
    this.mappingName = null;
    this.others = [];
    this.marked = null;
    this.joinSaid = null;
  }

  /** Another file, from the start. */
  again(): void {
    this.cancel();
    this.#clear();
  }

  /** Takes files that were dropped or chosen: plans and mappings, then one table. */
  async take(files: readonly File[]): Promise<void> {
    this.isOpen = true;
    this.letGo();
    const isToml = (file: File): boolean => file.name.toLowerCase().endsWith(".toml");
    const [table, ...others] = files.filter((file) => !isToml(file));
    if (table) {
      this.cancel();
      this.#clear();
      this.others = others.map((file) => file.name);
    }
    let read = false;
    for (const file of files.filter(isToml)) read = (await this.#toml(file)) || read;
    if (table) await this.#start(table.name, table);
    else if (read && this.file) await this.#ask();
  }

  /** Takes a table that was pasted. */
  async takeText(name: string, text: string): Promise<void> {
    this.isOpen = true;
    this.letGo();
    this.cancel();
    this.#clear();
    await this.#start(name, new Blob([text], { type: "text/tab-separated-values" }));
  }

  async #start(name: string, blob: Blob): Promise<void> {
    this.file = { name, blob };
    if (this.#filePlan) {
      this.#usePlan({ kind: "file", name: this.#filePlan.name }, this.#filePlan.text);
      return this.#ask();
    }
    this.#usePlan({ kind: "none" }, null);
    if (this.#ownPlan) return this.#ask({ choice: { kind: "file", name: this.#ownPlan.name }, text: this.#ownPlan.text });
    const { sample } = this.desk;
    const near = isOwn(sample) ? SAMPLE_NAMES[0] : sample;
    const text = await this.#samplePlan(near);
    return this.#ask(text === null ? undefined : { choice: { kind: "sample", name: near }, text });
  }

  async #samplePlan(name: string): Promise<string | null> {
    const files = await SAMPLES[name]?.();
    return files ? planAlone(files.plan) : null;
  }

  #usePlan(choice: PlanChoice, text: string | null): void {
    this.plan = choice;
    this.#planText = text;
    this.suggested = false;
  }

  /** A plan or a mapping; says whether the table has to be read again. */
  async #toml(file: File): Promise<boolean> {
    this.tomlFound = null;
    try {
      const text = await file.text();
      const { kind, said, found } = await this.#reader.ask("toml", { name: file.name, text });
      if (kind === "plan") {
        this.#filePlan = { name: file.name, text };
        this.#usePlan({ kind: "file", name: file.name }, text);
      } else if (kind === "mapping") {
        this.said = said;
        this.mappingName = file.name;
      } else this.tomlFound = { name: file.name, found };
      return kind !== "nothing";
    } catch (why) {
      this.#failed(why);
      return false;
    } finally {
      this.stage = null;
    }
  }

  async #ask(suggestion?: { choice: PlanChoice; text: string }): Promise<void> {
    const { file } = this;
    if (!file) return;
    this.fault = null;
    this.stage = "loading";
    const now = new Date();
    const options = {
      name: file.name,
      said: this.said,
      today: `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`,
      ...(this.#planText === null ? {} : { plan: this.#planText }),
      ...(suggestion ? { suggested: suggestion.text } : {}),
    };
    try {
      const read = await this.#reader.ask("read", { file: file.blob, options });
      this.read = read;
      this.marked = null;
      if (read.took && suggestion) {
        this.#usePlan(suggestion.choice, suggestion.text);
        this.suggested = true;
      }
      this.stage = null;
    } catch (why) {
      if (!(why instanceof Superseded)) this.stage = null;
      this.#failed(why);
    }
  }

  #failed(why: unknown): void {
    if (why instanceof Superseded) return;
    this.fault = why instanceof EngineFault ? why.fault : { code: "unknown", text: why instanceof Error ? why.message : String(why) };
  }

  async choosePlan(choice: PlanChoice): Promise<void> {
    const text = choice.kind === "none" ? null : choice.kind === "file" ? ((this.#filePlan ?? this.#ownPlan)?.text ?? null) : await this.#samplePlan(choice.name);
    this.#usePlan(choice, text);
    await this.#ask();
  }

  /** What a column means; the guess again where `role` is null. */
  async sayColumn(header: string, role: string | null): Promise<void> {
    const columns = this.said.columns.filter((c) => c.header !== header);
    const before = this.said.columns.find((c) => c.header === header);
    if (role !== null) columns.push({ header, role, unit: before?.unit ?? null, ledger: before?.ledger ?? null });
    await this.#say({ columns });
  }

  /** What a name of a region means: a region, "" for none, null for the guess. */
  async sayRegion(written: string, region: string | null): Promise<void> {
    const { [written]: _, ...regions } = this.said.regions;
    await this.#say({ regions: region === null ? regions : { ...regions, [written]: region } });
  }

  /** What holds for the whole file; null for the guess. */
  async sayWhole(part: Partial<Pick<SaidOfFile, "year" | "month" | "unit" | "ledger" | "cumulative" | "sheets">>): Promise<void> {
    await this.#say(part);
  }

  async #say(part: Partial<SaidOfFile>): Promise<void> {
    this.said = { ...this.said, ...part };
    await this.#ask();
  }

  /** Opens the data; the outlook in use stays until the new one is there. */
  async use(): Promise<void> {
    const { read, file, plan, merged } = this;
    if (!read || !file || !this.usable) return;
    const before = this.desk.own?.kept;
    const figures = read.kind === "panel";
    if (!figures && !before) return;
    const planName = plan.kind === "none" ? null : plan.name;
    // Of what is read anew, the newest alone counts.
    const earlier = (merged || !figures ? (before?.found ?? []) : []).filter((one) => one.file !== file.name);
    const found = [...read.found, ...earlier].slice(0, KEPT_FINDINGS);
    const fresh: Kept = {
      version: 1, name: file.name, found, panel: merged?.panel ?? read.tidy, plan: this.#planText, planName, pipeline: (merged && before?.pipeline) ?? null, at: Date.now(),
    };
    const kept = figures || !before ? fresh : { ...before, pipeline: read.tidy, found };
    this.opening = true;
    this.fault = null;
    try {
      await this.#adopt(kept);
      // To the next file it is offered where that has its regions.
      this.#filePlan = null;
      this.close();
    } catch (why) {
      this.#failed(why);
    } finally {
      this.opening = false;
    }
  }

  /** Opens the data in use with another plan; throws the engine's refusal, and then nothing has changed. */
  async usePlan(plan: string, planName: string): Promise<void> {
    const before = this.desk.own?.kept;
    if (!before) return;
    const kept: Kept = { ...before, plan: plan.trim() === "" ? null : plan, planName, at: Date.now() };
    await this.#adopt(kept);
    this.#filePlan = null;
  }

  /** Opens the planner's data and keeps them; throws the engine's refusal, and then nothing has changed. */
  async #adopt(kept: Kept): Promise<void> {
    this.#count += 1;
    await this.desk.adopt({ id: `own-${this.#count}`, kept });
    this.unkept = !(await put(kept));
  }

  /** Deletes the planner's data from this machine, and goes back to the sample. */
  async forget(): Promise<void> {
    const shown = isOwn(this.desk.sample);
    const gone = await forget();
    if (!gone && !this.unkept) {
      this.fault = { code: "not_deleted", text: "the browser refused to delete the data" };
      this.isOpen = true;
      return;
    }
    this.#gone = this.desk.own?.kept ?? null;
    this.desk.own = null;
    this.unkept = false;
    this.#filePlan = null;
    this.deleted = true;
    if (shown) this.desk.sample = SAMPLE_NAMES[0];
  }

  /** Takes the deletion back, as long as its message stands. */
  async restore(): Promise<void> {
    const kept = this.#gone;
    if (!kept) return;
    this.#gone = null;
    this.deleted = false;
    try {
      await this.#adopt(kept);
    } catch (why) {
      this.#failed(why);
      this.isOpen = true;
    }
  }

  /** The deletion stands. */
  letGo(): void {
    this.#gone = null;
    this.deleted = false;
  }

  /** The cleaned table as a spreadsheet opens it. */
  async spreadsheet(): Promise<string | null> {
    if (!this.read) return null;
    try {
      return await this.#reader.ask("spreadsheet", { tidy: this.read.tidy });
    } catch (why) {
      this.#failed(why);
      return null;
    } finally {
      this.stage = null;
    }
  }
}
