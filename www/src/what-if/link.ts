// The whole state but the data as the address's hash: readable, so that a link that was edited or cut off still opens as far
// as it can. `v=1&data=…&seed=…&engine=…&case=…&title=…&asof=…&…&lever=id*value*region*sector*stage*list&…&end=N`.
import type { LeverSetting } from "./contract.ts";

export const LINK_VERSION = "1";

export interface LinkState {
  /** Fingerprints of the data and of the projects. */
  data: string;
  projects: string;
  title: string;
  seed: string;
  engine: string;
  sample: string;
  asOf: string;
  ledger: string;
  region: string;
  lang: string;
  unit: string;
  sort: string;
  view: string;
  /** What the chart counts: `growth`, or nothing for amounts. */
  chart: string;
  name: string;
  levers: LeverSetting[];
}

/** What was not understood; the words are the page's. */
export type Ignored =
  | { kind: "version"; got: string }
  | { kind: "cut" }
  | { kind: "key"; key: string }
  | { kind: "value"; key: string; value: string }
  | { kind: "lever"; text: string };

type Plain = Exclude<keyof LinkState, "levers">;
const KEYS: Readonly<Record<Plain, string>> = {
  data: "data", projects: "list", title: "title", seed: "seed", engine: "engine", sample: "case", asOf: "asof", ledger: "ledger",
  region: "region", lang: "lang", unit: "unit", sort: "sort", view: "view", chart: "chart", name: "name",
};
const SCOPES = ["region", "sector", "stage", "list"] as const;

/** What has a meaning in a hash or between the parts of a lever. */
function quote(text: string): string {
  return text.replace(/[%&*#+=\s"<>]/g, (c) => encodeURIComponent(c).replace("*", "%2A"));
}

function unquote(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

export function encode(state: LinkState): string {
  const parts = [`v=${LINK_VERSION}`];
  for (const key of Object.keys(KEYS) as Plain[]) if (state[key] !== "") parts.push(`${KEYS[key]}=${quote(state[key])}`);
  for (const lever of state.levers) {
    const scope = SCOPES.map((key) => quote(lever[key] ?? ""));
    parts.push(`lever=${[quote(lever.id), String(lever.value), ...scope].join("*").replace(/\*+$/, "")}`);
  }
  parts.push(`end=${state.levers.length}`);
  return parts.join("&");
}

function leverFrom(text: string): LeverSetting | null {
  const [id, value, ...scope] = text.split("*").map((part) => unquote(part));
  if (!id || value == null || !/^-?\d+(\.\d+)?(e-?\d+)?$/.test(value) || scope.length > SCOPES.length || scope.includes(null)) return null;
  const out: LeverSetting = { id, value: Number(value) };
  SCOPES.forEach((key, i) => {
    const part = scope[i];
    if (part) out[key] = part;
  });
  return out;
}

/** Reads a hash; null where it is none of ours. */
export function decode(hash: string): { state: Partial<LinkState> & { levers: LeverSetting[] }; ignored: Ignored[] } | null {
  const text = hash.replace(/^#/, "");
  if (!/^v=/.test(text)) return null;
  const state: Partial<LinkState> & { levers: LeverSetting[] } = { levers: [] };
  const ignored: Ignored[] = [];
  let end: number | null = null;
  let levers = 0;
  for (const part of text.split("&")) {
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    const raw = at < 0 ? "" : part.slice(at + 1);
    const value = unquote(raw);
    if (key === "v") {
      if (raw !== LINK_VERSION) ignored.push({ kind: "version", got: raw });
    } else if (key === "end") end = /^\d+$/.test(raw) ? Number(raw) : null;
    else if (key === "lever") {
      levers += 1;
      const lever = leverFrom(raw);
      if (lever) state.levers.push(lever);
      else ignored.push({ kind: "lever", text: value ?? raw });
    } else {
      const field = (Object.keys(KEYS) as Plain[]).find((name) => KEYS[name] === key);
      if (!field) {
        if (part !== "") ignored.push({ kind: "key", key });
      } else if (value === null) ignored.push({ kind: "value", key, value: raw });
      else state[field] = value;
    }
  }
  // Cut within a lever, its last number may be another one: what cannot be told to be whole is not used.
  if (end === null || end !== levers) {
    ignored.push({ kind: "cut" });
    const last = /(?:^|&)lever=([^&]*)$/.exec(text);
    if (end === null && last && state.levers.length > 0 && leverFrom(last[1] ?? "")) {
      state.levers.pop();
      ignored.push({ kind: "lever", text: unquote(last[1] ?? "") ?? last[1] ?? "" });
    }
  }
  return { state, ignored };
}
