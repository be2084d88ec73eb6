// The first picture before anything runs: the sample's verdict and table by the page's own parts, made when the page is built.
import { render } from "svelte/server";
import type { Desk } from "./desk.svelte.ts";
import type { Lang, OutlookReport } from "./engine/contract.ts";
import { WORDS } from "./i18n/index.ts";
import { axis, league, sorted, sortsOf } from "./lib/league.ts";
import Still from "./parts/Still.svelte";

/** A desk on which nothing moves: what the parts of the picture ask of one. */
function deskOf(report: OutlookReport, lang: Lang): Desk {
  const table = league(report, "fai");
  if (!table) throw new Error("the sample has no fai ledger");
  const standings = sorted(table, "probability");
  const still = {
    lang, words: WORDS[lang], report, league: table, usual: table, sorts: sortsOf(table), sort: "probability", order: "probability",
    standings, axis: axis(table, table), chosen: standings[0], chosenRegion: standings[0]?.unit.region ?? null, few: false, unit: table.unit,
    tableReady: true, slow: false, scenarioName: "", changeOf: () => null,
    planner: { on: false, ready: false, shown: null, shares: null, moving: false, settled: true, settings: [] },
  };
  // The parts ask for nothing else; what they did not find here would fail the build.
  return still as unknown as Desk;
}

/** HTML of the picture in one language. Nothing in it has an id or says that it is ready: the page that comes does. */
export function still(report: OutlookReport, lang: Lang): string {
  const { body } = render(Still, { props: { desk: deskOf(report, lang) } });
  const bare = body.replaceAll(/<!--[\s\S]*?-->/g, "").replaceAll(/ (?:id|for|aria-labelledby|data-ready|data-as-of)="[^"]*"/g, "");
  return `<div class="still" lang="${WORDS[lang].htmlLang}" inert>${bare}</div>`;
}
