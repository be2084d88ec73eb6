// The planner's own data, kept in this browser and nowhere else. Storage may be refused; then it lives as long as the page.
import { keep, recall } from "../lib/kept.ts";
import type { Finding } from "./contract.ts";

/** What is kept: the tidy form, what it was read with, and the plan. */
export interface Kept {
  version: 1;
  /** What the person calls the file. */
  name: string;
  panel: string;
  plan: string | null;
  /** Which plan: the sample's of this name, or the file of this one. */
  planName: string | null;
  pipeline: string | null;
  /** What was found when its files were read; of figures that were joined, of all their files. */
  found?: readonly Finding[];
  /** Milliseconds since 1970. */
  at: number;
}

const FLAG = "own";
const KEY = "current";

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = window.indexedDB.open("landfall", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(FLAG);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("no database"));
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const open = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = open.transaction(FLAG, mode);
      const asked = act(transaction.objectStore(FLAG));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
    });
  } finally {
    open.close();
  }
}

/** Keeps it; says whether that was possible. */
export async function put(kept: Kept): Promise<boolean> {
  try {
    await within("readwrite", (store) => store.put(kept, KEY));
    keep(FLAG, "kept");
    return true;
  } catch {
    return false;
  }
}

/** Whether something is likely kept: known at once, without opening a database. */
export const isLikely = (): boolean => recall(FLAG) === "kept";

/** What is kept; null where there is nothing, or nothing that this page understands. */
export async function get(): Promise<Kept | null> {
  try {
    const kept: unknown = await within("readonly", (store) => store.get(KEY));
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Says whether it is gone. */
export async function forget(): Promise<boolean> {
  try {
    await within("readwrite", (store) => store.delete(KEY));
    keep(FLAG, "");
    return true;
  } catch {
    return false;
  }
}

function isKept(what: unknown): what is Kept {
  if (typeof what !== "object" || what === null) return false;
  const { version, name, panel, plan } = what as Record<string, unknown>;
  return version === 1 && typeof name === "string" && typeof panel === "string" && (plan === null || typeof plan === "string");
}
