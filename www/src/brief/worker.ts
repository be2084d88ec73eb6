/// <reference lib="webworker" />
// Writes bulletins down: a worker of its own, so that the page moves meanwhile; stopping ends it.
import { starter } from "../door/module.ts";
import { faultOf } from "../engine/contract.ts";
import type { Request, Response } from "./contract.ts";
import init, { write_bulletin } from "./pkg/landfall.js";

const say = (response: Response, bytes?: Uint8Array<ArrayBuffer>): void => self.postMessage(response, bytes ? [bytes.buffer] : []);

const start = starter(init, (why) => `writer_unavailable: ${why}`);

async function write({ id, bulletin, form, seconds, template }: Request): Promise<void> {
  await start();
  const heard = (done: number, all: number): boolean => {
    say({ id, kind: "progress", done, all });
    return true;
  };
  // A copy of the module's memory, which is handed on and not copied again.
  const bytes = write_bulletin(bulletin, form, seconds, template, form === "pptx" ? heard : undefined) as Uint8Array<ArrayBuffer>;
  say({ id, kind: "written", bytes }, bytes);
}

self.addEventListener("message", (event: MessageEvent<Request>) => {
  const { id } = event.data;
  write(event.data).catch((thrown: unknown) => {
    // A trap leaves the module unusable.
    const fatal = thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
    say({ id, kind: "fault", fault: fatal ? { code: "writer_stopped", text: String(thrown) } : faultOf(thrown), fatal });
  });
});
