// One page of what is on the screen, for paper: the chart is drawn for it first.
import { flushSync, tick } from "svelte";
import type { Desk } from "../desk.svelte.ts";
import type { FanView } from "../engine/contract.ts";

/** px on A4 with its margins, at 96 a inch. */
const SIZE = { width: 700, height: 330 };

export class Printing {
  /** The chart in the colours of paper, and what it was drawn for. */
  #drawn = $state.raw<{ key: string; fan: FanView } | null>(null);
  #busy = false;
  /** What a page for paper was made of by the button, until the browser is done with it. */
  #made = $state<string | null>(null);
  /** Whether the browser prints by its own menu. */
  #byMenu = $state(false);

  constructor(readonly desk: Desk) {}

  readonly #key = $derived(JSON.stringify([this.desk.caseKey, this.desk.ledger, this.desk.chosenRegion, this.desk.planner.settings, this.desk.unit, this.desk.showsGrowth]));
  /** Whether the page for paper is there. It is made when somebody prints, and goes when what it shows is no longer on the screen:
   * a slider on its way has enough to draw. */
  readonly on = $derived(this.#byMenu || (this.#made !== null && this.#made === this.#key));
  /** The chart for paper; where somebody prints by the browser's own menu, the one of the screen. */
  readonly fan = $derived(this.#drawn?.key === this.#key ? this.#drawn.fan : this.desk.fan);
  /** Whether that is in the colours of paper. */
  readonly forPaper = $derived(this.#drawn?.key === this.#key);

  /** Makes the page for paper when the browser is about to print by its own menu, and takes it away afterwards. An effect. */
  watch(): () => void {
    const paper = window.matchMedia("print");
    const show = (): void =>
      flushSync(() => {
        this.#byMenu = true;
      });
    const hide = (): void => {
      this.#byMenu = paper.matches;
      this.#made = null;
    };
    const follow = (): void => (paper.matches ? show() : hide());
    window.addEventListener("beforeprint", show);
    window.addEventListener("afterprint", hide);
    paper.addEventListener("change", follow);
    return () => {
      window.removeEventListener("beforeprint", show);
      window.removeEventListener("afterprint", hide);
      paper.removeEventListener("change", follow);
    };
  }

  /** Draws the chart for paper, and opens the browser's dialog. */
  async print(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const key = this.#key;
    try {
      const fan = await this.#draw().catch(() => null);
      if (fan && key === this.#key) this.#drawn = { key, fan };
      this.#made = this.#key;
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
    const what = await planner.ask("move", { ledger, options: planner.options(), chart: { region, unit: desk.unit, theme: "print", growth: desk.showsGrowth, ...SIZE } });
    return what.fan;
  }
}
