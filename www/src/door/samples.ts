// The samples: each comes only when it is opened.
import type { Source } from "../engine/contract.ts";
import { fileText } from "./files.ts";

type Files = () => Promise<{ panel: string; plan: string }>;

const both = (panel: Promise<string>, plan: Promise<string>): Promise<{ panel: string; plan: string }> =>
  Promise.all([panel, plan]).then(([a, b]) => ({ panel: a, plan: b }));

/** By name; `seeds/README.md` says where each figure comes from. */
export const SAMPLES: Readonly<Record<string, Files>> = {
  "wuzhong-2023": () => both(fileText("wuzhong-2023/panel.csv"), fileText("wuzhong-2023/plan.toml")),
  national: () => both(fileText("national/panel.csv"), fileText("national/plan.toml")),
};

/** Lists of projects, for scenarios alone. */
export const PROJECTS: Readonly<Record<string, () => Promise<string>>> = {
  "wuzhong-2023": () => fileText("wuzhong-2023/pipeline.csv"),
};

/** The tidy form of a case. */
export async function tidyOf(source: Source): Promise<{ panel: string; plan?: string }> {
  if (!("sample" in source)) return source;
  const files = SAMPLES[source.sample];
  if (!files) throw new Error(`unknown_sample: ${JSON.stringify(source.sample)} is not one of ${Object.keys(SAMPLES).join(", ")}`);
  return files();
}

/** The list of projects of a case; none where it has none. */
export async function projectsOf(source: Source): Promise<string | undefined> {
  return "sample" in source ? PROJECTS[source.sample]?.() : source.pipeline;
}
