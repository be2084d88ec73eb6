// One page of what is on the screen, for paper: the chart is drawn for it first.
import { tick } from "svelte";
import type { Desk } from "../desk.svelte.ts";
import type { FanView } from "../engine/contract.ts";

/** px on A4 with its margins, at 96 a inch. */
const SIZE = { width: 700, height: 330 };

export class Printing {
  /** The chart in the colours of paper, and what it was drawn for. */
  #drawn = $state.raw<{ key: string; fan: FanView } | null>(null);
  #busy = false;

  constructor(readonly desk: Desk) {}

  readonly #key = $derived(JSON.stringify([this.desk.caseKey, this.desk.ledger, this.desk.chosenRegion, this.desk.planner.settings, this.desk.showsGrowth]));
  /** The chart for paper; where somebody prints by the browser's own menu, the one of the screen. */
  readonly fan = $derived(this.#drawn?.key === this.#key ? this.#drawn.fan : this.desk.fan);

  /** Draws the chart for paper, and opens the browser's dialog. */
  async print(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const key = this.#key;
    try {
      const fan = await this.#draw().catch(() => null);
      if (fan && key === this.#key) this.#drawn = { key, fan };
      await tick();
      window.print();
    } finally {
      this.#busy = false;
    }
  }

  async #draw(): Promise<FanView | null> {
    const { desk } = this;
    const { planner, ledger, chosenRegion: region } = desk;
    if (region === null) return null;
    if (!planner.on) return desk.fanForPaper(region, SIZE);
    const what = await planner.ask("move", { ledger, options: planner.options(), chart: { region, theme: "print", growth: desk.showsGrowth, ...SIZE } });
    return what.fan;
  }
}
