// Everything the page knows: what is chosen, and the last good answer of the engine for it.
import { untrack } from "svelte";
import { EngineClient, EngineFault, Superseded } from "./engine/client.ts";
import type { DiagnosticReport, FanView, Fault, Lang, Ledger, Month, Opened, OutlookReport, Progress, Source, Theme } from "./engine/contract.ts";
import { WORDS } from "./i18n/index.ts";
import { Offline } from "./door/offline.svelte.ts";
import { Intake } from "./ingest/intake.svelte.ts";
import { isOwn, OWN_KEPT, sourceOf, type OwnCase } from "./ingest/own.ts";
import { get, isLikely } from "./ingest/store.ts";
import { switchable, type DisplayUnit } from "./lib/format.ts";
import { Printing } from "./print/printing.svelte.ts";
import { Past } from "./record/past.svelte.ts";
import { keep, recall } from "./lib/kept.ts";
import { axis, league, ledgersOf, sorted, sortsOf, type League, type SortKey, type Standing } from "./lib/league.ts";
import type { ChangeReport, Prepared } from "./what-if/contract.ts";
import { Planner, type Scenario } from "./what-if/planner.svelte.ts";
import { Sharing } from "./what-if/sharing.svelte.ts";
import type { View } from "./what-if/views.ts";
import type { Names } from "./what-if/words.ts";

export const SAMPLES = ["wuzhong-2023", "national"] as const;

/** After this long a wait is worth mentioning. */
const PATIENCE_MS = 150;

const FEW = 2;

/** The chance that a region's row asks how to reach. */
export const ROW_GOAL = 0.8;

export const monthKey = (m: Month): string => `${m.year}-${String(m.month).padStart(2, "0")}`;

interface Plot {
  width: number;
  height: number;
}

export class Desk {
  lang = $state<Lang>(document.documentElement.lang.startsWith("zh") ? "zh" : "en");
  theme = $state<Theme>(document.documentElement.dataset["theme"] === "dark" ? "dark" : "light");
  sample = $state<string>(SAMPLES[0]);
  asOf = $state<string | null>(null);
  months = $state.raw<Month[]>([]);
  sort = $state<SortKey>("probability");
  plot = $state.raw<Plot | null>(null);
  restarted = $state(false);
  /** The chart counts growth, where amounts are known too. */
  inGrowth = $state(false);
  /** What is asked of the scenario below the cards. */
  view = $state<View>("scenarios");
  /** The chance that searches look for. */
  goalChance = $state(ROW_GOAL);
  seekWish = $state(false);
  slow = $state(false);

  /** Without any lever. */
  report = $state.raw<OutlookReport | null>(null);
  /** Of panel and plan. */
  fingerprint = $state("");
  fault = $state.raw<Fault | null>(null);
  #fan = $state.raw<FanView | null>(null);
  fanFault = $state.raw<Fault | null>(null);

  #ledger = $state<Ledger>("fai");
  #region = $state<string | null>(null);
  #unit = $state<DisplayUnit | null>(null);
  #opened = $state<string | null>(null);
  #reportKey = $state("");
  #fanKey = $state("");
  #adopted: string | null = null;
  #asking = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** How far a long outlook is, as a share; null when none is under way. */
  progress = $state<number | null>(null);

  #since: number | null = null;

  #client = this.#newClient();
  #trial: EngineClient | null = null;

  /** The planner's own data, once they are there; `sample` is its id where they are shown. */
  own = $state.raw<OwnCase | null>(null);
  readonly intake = new Intake(this);
  readonly offline = new Offline();

  #newClient(): EngineClient {
    return new EngineClient(
      () => {
        this.restarted = true;
      },
      (progress) => this.#onProgress(progress),
    );
  }

  #onProgress(progress: Progress | null): void {
    if (progress === null) {
      this.#since = null;
      this.progress = null;
      return;
    }
    // What is over in a second needs no word.
    this.#since ??= performance.now();
    if (performance.now() - this.#since > 700) this.progress = progress.done / progress.all;
  }

  constructor() {
    const asked = new URLSearchParams(window.location.search).get("sample");
    if (asked && SAMPLES.some((name) => name === asked)) this.sample = asked;
    else if (isLikely()) this.sample = OWN_KEPT;
    const unit = recall("unit");
    if (unit !== null && switchable(unit)) this.#unit = unit;
    this.sharing.read(window.location.hash);
  }

  readonly words = $derived(WORDS[this.lang]);
  readonly ledgers = $derived(this.report ? ledgersOf(this.report) : []);
  readonly ledger = $derived<Ledger>(this.ledgers.includes(this.#ledger) ? this.#ledger : (this.ledgers[0] ?? "fai"));
  readonly planner = new Planner(this);
  readonly sharing = new Sharing(this);
  readonly past = new Past(this);
  readonly printing = new Printing(this);

  /** As the outlook tells it, whatever the levers say. */
  readonly usual = $derived(this.report ? league(this.report, this.ledger) : null);
  readonly #usualBy = $derived(new Map([this.usual?.root, ...(this.usual?.regions ?? [])].flatMap((s) => (s ? [[s.unit.region, s] as const] : []))));
  readonly league = $derived.by(() => {
    const what = this.planner.shown;
    return what ? league(what.outlook, this.ledger) : this.usual;
  });
  readonly sorts = $derived(sortsOf(this.league));
  readonly order = $derived<SortKey>(this.sorts.includes(this.sort) ? this.sort : "projection");
  #order: readonly string[] = [];
  readonly standings = $derived.by((): Standing[] => {
    if (!this.league) return [];
    const rows = sorted(this.league, this.order);
    // A row that wanders while a lever is moved cannot be followed: the order is found when the hand lets go.
    if (this.planner.moving) rows.sort((a, b) => this.#order.indexOf(a.unit.region) - this.#order.indexOf(b.unit.region));
    this.#order = rows.map((s) => s.unit.region);
    return rows;
  });
  /** The year of every row is over: nothing can be changed or searched for. */
  readonly over = $derived(this.usual !== null && this.standings.length > 0 && this.standings.every((s) => s.unit.through === 12));
  /** Wide enough for both, so that a bar is never cut off by what was. */
  readonly axis = $derived(this.league && this.usual ? axis(this.league, this.usual) : null);
  /** The region in view, chosen or first; it does not change with the figures of a scenario. */
  readonly chosenRegion = $derived.by(() => {
    const { usual } = this;
    const all = usual ? [...(usual.root ? [usual.root] : []), ...usual.regions] : [];
    return all.find((s) => s.unit.region === this.#region)?.unit.region ?? first(usual, this.order);
  });
  readonly chosen = $derived(this.standings.find((s) => s.unit.region === this.chosenRegion) ?? this.standings[0] ?? null);
  /** A column of one or two regions has room left: the distribution stands below it. */
  readonly few = $derived(this.report !== null && this.standings.length <= FEW);
  /** The unit in which amounts show; the report's own unless it can be switched. */
  readonly unit = $derived.by(() => {
    const own = this.league?.unit ?? "";
    return this.#unit && switchable(own) ? this.#unit : own;
  });

  /** The same beside a figure, as short as it goes. */
  readonly unitShort = $derived(this.words.unitShort[this.unit as DisplayUnit] ?? this.words.unitName(this.unit));

  readonly #wantedReport = $derived(JSON.stringify([this.sample, this.asOf, this.lang]));
  /** The chart counts growth where it is asked to and the region's growth is known. */
  readonly showsGrowth = $derived(this.inGrowth && (this.chosen?.unit.growth ?? null) !== null);
  /** Case, month and language, as the planner's answers are kept by. */
  readonly caseKey = $derived(this.#wantedReport);
  readonly #wantedFan = $derived(
    this.chosenRegion !== null ? JSON.stringify([this.#wantedReport, this.chosenRegion, this.ledger, this.unit, this.theme, this.showsGrowth]) : "",
  );
  readonly tableReady = $derived(this.report !== null && this.#reportKey === this.#wantedReport);
  /** The outlook's own picture stands: what it did not need may be loaded. */
  readonly outlookDrawn = $derived(this.tableReady && this.#fan !== null && this.#fanKey === this.#wantedFan);
  readonly fanReady = $derived(this.planner.on ? this.planner.settled && this.planner.shown?.fan !== undefined : this.outlookDrawn);
  /** The chart: the scenario's where levers are set. */
  readonly fan = $derived(this.planner.shown?.fan ?? this.#fan);

  /** Whether the lights go by the default thresholds of the chance. A plan may set others, which the report does not name. */
  readonly byProbability = $derived(
    this.report?.light_rule === "probability" && this.standings.every(({ unit: { light, probability: p } }) =>
      light === null || p === null || light === (p >= 0.8 ? "green" : p >= 0.5 ? "yellow" : "red")),
  );

  /** A region as the outlook tells it. */
  usualOf(region: string | null): Standing | undefined {
    return region === null ? undefined : this.#usualBy.get(region);
  }

  /** What the scenario changed of a unit's December; null where none is shown. */
  changeOf(region: string | null): ChangeReport | null {
    return this.planner.shown?.changes.find((change) => change.region === region) ?? null;
  }

  /** The scenario's name: its own, the preset's, or a number. */
  readonly scenarioName = $derived(this.nameOf(this.planner.current));

  nameOf(scenario: Scenario): string {
    const { whatIf } = this.words;
    if (scenario.name !== "") return scenario.name;
    if (scenario.settings.length === 0) return whatIf.usual;
    const { preset } = this.planner;
    if (scenario.id === this.planner.current.id && preset !== null) return whatIf.preset[preset];
    return whatIf.unnamed(scenario.id);
  }

  /** What a region's chance would take, from its row. */
  seek(region: string): void {
    this.chooseRegion(region);
    this.goalChance = ROW_GOAL;
    this.view = "seek";
    this.seekWish = true;
  }

  /** A region's name to show. */
  labelOf(region: string): string {
    return this.report?.units.find((unit) => unit.region === region)?.label ?? region;
  }

  /** What it takes to say a setting in words. */
  readonly names = $derived<Names>({
    words: this.words,
    levers: this.planner.prepared?.levers ?? [],
    scopes: this.planner.prepared?.scopes ?? null,
    amounts: this.usual?.unit ?? "",
    label: (region) => this.labelOf(region),
  });

  chooseLedger(ledger: Ledger): void {
    this.#ledger = ledger;
  }

  chooseRegion(region: string): void {
    this.#region = region;
  }

  /** For this visit only. */
  showUnit(unit: DisplayUnit): void {
    this.#unit = unit;
  }

  chooseUnit(unit: DisplayUnit): void {
    this.#unit = unit;
    keep("unit", unit);
  }

  chooseLang(lang: Lang): void {
    this.lang = lang;
    keep("lang", lang);
  }

  chooseTheme(theme: Theme): void {
    this.theme = theme;
    keep("theme", theme);
  }

  /** Moves the as-of month by `step`; stays inside what can be replayed. */
  stepMonth(step: -1 | 1): void {
    const at = this.months.findIndex((m) => monthKey(m) === this.asOf);
    const next = this.months[at + step];
    if (at >= 0 && next) this.asOf = monthKey(next);
  }

  /** Opens the chosen case. Run as an effect: follows `sample`. */
  async open(): Promise<void> {
    const { sample } = this;
    if (this.#adopted === sample) {
      // It was opened on trial, and shows already.
      this.#adopted = null;
      return;
    }
    this.#adopted = null;
    this.fault = null;
    try {
      const source = await this.#source(sample);
      if (!source) {
        this.sample = SAMPLES[0];
        return;
      }
      this.#show(sample, await this.#waited(this.#client.open(source, this.lang)));
    } catch (why) {
      this.fault = faultFrom(why) ?? this.fault;
    }
  }

  #show(sample: string, { months, fingerprint }: Opened): void {
    this.months = months;
    if (fingerprint !== this.fingerprint) {
      this.fingerprint = fingerprint;
      this.planner.recallFor(fingerprint);
    }
    // The engine knows with which month the case opens; its first answer says so.
    this.asOf = this.sharing.opened(months.map(monthKey), fingerprint);
    this.#region = this.sharing.region;
    this.#opened = sample;
  }

  /** Where a case comes from; null where it was the planner's own and is not there any more. */
  async #source(sample: string): Promise<Source | null> {
    if (!isOwn(sample)) return { sample };
    if (this.own?.id !== sample) {
      const kept = await get();
      this.own = kept && { id: sample, kept };
    }
    return this.own && sourceOf(this.own.kept);
  }

  /** Where the case in view comes from. */
  get source(): Source {
    return this.own?.id === this.sample ? sourceOf(this.own.kept) : { sample: this.sample };
  }

  /**
   * Opens the planner's own data in an engine of their own, which takes the place of the one in use once its outlook is there.
   * Until then, and where it throws, everything stays as it is.
   */
  async adopt(own: OwnCase): Promise<void> {
    this.#trial?.close();
    const trial = this.#newClient();
    this.#trial = trial;
    try {
      const opened = await trial.open(sourceOf(own.kept), this.lang);
      const { lang } = this;
      const report = await trial.outlook({ options: { lang } });
      this.#trial = null;
      this.#client.close();
      this.#client = trial;
      this.own = own;
      this.#adopted = own.id;
      this.sample = own.id;
      this.#show(own.id, opened);
      this.report = report;
      this.asOf ??= report.as_of;
      this.#reportKey = JSON.stringify([own.id, report.as_of, lang]);
      this.fault = null;
      this.fanFault = null;
    } catch (why) {
      trial.close();
      if (this.#trial === trial) this.#trial = null;
      throw why;
    }
  }

  /** Leaves data that are being opened on trial; the asker of [`adopt`] hears that it was superseded. */
  leaveTrial(): void {
    this.#trial?.close();
    this.#trial = null;
    this.#onProgress(null);
  }

  /** Asks for the table. Run as an effect: follows case, month and language. */
  async askReport(): Promise<void> {
    const key = this.#wantedReport;
    const { lang, asOf } = this;
    if (this.#opened === null || this.#opened !== this.sample || untrack(() => this.#reportKey) === key) return;
    try {
      const report = await this.#waited(this.#client.outlook({ options: { lang, charts: untrack(() => this.ledger), ...(asOf ? { as_of: asOf } : {}) } }));
      // The wish may have gone back to what is on the screen while this was on its way.
      if (key !== this.#wantedReport) return;
      this.report = report;
      this.sharing.checkRegion(report.units.map((unit) => unit.region));
      this.asOf ??= report.as_of;
      this.#reportKey = asOf === null ? this.#wantedReport : key;
      this.fault = null;
    } catch (why) {
      this.fault = faultFrom(why) ?? this.fault;
    }
  }

  /** Asks for the chart. Run as an effect: follows the region, everything the table follows, unit, theme and size. */
  async askFan(): Promise<void> {
    const key = this.#wantedFan;
    const { lang, asOf, unit, theme, plot, ledger, showsGrowth: growth } = this;
    const region = this.chosenRegion;
    // A region of the table before may not exist in this one.
    if (!plot || region === null || !this.tableReady) return;
    const options = { lang, unit, theme, growth, width: plot.width, height: plot.height, ...(asOf ? { as_of: asOf } : {}) };
    try {
      const fan = await this.#waited(this.#client.fan({ region, ledger, options }));
      this.#fan = fan;
      this.#fanKey = key;
      this.fanFault = null;
    } catch (why) {
      this.fanFault = faultFrom(why) ?? this.fanFault;
    }
  }

  /** What was found while the case was loaded. */
  findings(): Promise<DiagnosticReport[]> {
    return this.#client.findings({ lang: this.lang });
  }

  /** The outlook's chart in the colours of paper. */
  fanForPaper(region: string, size: Plot): Promise<FanView> {
    const { lang, ledger, asOf, unit, showsGrowth: growth } = this;
    return this.#client.paper({ region, ledger, options: { lang, unit, growth, theme: "print", ...size, ...(asOf ? { as_of: asOf } : {}) } });
  }

  /** The levers of the case are known. */
  onPrepared(prepared: Prepared): void {
    this.sharing.prepared(prepared);
  }

  /** Stops a long outlook. */
  stop(): void {
    this.#client.stop();
  }

  async retry(): Promise<void> {
    this.#opened = null;
    this.#reportKey = "";
    await this.open();
  }

  async #waited<T>(answer: Promise<T>): Promise<T> {
    this.#asking += 1;
    this.#timer ??= setTimeout(() => (this.slow = true), PATIENCE_MS);
    try {
      return await answer;
    } finally {
      this.#asking -= 1;
      if (this.#asking === 0) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.slow = false;
      }
    }
  }
}

/** The region that stands first. */
function first(table: League | null, order: SortKey): string | null {
  return table ? (sorted(table, order)[0]?.unit.region ?? null) : null;
}

function faultFrom(why: unknown): Fault | null {
  if (why instanceof Superseded) return null;
  if (why instanceof EngineFault) return why.fault;
  return { code: "unknown", text: why instanceof Error ? why.message : String(why) };
}
