/// <reference lib="webworker" />
// Past years answered again: a worker of its own, so that neither table nor lever waits for it; stopping ends it.
import { starter } from "../door/module.ts";
import { tidyOf } from "../door/samples.ts";
import { breathe } from "../engine/breathe.ts";
import { faultOf } from "../engine/contract.ts";
import init, { Engine } from "../engine/what-if/landfall.js";
import { PICTURES, type Calls, type Drawn, type Look, type PictureKind, type Request, type Response } from "./contract.ts";

const start = starter(init, (why) => why);

let engine: Engine | undefined;
const say = (response: Response): void => self.postMessage(response);

async function run(id: number, { source, ledger, cuts, years, last, lang }: Calls["run"]["args"]): Promise<Calls["run"]["answer"]> {
  const [{ panel, plan }] = await Promise.all([tidyOf(source), start()]);
  engine?.free();
  engine = Engine.load_in(panel, plan, lang);
  let progress = engine.begin_record(ledger, { cuts, years, last, lang });
  while (progress.done < progress.all) {
    progress = engine.record_step();
    say({ id, kind: "progress", share: progress.done / progress.all });
    await breathe();
  }
  return engine.record_scores();
}

function drawn(kind: PictureKind, look: Look): Drawn {
  try {
    if (!engine) throw new Error("no_record: nothing has been tested yet");
    return { picture: engine.record_picture(kind, look) };
  } catch (thrown) {
    if (thrown instanceof WebAssembly.RuntimeError) throw thrown;
    return { fault: faultOf(thrown) };
  }
}

async function answer(request: Request): Promise<Response> {
  const { id } = request;
  if (request.kind === "run") return { id, kind: "run", answer: await run(id, request.args) };
  const pictures = Object.fromEntries(PICTURES.map((kind) => [kind, drawn(kind, request.args)])) as Record<PictureKind, Drawn>;
  return { id, kind: "draw", answer: pictures };
}

/** Answers what the page asks of past years. */
export function listen(): void {
  self.addEventListener("message", (event: MessageEvent<Request>) => {
    const { id } = event.data;
    answer(event.data).then(say, (thrown: unknown) => say({ id, kind: "fault", fault: faultOf(thrown) }));
  });
}
