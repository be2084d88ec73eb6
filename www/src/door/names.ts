// Names of what lies beside the page, or inside it.

/** Of the samples, below `seeds`. */
export type Seed =
  | "wuzhong-2023/panel.csv"
  | "wuzhong-2023/plan.toml"
  | "wuzhong-2023/pipeline.csv"
  | "national/panel.csv"
  | "national/plan.toml";

/** The engine's modules. */
export type ModuleName = "engine" | "what-if" | "ingest" | "brief";

/** Name of the worker of past years, which shares its script with that of scenarios. */
export const RECORD = "landfall-record";
