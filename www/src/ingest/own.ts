// The planner's own data as a case of the page.
import type { Source } from "../engine/contract.ts";
import type { Kept } from "./store.ts";

export interface OwnCase {
  /** Stands where a sample's name would; a new one for each file, so that no answer about another is taken for its own. */
  id: string;
  kept: Kept;
}

/** The id of what was kept from another visit. */
export const OWN_KEPT = "own-0";

export const isOwn = (sample: string): boolean => sample.startsWith("own-");

export function sourceOf({ panel, plan, pipeline }: Kept): Source {
  return { panel, ...(plan ? { plan } : {}), ...(pipeline ? { pipeline } : {}) };
}

/**
 * A sample's plan for a planner's own figures: its regions and targets stay; that the figures are illustrative, where they come
 * from and with which month the sample opens is said of the sample alone.
 */
export function planAlone(plan: string): string {
  const lines = plan.split("\n");
  const head = lines.findIndex((line) => line.startsWith("["));
  return lines.filter((line, i) => (head >= 0 && i >= head) || !/^(illustrative|illustrative_en|source|source_en|as_of)\s*=/.test(line)).join("\n");
}
