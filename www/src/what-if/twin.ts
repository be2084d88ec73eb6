// A twin of the worker's engine on the page's own thread. A lever's move is then seen in the frame it is made in; a worker's
// answer is seen in the next one at the earliest. Only while moves are brief: else the page would stand still, and the worker
// is asked as ever.
import type { Engine } from "../engine/what-if/landfall.js";
import { faultOf } from "../engine/contract.ts";
import { EngineFault } from "../engine/client.ts";
import { WhatIfClient } from "./client.ts";
import type { Calls, WhatIf } from "./contract.ts";

/** ms: a worker's moves below this fit into a frame with what is drawn after them. */
const BRIEF_MS = 20;
/** ms: twice in a row, and moves are the worker's again. */
const SLOW_MS = 30;

/** An answer to a lever's move. */
export interface Moved {
  answer: WhatIf;
  /** ms, of the engine. */
  took: number;
  by: "twin" | "worker";
}

export class Twin {
  #engine: Engine | null = null;
  /** Case, month and language that it is of, or is being made for. */
  #of = "";
  #slow = 0;
  #broken = false;
  #turn = 0;
  #making: Promise<void> = Promise.resolve();

  /** The answer at once; null where the worker has to be asked. Throws the engine's refusal. */
  move(key: string, { ledger, chart, options }: Calls["move"]["args"]): Moved | null {
    if (!this.#engine || this.#of !== key) return null;
    const from = performance.now();
    try {
      const answer = this.#engine.what_if(ledger, chart, options);
      const took = performance.now() - from;
      this.#slow = took > SLOW_MS ? this.#slow + 1 : 0;
      if (this.#slow > 1) this.#engine = null;
      return { answer, took, by: "twin" };
    } catch (thrown) {
      if (!(thrown instanceof WebAssembly.RuntimeError)) throw new EngineFault(faultOf(thrown));
      // The thread's module can no longer be trusted; the worker has its own.
      this.#engine = null;
      this.#broken = true;
      return null;
    }
  }

  /** Hears how long the worker's move took, and is made when moves are brief enough. */
  follow(key: string, what: Calls["open"]["args"], took: number): void {
    if (this.#broken || this.#of === key || took > BRIEF_MS) return;
    this.#turn += 1;
    const turn = this.#turn;
    this.#of = key;
    this.#engine = null;
    this.#slow = 0;
    // One after the other: all fill the memory of the thread's one module.
    this.#making = this.#making.then(() => this.#make(turn, what));
  }

  async #make(turn: number, what: Calls["open"]["args"]): Promise<void> {
    if (turn !== this.#turn) return;
    // A worker of its own, for as long as it takes: what has answered for a while has a memory that has grown.
    const maker = new WhatIfClient();
    try {
      await maker.ask("open", { ...what, options: { ...what.options, levers: [] } });
      if (turn !== this.#turn) return;
      // Its JavaScript is fetched meanwhile: the first chart does not wait for it.
      const [image, { setUp }] = await Promise.all([maker.ask("image", {}), import("./image.ts")]);
      if (!image || turn !== this.#turn) return;
      const engine = await setUp(image);
      if (turn === this.#turn) this.#engine = engine;
    } catch {
      // Without it the worker answers, as it did before.
    } finally {
      maker.close();
    }
  }
}
