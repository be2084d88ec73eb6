// A worker's module: loaded when it is first wanted.
import { moduleInput } from "./files.ts";

type Init = (input: Awaited<ReturnType<typeof moduleInput>>) => Promise<unknown>;

/** Loads a module once; a failure is forgotten, so that asking again tries again. `refused` says what is told of it. */
export function starter(init: Init, refused: (why: string) => string): () => Promise<void> {
  let starting: Promise<void> | undefined;
  return () =>
    (starting ??= moduleInput().then(init).then(
      () => undefined,
      (thrown: unknown) => {
        starting = undefined;
        throw new Error(refused(thrown instanceof Error ? thrown.message : String(thrown)));
      },
    ));
}
