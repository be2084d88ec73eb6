// What the page and its workers load, from beside the page. The page in one file has `files.single.ts` in place of this.
import nationalPanel from "../../../seeds/national/panel.csv?url";
import nationalPlan from "../../../seeds/national/plan.toml?url";
import wuzhongPanel from "../../../seeds/wuzhong-2023/panel.csv?url";
import wuzhongProjects from "../../../seeds/wuzhong-2023/pipeline.csv?url";
import wuzhongPlan from "../../../seeds/wuzhong-2023/plan.toml?url";
import type { Seed } from "./names.ts";

const SEEDS: Readonly<Record<Seed, string>> = {
  "wuzhong-2023/panel.csv": wuzhongPanel,
  "wuzhong-2023/plan.toml": wuzhongPlan,
  "wuzhong-2023/pipeline.csv": wuzhongProjects,
  "national/panel.csv": nationalPanel,
  "national/plan.toml": nationalPlan,
};

/** A sample's file. */
export async function fileText(name: Seed): Promise<string> {
  const got = await fetch(SEEDS[name]).catch(() => null);
  if (!got?.ok) throw new Error(`sample_unavailable: the sample's file ${name} could not be loaded${got ? ` (${got.status})` : ""}; reload the page`);
  return got.text();
}

/** What a module is started with: nothing, since it finds itself beside its JavaScript. */
export async function moduleInput(): Promise<{ module_or_path: Uint8Array<ArrayBuffer> } | undefined> {
  return undefined;
}

/** Where the template workbook is. */
export const template = (): string => "./landfall-template.xlsx";
