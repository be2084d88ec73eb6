// What an answer that did not come is told by.
import { EngineFault, Superseded } from "../engine/client.ts";
import { CANCELLED, type Fault } from "../engine/contract.ts";

/** Null where nobody waits for the answer any longer. */
export function faultOf(why: unknown): Fault | null {
  if (why instanceof Superseded) return null;
  if (why instanceof EngineFault) return why.code === CANCELLED ? null : why.fault;
  return { code: "unknown", text: why instanceof Error ? why.message : String(why) };
}
