// The page's workers. They are built as classic scripts: Firefox knows module workers only from 114 on. The page in one file
// has `workers.single.ts` in place of this.
import Brief from "../brief/worker.ts?worker";
import Engine from "../engine/worker.ts?worker";
import Reader from "../ingest/worker.ts?worker";
import Record from "../record/worker.ts?worker";
import WhatIf from "../what-if/worker.ts?worker";

export const engineWorker = (): Worker => new Engine({ name: "landfall-engine" });
export const whatIfWorker = (): Worker => new WhatIf({ name: "landfall-what-if" });
export const readerWorker = (): Worker => new Reader({ name: "landfall-reader" });
export const recordWorker = (): Worker => new Record({ name: "landfall-record" });
export const briefWorker = (): Worker => new Brief({ name: "landfall-brief" });
