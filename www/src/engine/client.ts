// Asks the engine's worker. Of several questions of one kind only the newest is kept, and the answer to an older one
// is dropped; an outlook under way that nobody wants any longer is stopped. A crashed worker is started again, its case opened again, and the question under way asked once more.
import { engineWorker } from "../door/workers.ts";
import { CANCELLED, type Calls, type Cancel, type Fault, type Kind, type Lang, type Progress, type Request, type Response, type Source } from "./contract.ts";

/** Why a question got no answer. */
export class EngineFault extends Error {
  readonly code: string;
  constructor(readonly fault: Fault) {
    super(fault.text);
    this.name = "EngineFault";
    this.code = fault.code;
  }
}

/** A newer question of the same kind took this one's place; the asker has nothing to do. */
export class Superseded extends Error {}

interface Asked {
  request: Request;
  attempts: number;
  stale: boolean;
  resolve: (answer: Calls[Kind]["answer"]) => void;
  reject: (why: Error) => void;
}

// The table is wanted before the chart.
const ORDER: readonly Kind[] = ["open", "outlook", "fan", "findings", "paper"];
const ATTEMPTS = 2;

export class EngineClient {
  #worker: Worker | undefined;
  #next = 1;
  #waiting = new Map<Kind, Asked>();
  #underway: Asked | undefined;
  #source: Source | undefined;
  #lang: Lang = "zh";
  #isOpen = false;
  #onRestart: () => void;
  #onProgress: (progress: Progress | null) => void;

  /** `onProgress` hears how far a long outlook is, and `null` when it has ended. */
  constructor(onRestart: () => void, onProgress: (progress: Progress | null) => void = () => undefined) {
    this.#onRestart = onRestart;
    this.#onProgress = onProgress;
    // Started at once, so that the module compiles while the page is still being built.
    this.#worker = this.#start();
  }

  open(source: Source, lang: Lang): Promise<Calls["open"]["answer"]> {
    this.#source = source;
    this.#lang = lang;
    this.#isOpen = false;
    this.#drop("outlook");
    return this.#ask("open", { source, lang });
  }

  outlook(args: Calls["outlook"]["args"]): Promise<Calls["outlook"]["answer"]> {
    return this.#ask("outlook", args);
  }

  fan(args: Calls["fan"]["args"]): Promise<Calls["fan"]["answer"]> {
    return this.#ask("fan", args);
  }

  paper(args: Calls["paper"]["args"]): Promise<Calls["paper"]["answer"]> {
    return this.#ask("paper", args);
  }

  findings(args: Calls["findings"]["args"]): Promise<Calls["findings"]["answer"]> {
    return this.#ask("findings", args);
  }

  /** Stops the outlook under way or waiting; its asker hears the fault `cancelled`. */
  stop(): void {
    const fault = new EngineFault({ code: CANCELLED, text: "the outlook was stopped" });
    this.#waiting.get("outlook")?.reject(fault);
    this.#waiting.delete("outlook");
    this.#drop("outlook", fault);
  }

  /** Ends the worker; whoever waits for it has been told by what took its place. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const asked of [this.#underway, ...this.#waiting.values()]) asked?.reject(new Superseded());
    this.#underway = undefined;
    this.#waiting.clear();
  }

  /** The answer under way to a question of this kind is wanted no longer. */
  #drop(kind: Kind, why: Error = new Superseded()): void {
    const asked = this.#underway;
    if (asked?.request.kind !== kind) return;
    asked.stale = true;
    asked.reject(why);
    if (kind === "outlook") this.#worker?.postMessage({ id: asked.request.id, kind: "cancel" } satisfies Cancel);
  }

  #ask<K extends Kind>(kind: K, args: Calls[K]["args"]): Promise<Calls[K]["answer"]> {
    return new Promise((resolve, reject) => {
      // The pair of kind and args is one member of the union by the signature; the compiler cannot follow it.
      const request = { id: this.#next++, kind, args } as Request;
      this.#waiting.get(kind)?.reject(new Superseded());
      this.#drop(kind);
      this.#waiting.set(kind, { request, attempts: 0, stale: false, resolve: resolve as Asked["resolve"], reject });
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#underway) return;
    const kind = ORDER.find((k) => this.#waiting.has(k));
    if (kind === undefined) return;
    if (kind !== "open" && !this.#isOpen && this.#source) {
      // The worker is a new one: it has to open the case before it can be asked.
      this.open(this.#source, this.#lang).catch(() => undefined);
      return;
    }
    const asked = this.#waiting.get(kind);
    if (!asked) return;
    this.#waiting.delete(kind);
    this.#underway = asked;
    asked.attempts += 1;
    this.#worker ??= this.#start();
    this.#worker.postMessage(asked.request);
  }

  #start(): Worker {
    const worker = engineWorker();
    worker.addEventListener("message", (event: MessageEvent<Response>) => {
      if (worker === this.#worker) this.#heard(event.data);
    });
    const crashed = (text: string): void => {
      if (worker === this.#worker) this.#crashed({ code: "worker_crashed", text });
    };
    worker.addEventListener("error", (event) => crashed(event.message || "the engine's worker stopped"));
    worker.addEventListener("messageerror", () => crashed("a message could not be read"));
    return worker;
  }

  #heard(response: Response): void {
    const asked = this.#underway;
    if (!asked || asked.request.id !== response.id) return;
    if (response.kind === "progress") {
      if (!asked.stale) this.#onProgress(response.progress);
      return;
    }
    this.#onProgress(null);
    if (response.kind === "fault" && response.fatal) {
      this.#crashed(response.fault);
      return;
    }
    this.#underway = undefined;
    if (response.kind === "fault") {
      this.#refuse(asked, response.fault);
    } else {
      if (response.kind === "open") this.#isOpen = true;
      asked.resolve(response.answer);
    }
    this.#pump();
  }

  #crashed(fault: Fault): void {
    this.#onProgress(null);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isOpen = false;
    const asked = this.#underway;
    this.#underway = undefined;
    if (asked && !asked.stale) {
      if (asked.attempts < ATTEMPTS) this.#waiting.set(asked.request.kind, asked);
      else this.#refuse(asked, fault);
    }
    this.#onRestart();
    this.#pump();
  }

  #refuse(asked: Asked, fault: Fault): void {
    asked.reject(new EngineFault(fault));
    if (asked.request.kind !== "open" || asked.stale) return;
    // Without a case nothing else can be answered, and asking again would open it in a loop.
    for (const other of this.#waiting.values()) other.reject(new EngineFault(fault));
    this.#waiting.clear();
  }
}
