/// <reference lib="webworker" />
// The engine's door: one case is open at a time, one question is answered at a time.
import init, { Engine } from "./pkg/landfall.js";
import { fingerprint } from "../lib/fingerprint.ts";
import { starter } from "../door/module.ts";
import { tidyOf } from "../door/samples.ts";
import { CANCELLED, faultOf, type Cancel, type OutlookOptions, type OutlookReport, type Request, type Response } from "./contract.ts";
import { breathe } from "./breathe.ts";

let engine: Engine | undefined;

const say = (response: Response): void => self.postMessage(response);

const start = starter(init, (why) => `engine_unavailable: the engine module could not be loaded (${why})`);

// At once, though nothing is asked yet: a failure is met again, and told, by who asks.
start().catch(() => undefined);

function opened(): Engine {
  if (!engine) throw new Error("not_open: no case is open");
  return engine;
}

/** Work longer than this without a look at what the page says would leave it waiting. */
const BREATH_MS = 50;
let cancelled: number | undefined;

/** An outlook in steps: says how far it is, and stops when the page wants it no longer. */
async function outlook(id: number, options: OutlookOptions): Promise<OutlookReport> {
  const asked = opened();
  let progress = asked.begin(options);
  let breathed = performance.now();
  while (progress.done < progress.all) {
    progress = asked.step();
    if (performance.now() - breathed < BREATH_MS) continue;
    say({ id, kind: "progress", progress });
    await breathe();
    if (cancelled === id) {
      asked.cancel();
      throw new Error(`${CANCELLED}: the outlook was stopped`);
    }
    breathed = performance.now();
  }
  return asked.outlook(options);
}

async function answer(request: Request): Promise<Response> {
  const { id } = request;
  if (request.kind === "open") {
    // A sample's files and the module come at the same time.
    const [{ panel, plan }] = await Promise.all([tidyOf(request.args.source), start()]);
    const next = Engine.load_in(panel, plan, request.args.lang);
    engine?.free();
    engine = next;
    return { id, kind: "open", answer: { months: next.as_ofs(), fingerprint: fingerprint(`${panel}\u0000${plan ?? ""}`) } };
  }
  await start();
  switch (request.kind) {
    case "outlook":
      return { id, kind: "outlook", answer: await outlook(id, request.args.options) };
    case "findings":
      return { id, kind: "findings", answer: opened().diagnostics(request.args.lang) };
    case "fan":
    case "paper": {
      const { region, ledger, options } = request.args;
      return { id, kind: request.kind, answer: opened().fan(region, ledger, options) };
    }
  }
}

self.addEventListener("message", (event: MessageEvent<Request | Cancel>) => {
  const request = event.data;
  if (request.kind === "cancel") {
    cancelled = request.id;
    return;
  }
  answer(request).then(say, (thrown: unknown) => {
    // After a trap the module's memory can no longer be trusted: the page starts a new worker.
    const fatal = thrown instanceof WebAssembly.RuntimeError;
    say({ id: request.id, kind: "fault", fault: faultOf(thrown), fatal });
  });
});

