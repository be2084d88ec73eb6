// What a page holds: a snapshot of its heap, summed. The engine's compiled code is told apart, since it is a cache of the
// browser's that grows with whatever runs often (4 to 6 MB in eight minutes of the seeded hand) and is let go when it ages.
import type { CDPSession } from "@playwright/test";

interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly (readonly string[])[] } };
  readonly nodes: readonly number[];
}

export interface Held {
  /** Objects of script and document, in MB. */
  readonly objects: number;
  /** What the script was compiled to, in MB. */
  readonly code: number;
}

/** Whatever is held after a collection, which a snapshot begins with. */
export async function held(session: CDPSession): Promise<Held> {
  const chunks: string[] = [];
  const keep = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  session.on("HeapProfiler.addHeapSnapshotChunk", keep);
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  session.off("HeapProfiler.addHeapSnapshotChunk", keep);
  const { snapshot, nodes } = JSON.parse(chunks.join("")) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf("type"), fields.indexOf("self_size")];
  const code = types[type]?.indexOf("code") ?? -1;
  if (type < 0 || size < 0 || code < 0) throw new Error("the browser's snapshots have another form");
  const sum = { objects: 0, code: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    sum[nodes[at + type] === code ? "code" : "objects"] += (nodes[at + size] ?? 0) / 1e6;
  }
  return sum;
}
