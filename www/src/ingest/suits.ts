// Whether a plan is the one of a file: its year and most of its regions are the file's.

/** `tidy` is the CSV that the reader made without a plan; `plan` is TOML. */
export function suits(tidy: string, plan: string): boolean {
  const year = /^year\s*=\s*(\d{4})/m.exec(plan)?.[1];
  const names = [...plan.matchAll(/^(?:name|aliases)\s*=\s*(.+)$/gm)].flatMap(([, said]) => [...(said ?? "").matchAll(/"([^"]+)"/g)].map(([, name]) => name));
  const known = new Set(names);
  const lines = tidy.split("\n");
  const at = (lines[0] ?? "").split(",").indexOf("year");
  const places = new Set<string>();
  let dated = false;
  for (const line of lines.slice(1)) {
    const cells = line.split(",");
    if (!cells[0]) continue;
    places.add(cells[0]);
    // A quoted name with a comma would shift the year; such a name is in no plan that suits.
    dated ||= year !== undefined && cells[at] === year;
  }
  const met = [...places].filter((name) => known.has(name)).length;
  return dated && met > 0 && met * 2 >= places.size;
}
