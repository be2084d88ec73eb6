// Asks the reader's worker, which exists only while a file is being looked at. One question at a time; a newer one takes the
// place of one that waits; stopping ends the worker.
import { readerWorker } from "../door/workers.ts";
import { EngineFault, Superseded } from "../engine/client.ts";
import type { Calls, Kind, Request, Response, Stage } from "./contract.ts";

interface Asked {
  request: Request;
  resolve: (answer: Calls[Kind]["answer"]) => void;
  reject: (why: Error) => void;
}

export class ReaderClient {
  #worker: Worker | undefined;
  #next = 1;
  #underway: Asked | undefined;
  #waiting: Asked | undefined;
  #onStage: (stage: Stage) => void;

  constructor(onStage: (stage: Stage) => void) {
    this.#onStage = onStage;
  }

  ask<K extends Kind>(kind: K, args: Calls[K]["args"]): Promise<Calls[K]["answer"]> {
    return new Promise((resolve, reject) => {
      // The pair of kind and args is one member of the union by the signature; the compiler cannot follow it.
      const request = { id: this.#next++, kind, args } as Request;
      this.#waiting?.reject(new Superseded());
      this.#waiting = { request, resolve: resolve as Asked["resolve"], reject };
      this.#pump();
    });
  }

  /** Ends the worker with whatever it is doing; its askers hear `why`. */
  stop(why: Error = new Superseded()): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const asked = [this.#underway, this.#waiting];
    this.#underway = this.#waiting = undefined;
    asked.forEach((one) => one?.reject(why));
  }

  #pump(): void {
    if (this.#underway || !this.#waiting) return;
    this.#underway = this.#waiting;
    this.#waiting = undefined;
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#underway.request);
  }

  #start(): Worker {
    const worker = readerWorker();
    worker.addEventListener("message", (event: MessageEvent<Response>) => {
      if (worker === this.#worker) this.#heard(event.data);
    });
    const died = (text: string): void => {
      if (worker === this.#worker) this.stop(new EngineFault({ code: "reader_stopped", text }));
    };
    worker.addEventListener("error", (event) => died(event.message || "the reader's worker stopped"));
    worker.addEventListener("messageerror", () => died("a message could not be read"));
    return worker;
  }

  #heard(response: Response): void {
    const asked = this.#underway;
    if (!asked || asked.request.id !== response.id) return;
    if (response.kind === "stage") {
      this.#onStage(response.stage);
      return;
    }
    if (response.kind === "fault" && response.fatal) {
      this.stop(new EngineFault(response.fault));
      return;
    }
    this.#underway = undefined;
    if (response.kind === "fault") asked.reject(new EngineFault(response.fault));
    else asked.resolve(response.answer);
    this.#pump();
  }
}
