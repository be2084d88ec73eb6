// What the planner changes: scenarios with their levers, how it got there, and the last good answer of the engine.
import { untrack } from "svelte";
import type { Desk } from "../desk.svelte.ts";
import type { Fault, Source } from "../engine/contract.ts";
import { keep, recall } from "../lib/kept.ts";
import { Asked } from "./ask.svelte.ts";
import { WhatIfClient } from "./client.ts";
import type { Calls, Kind, Least, LeverReport, LeverSetting, Prepared, ScenarioOptions, ScenarioReport, ScenarioUnit, Sought, WhatIf } from "./contract.ts";
import { faultOf } from "./fault.ts";
import { History } from "./history.ts";
import { preset, type PresetId } from "./presets.ts";
import { find, fits, isDefault, keyOf, knows, put, same, scopeFor, taken, type Scope, type Settings } from "./settings.ts";
import { Twin, type Moved } from "./twin.ts";

/** All the outlook's draws: a scenario without levers is then the outlook itself. */
const DRAWS = 16_384;

/** Months are often stepped through: only the one that somebody stays at is prepared. */
const REST_MS = 250;

export interface Scenario {
  id: number;
  /** Empty where nobody named it. */
  name: string;
  settings: Settings;
}

interface State {
  scenarios: readonly Scenario[];
  at: number;
}

const START: State = { scenarios: [{ id: 1, name: "", settings: [] }], at: 1 };

export class Planner {
  prepared = $state.raw<Prepared | null>(null);
  fault = $state.raw<Fault | null>(null);
  scope = $state.raw<Scope>({});
  /** A lever is being moved: the ranking keeps its order and nothing is said aloud. */
  moving = $state(false);
  /** How far each long question is. */
  progress = $state.raw<Partial<Record<Kind, number>>>({});

  /** Answers that took a search; they stay while another tab is looked at. */
  readonly sought = new Asked<Sought[]>();
  readonly least = new Asked<Least>();

  #state = $state.raw<State>(START);
  #history = new History<State>();
  #steps = $state(0);
  #before: State | null = null;
  #answer = $state.raw<{ frame: string; key: string; what: WhatIf } | null>(null);
  #shares = $state.raw<{ key: string; report: ScenarioReport } | null>(null);
  /** The data whose scenarios these are, and those of other data as they were left. */
  #of = "";
  readonly #left = new Map<string, { state: State; history: History<State> }>();
  #opened = $state("");
  #opening = "";
  /** How many moves were asked for, and which of them is shown. */
  #moves = 0;
  #answered = 0;

  readonly client = new WhatIfClient((kind, share) => {
    // Heard also while an effect asks, which must not follow it.
    const now = untrack(() => this.progress);
    if ((now[kind] ?? null) === share) return;
    const { [kind]: _, ...rest } = now;
    this.progress = share === null ? rest : { ...rest, [kind]: share };
  });

  readonly #twin = new Twin();

  constructor(readonly desk: Desk) {}

  readonly scenarios = $derived(this.#state.scenarios);
  readonly current = $derived(this.#state.scenarios.find((s) => s.id === this.#state.at) ?? START.scenarios[0]!);
  /** The levers that are set, as far as the data have them. */
  readonly settings = $derived(this.fitting(this.current.settings));
  /** Those that they do not have: made on a list of projects that is gone, or is another now. They stay in the scenario. */
  readonly aside = $derived(this.current.settings.filter((setting) => !this.settings.includes(setting)));
  /** A lever that is dragged across "as it is" takes nothing from the screen for that moment. */
  readonly on = $derived(this.settings.length > 0 || this.moving);
  readonly canUndo = $derived(this.#steps >= 0 && this.#history.canUndo);
  readonly canRedo = $derived(this.#steps >= 0 && this.#history.canRedo);
  /** One without name or levers is what deleting the last one leaves. */
  readonly canDelete = $derived(this.scenarios.length > 1 || this.on || this.aside.length > 0 || this.current.name !== "");

  /** The levers of the ledger in view. */
  readonly levers = $derived((this.prepared?.levers ?? []).filter((lever) => lever.ledgers.includes(this.desk.ledger)));

  /** Case, month, language and ledger: an answer in another frame is of no use. */
  readonly #frame = $derived(JSON.stringify([this.desk.caseKey, this.desk.ledger]));
  readonly #wanted = $derived(
    JSON.stringify([this.#frame, this.settings, this.desk.chosenRegion, this.desk.theme, this.desk.unit, this.desk.plot, this.desk.showsGrowth]),
  );
  readonly #asked = $derived(JSON.stringify([this.desk.caseKey, this.settings]));

  /** What to show in place of the outlook; null where no lever is set, or nothing is known yet. */
  readonly shown = $derived(this.on && this.#answer?.frame === this.#frame ? this.#answer.what : null);
  /** Whether what is shown is what was asked for last. */
  readonly settled = $derived(!this.on || (this.#answer !== null && this.#answer.key === this.#wanted));
  readonly ready = $derived(this.prepared !== null && this.#opened === this.desk.caseKey);
  /** The levers' shares of the effect, where they belong to what is set. */
  readonly shares = $derived(this.on && this.#shares?.key === this.#asked ? this.#shares.report : null);

  /** Of levers those that the data have; all of them while that is not known. */
  fitting(settings: Settings): Settings {
    const { prepared } = this;
    const fitting = prepared ? settings.filter((s) => fits(s, prepared)) : settings;
    // The same list where nothing is left out, so that nothing follows anew.
    return fitting.length === settings.length ? settings : fitting;
  }

  /** A question's options for what is set now, or for other levers. */
  options(settings: Settings = this.settings, name = ""): ScenarioOptions {
    const { lang, report } = this.desk;
    return { lang, draws: DRAWS, name, levers: [...settings], ...(report ? { as_of: report.as_of } : {}) };
  }

  /** What a chance that is aimed at is asked under: without the language, and with it. */
  goalKeys(...of: readonly (string | null)[]): [of: string, key: string] {
    const { sample, report, goalChance, caseKey } = this.desk;
    const question = [sample, report?.as_of, goalChance, this.settings, ...of];
    return [JSON.stringify(question), JSON.stringify([caseKey, ...question])];
  }

  /** Loads module and projects once the picture stands and has stood a moment. An effect: follows the case and its month. */
  soon(): () => void {
    const wanted = this.desk.outlookDrawn && this.desk.caseKey !== this.#opened;
    const timer = wanted ? setTimeout(() => void this.open(), REST_MS) : undefined;
    return () => clearTimeout(timer);
  }

  async open(): Promise<void> {
    const key = this.desk.caseKey;
    if (key === this.#opening) return;
    this.#opening = key;
    const { source } = this.desk;
    try {
      const prepared = await this.client.ask("open", { source, options: this.options([]) });
      // Another case was opened while this one was on its way.
      if (this.#opening !== key) return;
      this.prepared = prepared;
      if (!knows(prepared.scopes, this.scope)) this.scope = {};
      this.#opened = key;
      this.fault = null;
      this.desk.onPrepared(prepared);
    } catch (why) {
      this.#failed(why);
      if (this.#opening === key) this.#opening = "";
    }
  }

  /** Asks for what the levers do. Run as an effect: follows the levers, the frame and the chart. */
  async askMove(): Promise<void> {
    const [key, frame] = [this.#wanted, this.#frame];
    const { caseKey, source, ledger, chosenRegion, unit, theme, plot, showsGrowth: growth } = this.desk;
    // Until the month in view has its table, the one before is what would be asked about.
    if (!this.on || !this.ready || !this.desk.tableReady || this.#answer?.key === key) return;
    const chart = plot && chosenRegion !== null ? { region: chosenRegion, unit, theme, growth, ...plot } : undefined;
    const args = { ledger, options: this.options(), ...(chart ? { chart } : {}) };
    const move = ++this.#moves;
    const asked = performance.now();
    try {
      const { answer: what, took, by } = this.#twin.move(caseKey, args) ?? (await this.#moved(caseKey, source, args));
      // A later question may have been answered sooner, by the twin.
      if (move < this.#answered) return;
      const answered = performance.now();
      this.#answered = move;
      this.#answer = { frame, key, what };
      this.fault = null;
      // For whoever measures; nobody else listens.
      window.dispatchEvent(new CustomEvent("landfall:moved", { detail: { asked, answered, engine: took, by } }));
    } catch (why) {
      this.#failed(why);
    }
  }

  async #moved(caseKey: string, source: Source, args: Calls["move"]["args"]): Promise<Moved> {
    const answer = await this.client.ask("move", args);
    const took = this.client.lastTook;
    this.#twin.follow(caseKey, { source, options: args.options }, took);
    return { answer, took, by: "worker" };
  }

  /** Asks who moved what, once the hand rests. Run as an effect. */
  async askShares(): Promise<void> {
    const key = this.#asked;
    if (!this.on || !this.ready || this.moving || this.#shares?.key === key) return;
    try {
      const report = await this.client.ask("share", { options: this.options() });
      this.#shares = { key, report };
    } catch (why) {
      this.#failed(why);
    }
  }

  /** A question beside the levers; its fault is the asker's. */
  ask<K extends Kind>(kind: K, args: Calls[K]["args"]): Promise<Calls[K]["answer"]> {
    return this.client.ask(kind, args);
  }

  /** Whether the engine takes levers as they are: names, scopes and ranges. Throws its refusal. */
  async check(settings: Settings): Promise<void> {
    await this.client.ask("check", { ledger: this.desk.ledger, options: this.options(settings) });
  }

  #failed(why: unknown): void {
    const fault = faultOf(why);
    if (fault) this.fault = fault;
  }

  /** The share of a setting in what a unit gains. */
  shareOf(unit: ScenarioUnit | undefined, setting: LeverSetting | undefined): ScenarioUnit["by_lever"][number] | null {
    if (!unit || !setting) return null;
    const at = this.settings.findIndex((other) => keyOf(other) === keyOf(setting));
    return unit.by_lever[at] ?? null;
  }

  /** The unit in a report of shares. */
  unitIn(report: ScenarioReport | null, region: string | null): ScenarioUnit | undefined {
    return report?.units.find((unit) => unit.region === region && unit.ledger === this.desk.ledger);
  }

  /** The lever's setting in the scope that is chosen; null where it cannot be narrowed like that. */
  settingOf(lever: LeverReport): LeverSetting | undefined {
    const scope = scopeFor(lever, this.scope);
    return scope ? find(this.settings, lever.id, scope) : undefined;
  }

  /** Moves a lever in the chosen scope. With `live` the hand has not let go yet: that is one step of undoing with what follows. */
  set(lever: LeverReport, value: number, live: boolean): void {
    const scope = scopeFor(lever, this.scope);
    if (!scope || !Number.isFinite(value)) return;
    // Where a wider scope is set, "as it is" is an answer of its own for the narrower one.
    const others = this.settings.some((s) => s.id === lever.id && keyOf(s) !== keyOf({ id: lever.id, ...scope }));
    // So it is where others move what this one fixes: a share of completion that is typed is held.
    const holds = others || (!live && lever.id.startsWith("completion_"));
    const next = isDefault(lever, value) && !holds ? null : Math.min(lever.max, Math.max(lever.min, value));
    this.#change(put(this.current.settings, lever.id, scope, next, this.#depth), live);
  }

  /** Takes out what the data do not have. */
  dropAside(): void {
    this.#change(this.settings, false);
  }

  /** Takes a setting out, whatever its scope. */
  remove(setting: LeverSetting): void {
    this.#change(this.current.settings.filter((other) => keyOf(other) !== keyOf(setting)), false);
  }

  /** The hand let go: what was moved is one step. */
  release(): void {
    this.moving = false;
    if (this.#before) this.#remember(this.#before);
    this.#before = null;
  }

  usePreset(id: PresetId): void {
    const settings = this.prepared && preset(id, this.prepared.levers, this.prepared.scopes);
    if (settings) this.#change(settings, false);
  }

  /** The preset whose levers are set, and no others. */
  readonly preset = $derived.by((): PresetId | null => {
    const { prepared } = this;
    if (!prepared) return null;
    const is = (id: PresetId): boolean => {
      const settings = preset(id, prepared.levers, prepared.scopes);
      return settings !== null && same(settings, this.current.settings);
    };
    return (["usual", "push", "delay"] as const).find(is) ?? null;
  });

  undo(): void {
    this.#step(this.#history.undo(this.#state));
  }

  redo(): void {
    this.#step(this.#history.redo(this.#state));
  }

  reset(): void {
    if (this.current.settings.length > 0) this.#change([], false);
  }

  /** Adds a scenario and works on it. */
  add(name: string, settings: Settings): void {
    const id = 1 + Math.max(0, ...this.scenarios.map((s) => s.id));
    const empty = this.scenarios.length === 1 && this.current.settings.length === 0 && this.current.name === "";
    const kept = empty && settings.length > 0 ? [] : this.scenarios;
    this.#go({ scenarios: [...kept, { id, name, settings }], at: id });
  }

  /** Works on a scenario that came from outside; one that is there already is not added twice. */
  take(name: string, settings: Settings): void {
    const there = this.scenarios.find((s) => s.name === name && same(s.settings, settings));
    if (there) this.choose(there);
    else this.add(name, settings);
  }

  duplicate(scenario: Scenario, name: string): void {
    this.add(name, scenario.settings);
  }

  delete(scenario: Scenario): void {
    if (!this.canDelete) return;
    const left = this.scenarios.filter((s) => s.id !== scenario.id);
    const first = left[0];
    if (!first) this.#go(START);
    else this.#go({ scenarios: left, at: this.#state.at === scenario.id ? first.id : this.#state.at });
  }

  rename(scenario: Scenario, name: string): void {
    if (scenario.name !== name) this.#go({ ...this.#state, scenarios: this.scenarios.map((s) => (s.id === scenario.id ? { ...s, name } : s)) });
  }

  choose(scenario: Scenario): void {
    if (this.#state.at !== scenario.id) this.#go({ ...this.#state, at: scenario.id });
  }

  /** Scenarios of these data: as they were left on this visit, else as they were kept; a link's come on top. */
  recallFor(fingerprint: string): void {
    if (this.#of !== "") this.#left.set(this.#of, { state: this.#state, history: this.#history });
    this.#of = fingerprint;
    const left = this.#left.get(fingerprint);
    const kept = left ? null : stateFrom(recall(`scenarios.${fingerprint}`));
    this.#state = left?.state ?? (kept ? atRest(kept) : START);
    this.#history = left?.history ?? new History<State>();
    this.#before = null;
    this.moving = false;
    this.#steps += 1;
    // Levers and names of the case before mean nothing here; whoever goes there and back at once needs them again.
    this.prepared = null;
    this.#opened = "";
    this.#opening = "";
    this.scope = {};
  }

  #depth = (region: string): number => {
    const parents = new Map((this.desk.report?.units ?? []).map((unit) => [unit.region, unit.parent]));
    let depth = 0;
    for (let at = parents.get(region) ?? null; at !== null && depth < parents.size; at = parents.get(at) ?? null) depth += 1;
    return depth;
  };

  #change(settings: Settings, live: boolean): void {
    if (same(settings, this.current.settings) && !live) return;
    const next = { ...this.#state, scenarios: this.scenarios.map((s) => (s.id === this.current.id ? { ...s, settings } : s)) };
    if (live) {
      this.#before ??= this.#state;
      this.moving = true;
      this.#state = next;
    } else this.#go(next);
  }

  #go(next: State): void {
    const before = this.#before ?? this.#state;
    this.#before = null;
    this.moving = false;
    this.#state = next;
    this.#remember(before);
  }

  #remember(before: State): void {
    if (before === this.#state) return;
    this.#history.done(before);
    this.#steps += 1;
    this.#keep();
  }

  #step(state: State | null): void {
    if (!state) return;
    this.#before = null;
    this.moving = false;
    this.#state = state;
    this.#steps += 1;
    this.#keep();
  }

  #keep(): void {
    keep(`scenarios.${this.desk.fingerprint}`, JSON.stringify(this.#state));
  }
}

/** A visit begins with the outlook: nobody reads a scenario of last week for it. */
function atRest({ scenarios }: State): State {
  const empty = scenarios.find((s) => s.settings.length === 0);
  if (empty) return { scenarios, at: empty.id };
  const id = 1 + Math.max(0, ...scenarios.map((s) => s.id));
  return { scenarios: [{ id, name: "", settings: [] }, ...scenarios], at: id };
}

/** What was kept, as far as it is still a list of scenarios. */
function stateFrom(text: string | null): State | null {
  if (text === null) return null;
  try {
    const told = JSON.parse(text) as State;
    const fine = Array.isArray(told.scenarios) && told.scenarios.length > 0 && told.scenarios.every((s) =>
      typeof s.id === "number" && typeof s.name === "string" && Array.isArray(s.settings) &&
      s.settings.every((x: LeverSetting) => typeof x.id === "string" && typeof x.value === "number"));
    if (!fine || !told.scenarios.some((s) => s.id === told.at)) return null;
    return { ...told, scenarios: told.scenarios.map((s) => ({ ...s, settings: taken(s.settings) })) };
  } catch {
    return null;
  }
}
