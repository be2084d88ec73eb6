// The samples as files beside the page: each comes only when it is opened.

type Files = () => Promise<{ panel: string; plan: string }>;

async function both(panel: Promise<{ default: string }>, plan: Promise<{ default: string }>): Promise<{ panel: string; plan: string }> {
  return { panel: (await panel).default, plan: (await plan).default };
}

/** By name; `seeds/README.md` says where each figure comes from. */
export const SAMPLES: Readonly<Record<string, Files>> = {
  "wuzhong-2023": () =>
    both(import("../../../seeds/wuzhong-2023/panel.csv?raw"), import("../../../seeds/wuzhong-2023/plan.toml?raw")),
  national: () => both(import("../../../seeds/national/panel.csv?raw"), import("../../../seeds/national/plan.toml?raw")),
};

/** Lists of projects, for scenarios alone. */
export const PROJECTS: Readonly<Record<string, () => Promise<string>>> = {
  "wuzhong-2023": async () => (await import("../../../seeds/wuzhong-2023/pipeline.csv?raw")).default,
};
