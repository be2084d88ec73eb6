// An engine as it stands in its module's memory, to be set up again on another thread, which has nothing to load or to learn.
// It leans on how wasm-bindgen keeps things (one memory, one table of values, a pointer in each object); tests hold it to that.
import init, { Engine, type InitOutput } from "../engine/what-if/landfall.js";
import { moduleInput } from "../door/files.ts";
import { breathe } from "../engine/breathe.ts";

/** What an engine is set up from. */
export interface Image {
  /** The module, where it does not lie beside the page. */
  module: Uint8Array<ArrayBuffer> | null;
  memory: ArrayBuffer;
  /** The module's table of JavaScript's values; between two calls these are names of fields, which it keeps. */
  values: unknown[];
  /** Where the engine stands in the memory. */
  at: number;
}

/** bytes: above it a copy would weigh on the page's machine, and what fills it takes too long there anyway. */
const MOST = 96 * 1024 * 1024;

/** bytes: as much as is copied between two frames. */
const PIECE = 4 * 1024 * 1024;

const place = (engine: Engine): { __wbg_ptr: number } => engine as unknown as { __wbg_ptr: number };

/** Taken between two calls, when nothing of the module is under way; null where it is too large or holds what cannot be handed over. */
export async function taken(engine: Engine): Promise<Image | null> {
  const [{ memory, __wbindgen_externrefs: table }, input] = await Promise.all([init(), moduleInput()]);
  if (memory.buffer.byteLength > MOST) return null;
  const values = Array.from({ length: table.length }, (_, i): unknown => table.get(i));
  if (values.some((value) => typeof value === "function" || (typeof value === "object" && value !== null))) return null;
  return { module: input?.module_or_path ?? null, memory: memory.buffer.slice(0) as ArrayBuffer, values, at: place(engine).__wbg_ptr };
}

/** The engine of an image, in this thread's own module, which holds no other. */
export async function setUp(image: Image): Promise<Engine> {
  const exports: InitOutput = await init(image.module ? { module_or_path: image.module } : undefined);
  const { memory, __wbindgen_externrefs: table } = exports;
  const PAGE = 65_536;
  const lacking = image.memory.byteLength - memory.buffer.byteLength;
  if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
  if (image.values.length > table.length) table.grow(image.values.length - table.length);
  image.values.forEach((value, i) => table.set(i, value));
  for (let from = 0; from < image.memory.byteLength; from += PIECE) {
    const piece = new Uint8Array(image.memory, from, Math.min(PIECE, image.memory.byteLength - from));
    new Uint8Array(memory.buffer).set(piece, from);
    // A lever may be moving meanwhile.
    await breathe();
  }
  return Object.assign(Object.create(Engine.prototype) as Engine, { __wbg_ptr: image.at });
}
