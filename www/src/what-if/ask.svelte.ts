// An answer that belongs to what was asked: of another question it is never shown.
import { untrack } from "svelte";
import type { Fault } from "../engine/contract.ts";
import { faultOf } from "./fault.ts";

export class Asked<T> {
  #answer = $state.raw<{ key: string; value: T } | null>(null);
  fault = $state.raw<Fault | null>(null);
  asking = $state("");
  /** What was asked last, whatever language it was asked in. */
  #of = "";

  /** The answer to a question; null while there is none. */
  of(key: string): T | null {
    return this.#answer?.key === key ? this.#answer.value : null;
  }

  /** Asks, unless the answer is there or on its way. For an effect: it follows the key alone. */
  follow(key: string, question: () => Promise<T>): void {
    untrack(() => void this.ask(key, question));
  }

  /** Asks again in another language what was asked in one. For an effect, which follows key and question. */
  again(key: string, of: string, question: () => Promise<T>): void {
    if (this.#of === of) untrack(() => void this.ask(key, question, of));
  }

  /** `of` is the question without its language. */
  async ask(key: string, question: () => Promise<T>, of = key): Promise<void> {
    if (this.asking === key || this.of(key) !== null) return;
    this.asking = key;
    this.#of = of;
    this.fault = null;
    try {
      const value = await question();
      if (this.asking === key) this.#answer = { key, value };
    } catch (why) {
      if (this.asking === key) this.fault = faultOf(why);
    } finally {
      if (this.asking === key) this.asking = "";
    }
  }
}
