/// <reference lib="webworker" />
// The door to scenarios. It is a worker of its own: a table or a chart never waits for a long search, and a lever's move is
// answered between two steps of one.
import init, { Engine } from "../engine/what-if/landfall.js";
import { CANCELLED, faultOf } from "../engine/contract.ts";
import { starter } from "../door/module.ts";
import { projectsOf, tidyOf } from "../door/samples.ts";
import { fingerprint } from "../lib/fingerprint.ts";
import type { Calls, Cancel, Prepared, Request, Response, ScenarioOptions, Sought } from "./contract.ts";
import { breathe } from "../engine/breathe.ts";
import { taken } from "./image.ts";

/** Work longer than this without a look at what the page says would hold a lever up. */
const BREATH_MS = 6;

let engine: Engine | undefined;
/** What the engine holds, and the fingerprint of its projects. */
let held: { source: string; projects: string } | undefined;
/** Questions wait for the case that was asked for last. */
let opening: Promise<void> = Promise.resolve();
const cancelled = new Set<number>();

const say = (response: Response): void => {
  // What is large is handed over, not copied once more.
  const given = response.kind === "image" && response.answer ? [response.answer.memory] : [];
  self.postMessage(response, given);
};

function opened(): Engine {
  if (!engine) throw new Error("not_open: no case is open for scenarios");
  return engine;
}

const start = starter(init, (why) => why);

/** A long job, step by step: `step` says how far it is, 1 when it is done. Stops where it is wanted no longer. */
async function stepped(id: number, step: () => number): Promise<void> {
  let breathed = performance.now();
  for (let share = step(); share < 1; share = step()) {
    if (performance.now() - breathed < BREATH_MS) continue;
    say({ id, kind: "progress", share });
    await breathe();
    if (cancelled.delete(id)) throw new Error(`${CANCELLED}: the search was stopped`);
    breathed = performance.now();
  }
}

let sharing: Promise<unknown> = Promise.resolve();

/** Works out the levers' shares, in steps since with many levers they take seconds, then uses them: one at a time, since the engine keeps one sharing out. */
function sharingOut<T>(id: number, options: ScenarioOptions, use: () => T): Promise<T> {
  const next = sharing.then(async () => {
    opened().attribute(options);
    await stepped(id, () => opened().attribute_step(1));
    return use();
  });
  sharing = next.catch(() => undefined);
  return next;
}

/** One of many pieces of equal size a step. */
async function each<T, R>(id: number, all: readonly T[], ask: (piece: T) => R): Promise<R[]> {
  const out: R[] = [];
  await stepped(id, () => {
    const piece = all[out.length];
    if (piece !== undefined) out.push(ask(piece));
    return all.length === 0 ? 1 : out.length / all.length;
  });
  return out;
}

/** Chances as the rule of the unit's light shows them. */
function shown(region: string, ledger: string, chances: number[]): (number | null)[] {
  return [...opened().shown(region, ledger, new Float64Array(chances))].map((p) => (Number.isNaN(p) ? null : p));
}

/** Loads a case, unless it is the one that is loaded: then another month or language of it is prepared. */
async function open({ source, options }: Calls["open"]["args"]): Promise<Prepared> {
  const key = JSON.stringify(source);
  if (!engine || held?.source !== key) {
    const [tidy, projects] = await Promise.all([
      tidyOf(source),
      projectsOf(source),
      start(),
    ]);
    const next = Engine.load_in(tidy.panel, tidy.plan, options.lang);
    if (projects !== undefined) next.add_projects(projects);
    engine?.free();
    engine = next;
    held = { source: key, projects: projects === undefined ? "" : fingerprint(projects) };
  }
  return { levers: engine.levers(options), scopes: engine.scopes(options), projects: held.projects, version: Engine.version() };
}

async function answer(request: Request): Promise<Exclude<Response, { kind: "progress" | "fault" }>> {
  const { id } = request;
  const from = performance.now();
  const took = (): number => performance.now() - from;
  switch (request.kind) {
    case "open":
      return { id, kind: "open", answer: await open(request.args), took: took() };
    case "move": {
      const { ledger, chart, options } = request.args;
      return { id, kind: "move", answer: opened().what_if(ledger, chart, options), took: took() };
    }
    case "image":
      return { id, kind: "image", answer: await taken(opened()), took: took() };
    case "share": {
      const { options } = request.args;
      const shares = await sharingOut(id, options, () => opened().attributed(options.lang));
      return { id, kind: "share", answer: shares, took: took() };
    }
    case "compare":
      return { id, kind: "compare", answer: await each(id, request.args.all, (o: ScenarioOptions) => opened().what_if(request.args.ledger, undefined, o)), took: took() };
    case "tornado": {
      const { region, ledger, options } = request.args;
      return { id, kind: "tornado", answer: opened().tornado(region, ledger, options), took: took() };
    }
    case "seek": {
      const { levers, region, ledger, chance, options } = request.args;
      const found = await each(id, levers, (lever): Sought => {
        const report = opened().seek(lever, region, ledger, chance, options);
        return { report, shown: shown(region, ledger, [report.probability])[0] ?? null };
      });
      return { id, kind: "seek", answer: found, took: took() };
    }
    case "least": {
      const { region, ledger, chance, options } = request.args;
      opened().least(region, chance, {}, options);
      await stepped(id, () => opened().least_step());
      const report = opened().least_found(options.lang);
      const both = report.units.map((unit) => {
        const [before = null, after = null, all = null] = shown(unit.region, ledger, [unit.before, unit.after, unit.with_all]);
        return { before, after, all };
      });
      return { id, kind: "least", answer: { report, shown: both }, took: took() };
    }
    case "draw":
    case "picture": {
      const { kind, ledger, wanted, options } = request.args;
      const drawn = (): Calls["draw"]["answer"] => opened().draw(kind, ledger, wanted, options);
      const told = kind === "waterfall" && options.levers.length > 0;
      return { id, kind: request.kind, answer: told ? await sharingOut(id, options, drawn) : drawn(), took: took() };
    }
    case "bulletin": {
      const { options } = request.args;
      const written = (): Calls["bulletin"]["answer"] => opened().bulletin(options);
      const told = options.scenario.levers.length > 0 ? await sharingOut(id, options.scenario, written) : written();
      return { id, kind: "bulletin", answer: told, took: took() };
    }
    case "check":
      opened().what_if(request.args.ledger, undefined, request.args.options);
      return { id, kind: "check", answer: null, took: took() };
    case "read":
      return { id, kind: "read", answer: opened().read_scenario(request.args.text, request.args.lang), took: took() };
    case "write":
      return { id, kind: "write", answer: opened().write_scenario(request.args.options), took: took() };
  }
}

/** Answers what the page asks of scenarios. */
export function listen(): void {
  self.addEventListener("message", (event: MessageEvent<Request | Cancel>) => {
    const request = event.data;
    if (request.kind === "cancel") {
      cancelled.add(request.id);
      return;
    }
    const asked = opening.then(() => answer(request));
    if (request.kind === "open") opening = asked.then(() => undefined, () => undefined);
    asked.then(say, (thrown: unknown) => {
      // After a trap the module's memory can no longer be trusted: the page starts a new worker.
      const fatal = thrown instanceof WebAssembly.RuntimeError;
      say({ id: request.id, kind: "fault", fault: faultOf(thrown), fatal });
    }).finally(() => cancelled.delete(request.id));
  });
}
