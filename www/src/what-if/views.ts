// What can be asked of a scenario, below the cards.
export type View = "scenarios" | "shares" | "tornado" | "seek" | "least";

export const VIEWS: readonly View[] = ["scenarios", "shares", "tornado", "seek", "least"];
