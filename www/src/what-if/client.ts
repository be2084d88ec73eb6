// Asks the worker of scenarios. Of each kind one question is under way; of those that come meanwhile only the newest is kept,
// so that a hurried hand leaves no queue. A newer long search stops the one before it. A worker that died is started again.
import { whatIfWorker } from "../door/workers.ts";
import { CANCELLED, type Fault, type Source } from "../engine/contract.ts";
import { EngineFault, Superseded } from "../engine/client.ts";
import type { Calls, Cancel, Kind, Request, Response, ScenarioOptions } from "./contract.ts";

interface Asked {
  request: Request;
  attempts: number;
  resolve: (answer: Calls[Kind]["answer"]) => void;
  reject: (why: Error) => void;
}

/** Kinds that run in steps and can be stopped. */
const LONG: ReadonlySet<Kind> = new Set<Kind>(["share", "compare", "seek", "least", "bulletin", "picture"]);
const ATTEMPTS = 2;

export class WhatIfClient {
  #worker: Worker | undefined;
  #next = 1;
  #underway = new Map<Kind, Asked>();
  #waiting = new Map<Kind, Asked>();
  #opened: { source: Source; options: ScenarioOptions } | undefined;
  #onProgress: (kind: Kind, share: number | null) => void;

  /** `onProgress` hears how far a long question is, and `null` when it has ended. */
  constructor(onProgress: (kind: Kind, share: number | null) => void = () => undefined) {
    this.#onProgress = onProgress;
  }

  /** Milliseconds that the engine took for the last lever's move, for measuring. */
  lastTook = 0;

  ask<K extends Kind>(kind: K, args: Calls[K]["args"]): Promise<Calls[K]["answer"]> {
    if (kind === "open") {
      this.#opened = args as Calls["open"]["args"];
      // What was asked of the case before is wanted no longer.
      for (const other of [...this.#underway.keys(), ...this.#waiting.keys()]) this.#drop(other, new Superseded());
    }
    return new Promise((resolve, reject) => {
      const request = { id: this.#next++, kind, args } as Request;
      this.#waiting.get(kind)?.reject(new Superseded());
      if (LONG.has(kind) || kind === "open") this.#drop(kind, new Superseded());
      this.#waiting.set(kind, { request, attempts: 0, resolve: resolve as Asked["resolve"], reject });
      this.#pump(kind);
    });
  }

  /** Stops a long question; its asker hears the fault `cancelled`. */
  stop(kind: Kind): void {
    this.#drop(kind, new EngineFault({ code: CANCELLED, text: "the search was stopped" }));
  }

  /** Ends the worker; whoever waits hears that nobody answers any more. */
  close(): void {
    for (const kind of [...this.#underway.keys(), ...this.#waiting.keys()]) this.#drop(kind, new Superseded());
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #drop(kind: Kind, why: Error): void {
    this.#waiting.get(kind)?.reject(why);
    this.#waiting.delete(kind);
    const asked = this.#underway.get(kind);
    if (!asked) return;
    asked.reject(why);
    this.#underway.delete(kind);
    this.#worker?.postMessage({ id: asked.request.id, kind: "cancel" } satisfies Cancel);
    this.#onProgress(kind, null);
  }

  #pump(kind: Kind): void {
    if (this.#underway.has(kind)) return;
    const asked = this.#waiting.get(kind);
    if (!asked) return;
    this.#waiting.delete(kind);
    this.#underway.set(kind, asked);
    asked.attempts += 1;
    this.#worker ??= this.#start();
    this.#worker.postMessage(asked.request);
  }

  #start(): Worker {
    const worker = whatIfWorker();
    const crashed = (text: string): void => {
      if (worker === this.#worker) this.#crashed({ code: "worker_crashed", text });
    };
    worker.addEventListener("message", (event: MessageEvent<Response>) => {
      if (worker === this.#worker) this.#heard(event.data);
    });
    worker.addEventListener("error", (event) => crashed(event.message || "the worker of scenarios stopped"));
    worker.addEventListener("messageerror", () => crashed("a message could not be read"));
    return worker;
  }

  #heard(response: Response): void {
    const entry = [...this.#underway].find(([, asked]) => asked.request.id === response.id);
    if (response.kind === "fault" && response.fatal) {
      this.#crashed(response.fault);
      return;
    }
    if (!entry) return;
    const [kind, asked] = entry;
    if (response.kind === "progress") {
      this.#onProgress(kind, response.share);
      return;
    }
    this.#underway.delete(kind);
    this.#onProgress(kind, null);
    if (response.kind === "fault") asked.reject(new EngineFault(response.fault));
    else {
      if (response.kind === "move") this.lastTook = response.took;
      asked.resolve(response.answer);
    }
    this.#pump(kind);
  }

  /** A new worker opens the case again and is asked once more what the old one left. */
  #crashed(fault: Fault): void {
    this.#worker?.terminate();
    this.#worker = this.#start();
    const left = [...this.#underway.values()];
    this.#underway.clear();
    if (this.#opened && !left.some((asked) => asked.request.kind === "open")) {
      const request = { id: this.#next++, kind: "open", args: this.#opened } as Request;
      this.#worker.postMessage(request);
    }
    for (const asked of left) {
      const { kind } = asked.request;
      if (asked.attempts >= ATTEMPTS) asked.reject(new EngineFault(fault));
      else if (!this.#waiting.has(kind)) this.#waiting.set(kind, asked);
      this.#onProgress(kind, null);
    }
    for (const kind of [...this.#waiting.keys()]) this.#pump(kind);
  }
}
