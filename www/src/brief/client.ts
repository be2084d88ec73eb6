// Asks the worker that writes bulletins, which exists only from the first export until the dialog is closed. One bulletin is
// written at a time; stopping ends the worker.
import { briefWorker } from "../door/workers.ts";
import { EngineFault, Superseded } from "../engine/client.ts";
import type { Request, Response } from "./contract.ts";

interface Asked {
  id: number;
  resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  reject: (why: Error) => void;
}

export class BriefClient {
  #worker: Worker | undefined;
  #next = 1;
  #asked: Asked | undefined;
  #onProgress: (done: number, all: number) => void;

  /** `onProgress` hears how many slides of how many are written. */
  constructor(onProgress: (done: number, all: number) => void) {
    this.#onProgress = onProgress;
  }

  write(bulletin: Omit<Request, "id">): Promise<Uint8Array<ArrayBuffer>> {
    this.#asked?.reject(new Superseded());
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#asked = { id, resolve, reject };
      this.#worker ??= this.#begin();
      this.#worker.postMessage({ id, ...bulletin } satisfies Request);
    });
  }

  /** Ends the worker with whatever it is writing; its asker hears `why`. */
  stop(why: Error = new Superseded()): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#asked?.reject(why);
    this.#asked = undefined;
  }

  #begin(): Worker {
    const worker = briefWorker();
    worker.addEventListener("message", (event: MessageEvent<Response>) => {
      if (worker === this.#worker) this.#heard(event.data);
    });
    const died = (text: string): void => {
      if (worker === this.#worker) this.stop(new EngineFault({ code: "writer_stopped", text }));
    };
    worker.addEventListener("error", (event) => died(event.message || "the writer's worker stopped"));
    worker.addEventListener("messageerror", () => died("a message could not be read"));
    return worker;
  }

  #heard(response: Response): void {
    const asked = this.#asked;
    if (!asked || asked.id !== response.id) return;
    if (response.kind === "progress") {
      this.#onProgress(response.done, response.all);
      return;
    }
    if (response.kind === "fault" && response.fatal) {
      this.stop(new EngineFault(response.fault));
      return;
    }
    this.#asked = undefined;
    if (response.kind === "fault") asked.reject(new EngineFault(response.fault));
    else asked.resolve(response.bytes);
  }
}
