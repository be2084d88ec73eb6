// What the page in one file hands to each of its workers.
export interface Handed {
  kind: "handed";
  /** The worker's module, and the samples: gzip as base64. */
  module: string;
  seeds: string;
}

/** Id of the page's block of this name. */
export const idOf = (name: string): string => `landfall-${name}`;
