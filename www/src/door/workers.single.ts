// The page's workers, where everything is in one file: scripts that the page holds, started from a blob. Such a worker may fetch
// nothing, so it is handed what it needs.
import Brief from "../brief/worker.ts?worker&inline";
import Engine from "../engine/worker.ts?worker&inline";
import Reader from "../ingest/worker.ts?worker&inline";
import Either from "../what-if/either.ts?worker&inline";
import { idOf, type Handed } from "./handed.ts";
import { RECORD, type ModuleName } from "./names.ts";

const blockOf = (name: string): string => document.getElementById(idOf(name))?.textContent ?? "";

function equipped(worker: Worker, module: ModuleName): Worker {
  worker.postMessage({ kind: "handed", module: blockOf(module), seeds: blockOf("seeds") } satisfies Handed);
  return worker;
}

export const engineWorker = (): Worker => equipped(new Engine({ name: "landfall-engine" }), "engine");
export const whatIfWorker = (): Worker => equipped(new Either({ name: "landfall-what-if" }), "what-if");
export const readerWorker = (): Worker => equipped(new Reader({ name: "landfall-reader" }), "ingest");
export const recordWorker = (): Worker => equipped(new Either({ name: RECORD }), "what-if");
export const briefWorker = (): Worker => equipped(new Brief({ name: "landfall-brief" }), "brief");
