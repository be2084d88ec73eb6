// The page's workers. They are built as classic scripts: Firefox knows module workers only from 114 on. The page in one file
// has `workers.single.ts` in place of this.
import Brief from "../brief/worker.ts?worker";
import Engine from "../engine/worker.ts?worker";
import Reader from "../ingest/worker.ts?worker";
import Either from "../what-if/either.ts?worker";
import { RECORD } from "./names.ts";

/** The first one is there already, from `boot.js`. */
export function engineWorker(): Worker {
  const page = globalThis as { landfallEngine?: Worker | null };
  const early = page.landfallEngine;
  page.landfallEngine = null;
  if (!early) return new Engine({ name: "landfall-engine" });
  early.onerror = null;
  return early;
}
export const whatIfWorker = (): Worker => new Either({ name: "landfall-what-if" });
export const readerWorker = (): Worker => new Reader({ name: "landfall-reader" });
export const recordWorker = (): Worker => new Either({ name: RECORD });
export const briefWorker = (): Worker => new Brief({ name: "landfall-brief" });
