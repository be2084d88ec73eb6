// A link that opens what somebody else saw: made, read, and held to the data that it was made on.
import { SAMPLES, type Desk } from "../desk.svelte.ts";
import { isOwn } from "../ingest/own.ts";
import { ledgerFrom, SORTS } from "../lib/league.ts";
import { switchable } from "../lib/format.ts";
import type { Prepared } from "./contract.ts";
import { decode, encode, type Ignored, type LinkState } from "./link.ts";
import { hasPosition, isPosition, nameAt, position, withNames, withPositions } from "./positions.ts";
import { fits, type Settings } from "./settings.ts";
import { settingText } from "./words.ts";
import { VIEWS } from "./views.ts";

/** What is said about a link, in the page's words when it shows. */
export type Remark = Ignored | { kind: "engine"; was: string; is: string } | { kind: "seed"; was: string; is: string };

type Opening = Partial<LinkState> & { levers: Settings };

export class Sharing {
  /** What the link asked for and did not get, or got with a difference. */
  remarks = $state.raw<Remark[]>([]);
  /** Link and data differ, and nobody has chosen yet: fingerprints of both. */
  conflict = $state.raw<{ was: string; is: string } | null>(null);
  /** The link just made; `copied` unless the browser refused. */
  made = $state.raw<{ url: string; copied: boolean } | null>(null);

  #link: Opening | null = null;
  /** Link and data are one another's: a place in the link's data is a place in these. */
  #own = false;
  /** What the address says, of that part of the state that it is taken out for. */
  #said: string | null = null;
  #title = $state("");

  constructor(readonly desk: Desk) {}

  /** Title of the data that the link was made on. */
  readonly title = $derived(this.#title);

  /** Takes from the address what does not need the data. Before the case is opened. */
  read(hash: string): void {
    const told = decode(hash);
    if (!told) return;
    const { state, ignored } = told;
    this.#link = state;
    this.#title = state.title ?? "";
    this.remarks = ignored;
    const { desk } = this;
    if (state.lang === "zh" || state.lang === "en") desk.lang = state.lang;
    else this.#refuse("lang", state.lang);
    if (state.unit !== undefined && switchable(state.unit)) desk.showUnit(state.unit);
    const sample = SAMPLES.find((name) => name === state.sample);
    if (sample) desk.sample = sample;
    else this.#refuse("case", state.sample);
    const sort = SORTS.find((key) => key === state.sort);
    if (sort) desk.sort = sort;
    else this.#refuse("sort", state.sort);
    const view = VIEWS.find((name) => name === state.view);
    if (view) desk.view = view;
    else this.#refuse("view", state.view);
    if (state.chart === "growth") desk.inGrowth = true;
    else this.#refuse("chart", state.chart);
    const ledger = state.ledger === undefined ? null : ledgerFrom(state.ledger);
    if (ledger) desk.chooseLedger(ledger);
    else this.#refuse("ledger", state.ledger);
  }

  /** The case is open: the month that the link names, where it can be asked for. Says so where the data are others. */
  opened(months: readonly string[], fingerprint: string): string | null {
    const link = this.#link;
    if (!link) return null;
    this.#own = link.data === fingerprint;
    if (link.data !== undefined && link.data !== fingerprint) this.conflict = { was: link.data, is: fingerprint };
    if (link.asOf !== undefined && months.includes(link.asOf)) return link.asOf;
    this.#refuse("asof", link.asOf);
    return null;
  }

  /** The region that the link names. */
  get region(): string | null {
    const region = this.#link?.region;
    return region === undefined || isPosition(region) ? null : region;
  }

  /** The table is there: regions can be told apart. */
  checkRegion(known: readonly string[]): void {
    const region = this.#link?.region;
    if (region === undefined || isPosition(region) || known.includes(region)) return;
    this.#refuse("region", region);
    if (this.#link) delete this.#link.region;
  }

  /** The levers are known: those of the link are taken over, unless its data are others and nobody has chosen. */
  prepared(prepared: Prepared): void {
    const link = this.#link;
    if (!link) return;
    const { desk } = this;
    if (!this.conflict && link.projects !== undefined && link.projects !== prepared.projects) {
      this.conflict = { was: `${link.data ?? "?"}·${link.projects}`, is: `${desk.fingerprint}·${prepared.projects}` };
    }
    if (this.conflict) return;
    this.#link = null;
    const remarks = [...this.remarks];
    if (link.region !== undefined && isPosition(link.region)) {
      const region = this.#own ? nameAt(link.region, prepared.scopes.regions) : null;
      if (region === null) remarks.push({ kind: "value", key: "region", value: link.region });
      else desk.chooseRegion(region);
    }
    const seed = String(desk.report?.seed ?? "");
    if (link.engine !== undefined && link.engine !== prepared.version) remarks.push({ kind: "engine", was: link.engine, is: prepared.version });
    if (link.seed !== undefined && link.seed !== seed) remarks.push({ kind: "seed", was: link.seed, is: seed });
    const good = link.levers.flatMap((told) => {
      const named = hasPosition(told) && !this.#own ? null : withNames(told, prepared.scopes);
      const setting = named ?? told;
      const fine = named !== null && fits(setting, prepared);
      if (!fine) remarks.push({ kind: "lever", text: settingText(setting, desk.names) });
      return fine ? [setting] : [];
    });
    this.remarks = remarks;
    if (good.length > 0) desk.planner.take(link.name ?? "", good);
  }

  /** Whoever looks has chosen what to do with a link of other data. */
  choose(apply: boolean): void {
    this.conflict = null;
    const { prepared } = this.desk.planner;
    if (!apply) {
      this.#link = null;
      this.remarks = [];
    } else if (this.#link) {
      this.#own = false;
      delete this.#link.projects;
      delete this.#link.data;
      if (prepared) this.prepared(prepared);
    }
  }

  /**
   * Takes a link out of the address once something else is on the screen: whoever reloads or copies it would get what was. An
   * effect: follows case, month, ledger, region and levers.
   */
  follow(): void {
    const { desk } = this;
    const now = this.#shown();
    if (window.location.hash === "" || this.#link || this.conflict || !desk.planner.ready) return;
    this.#said ??= now;
    if (this.#said === now) return;
    this.#said = null;
    this.made = null;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }

  #shown(): string {
    const { desk } = this;
    return JSON.stringify([desk.sample, desk.asOf, desk.ledger, desk.chosenRegion, desk.planner.settings]);
  }

  /** Makes a link of what is on the screen and copies it. */
  async share(): Promise<void> {
    const { desk } = this;
    const { planner, report } = desk;
    const { scopes } = planner.prepared ?? {};
    const own = isOwn(desk.sample);
    // Of a planner's own data a link says no name: the fingerprint tells whether the reader has them, and only who has them
    // can tell what stands at a place in them.
    const levers = own ? planner.settings.flatMap((s) => (scopes && withPositions(s, scopes)) ?? []) : [...planner.settings];
    const region = desk.chosenRegion ?? "";
    const state: LinkState = {
      data: desk.fingerprint,
      projects: planner.prepared?.projects ?? "",
      title: own ? "" : (report?.title ?? ""),
      seed: String(report?.seed ?? ""),
      engine: planner.prepared?.version ?? "",
      sample: own ? "" : desk.sample,
      asOf: report?.as_of ?? "",
      ledger: desk.ledger,
      region: own ? (position(region, scopes?.regions ?? []) ?? "") : region,
      lang: desk.lang,
      unit: switchable(desk.unit) ? desk.unit : "",
      sort: desk.sort,
      view: desk.view,
      chart: desk.inGrowth ? "growth" : "",
      name: planner.on && !(own && this.#names(desk.scenarioName)) ? desk.scenarioName : "",
      levers,
    };
    window.history.replaceState(null, "", `#${encode(state)}`);
    this.#said = this.#shown();
    const url = window.location.href;
    let copied = false;
    try {
      // Only in a secure context; over plain http to an address there is no clipboard.
      await navigator.clipboard.writeText(url);
      copied = true;
    } catch {
      copied = false;
    }
    this.made = { url, copied };
  }

  /** Whether a text has a name of the data in it: a scenario's name is the planner's own words. */
  #names(text: string): boolean {
    const { report, planner } = this.desk;
    const units = (report?.units ?? []).flatMap((unit) => [unit.region, unit.label]);
    const { sectors = [], lists = [] } = planner.prepared?.scopes ?? {};
    return [...units, ...sectors, ...lists].some((name) => name !== "" && text.includes(name));
  }

  #refuse(key: string, value: string | undefined): void {
    if (value !== undefined) this.remarks = [...this.remarks, { kind: "value", key, value }];
  }
}
