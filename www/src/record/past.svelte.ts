// How right past answers were: asked once for a case and a ledger, and kept until another is asked for.
import type { Desk } from "../desk.svelte.ts";
import { recordWorker } from "../door/workers.ts";
import type { Fault, Ledger } from "../engine/contract.ts";
import type { Calls, Drawn, Kind, PictureKind, Request, Response, Score } from "./contract.ts";

/** So many of the last complete years. */
const YEARS = 6;

export class Past {
  scores = $state.raw<Score[] | null>(null);
  pictures = $state.raw<Record<PictureKind, Drawn> | null>(null);
  /** How far the test is; null when none is under way. */
  share = $state<number | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** The months known of the last test. */
  cuts = $state.raw<readonly number[]>([]);

  #key = $state("");
  #worker: Worker | undefined;
  #next = 1;
  #asked = new Map<number, { resolve: (answer: never) => void; reject: (fault: Fault) => void }>();
  #drawing = "";

  constructor(readonly desk: Desk) {}

  /** The last year that the month in view knows all of. */
  readonly #last = $derived.by(() => {
    const [year, month] = (this.desk.report?.as_of ?? "").split("-").map(Number);
    return (year ?? 0) - (month === 12 ? 0 : 1);
  });
  readonly #wanted = $derived(JSON.stringify([this.desk.fingerprint, this.desk.ledger, this.#last]));
  /** What there is belongs to the case and the ledger in view. */
  readonly current = $derived(this.#key === this.#wanted);

  /** The months that are tested: a quarter, a half, three quarters of the year, and as many as are known now. */
  cutsFor(through: number): number[] {
    const cuts = new Set([3, 6, 9]);
    if (through >= 1 && through <= 11) cuts.add(through);
    return [...cuts].sort((a, b) => a - b);
  }

  /** Tests past years, in place of a test under way. */
  async run(through: number): Promise<void> {
    this.stop();
    const { desk } = this;
    const ledger: Ledger = desk.ledger;
    const key = this.#wanted;
    const cuts = this.cutsFor(through);
    this.#key = key;
    this.scores = null;
    this.pictures = null;
    this.fault = null;
    this.cuts = cuts;
    this.share = 0;
    this.#drawing = "";
    try {
      const scores = await this.#ask("run", { source: desk.source, ledger, cuts, years: YEARS, last: this.#last, lang: desk.lang });
      if (this.#key !== key) return;
      this.scores = scores;
      this.share = null;
    } catch (why) {
      this.#failed(why);
    }
  }

  /** Draws the pictures. Run as an effect: follows language and theme. */
  async draw(width: number, height: number): Promise<void> {
    const { lang, theme } = this.desk;
    const wanted = JSON.stringify([this.#key, lang, theme, width, height]);
    if (!this.scores || this.#drawing === wanted) return;
    this.#drawing = wanted;
    try {
      const pictures = await this.#ask("draw", { lang, theme, width, height });
      if (this.#drawing === wanted) this.pictures = pictures;
    } catch (why) {
      this.#failed(why);
    }
  }

  /** Ends a test under way; what there is of another stays away. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#asked.clear();
    if (this.share !== null) this.#key = "";
    this.share = null;
  }

  #failed(why: unknown): void {
    this.share = null;
    this.fault = typeof why === "object" && why !== null && "code" in why ? (why as Fault) : { code: "unknown", text: String(why) };
  }

  #ask<K extends Kind>(kind: K, args: Calls[K]["args"]): Promise<Calls[K]["answer"]> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#asked.set(id, { resolve: resolve as (answer: never) => void, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, kind, args } as Request);
    });
  }

  #start(): Worker {
    const worker = recordWorker();
    const died = (text: string): void => {
      if (worker !== this.#worker) return;
      const asked = [...this.#asked.values()];
      this.stop();
      asked.forEach(({ reject }) => reject({ code: "worker_crashed", text }));
    };
    worker.addEventListener("message", ({ data }: MessageEvent<Response>) => {
      if (worker !== this.#worker) return;
      if (data.kind === "progress") {
        this.share = data.share;
        return;
      }
      const asked = this.#asked.get(data.id);
      this.#asked.delete(data.id);
      if (data.kind === "fault") asked?.reject(data.fault);
      else asked?.resolve(data.answer as never);
    });
    worker.addEventListener("error", (event) => died(event.message || "the worker of past years stopped"));
    worker.addEventListener("messageerror", () => died("a message could not be read"));
    return worker;
  }
}
