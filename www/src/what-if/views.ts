// What stands below the cards: what can be asked of a scenario, then what needs none.
export type View = "scenarios" | "shares" | "tornado" | "seek" | "least" | "need" | "projects" | "data" | "method";

export const VIEWS: readonly View[] = ["scenarios", "shares", "tornado", "seek", "least", "need", "projects", "data", "method"];
