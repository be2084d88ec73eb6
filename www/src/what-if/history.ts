// Steps that can be undone. States are values: what is undone is exactly what was.
const MOST = 200;

export class History<T> {
  #past: T[] = [];
  #future: T[] = [];

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** A step was taken from `before`. */
  done(before: T): void {
    this.#past = [...this.#past.slice(-MOST + 1), before];
    this.#future = [];
  }

  /** The state before the last step, where there is one; `now` can be redone. */
  undo(now: T): T | null {
    const before = this.#past.pop();
    if (before === undefined) return null;
    this.#future.push(now);
    return before;
  }

  redo(now: T): T | null {
    const after = this.#future.pop();
    if (after === undefined) return null;
    this.#past.push(now);
    return after;
  }
}
