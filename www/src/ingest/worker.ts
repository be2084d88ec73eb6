/// <reference lib="webworker" />
// The reader's door: it loads its module with the first file.
import { starter } from "../door/module.ts";
import { faultOf } from "../engine/contract.ts";
import type { Request, Response, Stage } from "./contract.ts";
import init, { read, read_toml, spreadsheet_csv } from "./pkg/landfall.js";

const say = (response: Response): void => self.postMessage(response);

const start = starter(init, (why) => `reader_unavailable: ${why}`);

async function answer(request: Request): Promise<Response> {
  const { id } = request;
  const stage = (at: Stage): void => say({ id, kind: "stage", stage: at });
  stage("loading");
  await start();
  switch (request.kind) {
    case "read": {
      const { file, options } = request.args;
      const bytes = new Uint8Array(await file.arrayBuffer());
      return { id, kind: "read", answer: read(bytes, options, stage) };
    }
    case "toml":
      return { id, kind: "toml", answer: read_toml(request.args.name, request.args.text) };
    case "spreadsheet":
      return { id, kind: "spreadsheet", answer: spreadsheet_csv(request.args.tidy) };
  }
}

self.addEventListener("message", (event: MessageEvent<Request>) => {
  const request = event.data;
  answer(request).then(say, (thrown: unknown) => {
    // A trap leaves the module unusable.
    const fatal = thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
    say({ id: request.id, kind: "fault", fault: fatal ? { code: "reader_stopped", text: String(thrown) } : faultOf(thrown), fatal });
  });
});
