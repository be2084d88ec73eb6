// A CSV of the case as a table: read again when the case is another.
import { read, type Grid } from "./grid.ts";

export class Table {
  grid = $state.raw<Grid | null>(null);
  /** Why it could not be had. */
  failed = $state("");
  #key = "";

  /** Reads what `text` gives, unless it is there already; `undefined` gives a table without rows. For an effect. */
  follow(key: string, text: () => Promise<string | undefined>): () => void {
    let wanted = true;
    if (this.#key !== key) {
      this.#key = key;
      this.grid = null;
      this.failed = "";
      void this.#read(key, text, () => wanted && this.#key === key);
    }
    return () => {
      wanted = false;
      if (this.grid === null) this.#key = "";
    };
  }

  async #read(key: string, text: () => Promise<string | undefined>, wanted: () => boolean): Promise<void> {
    try {
      const told = await text();
      const grid = told === undefined ? { head: [], rows: [] } : await read(told, wanted);
      if (grid && this.#key === key) this.grid = grid;
    } catch (why) {
      if (this.#key === key) this.failed = why instanceof Error ? why.message : String(why);
    }
  }
}
