// Tables as files that a spreadsheet opens without guessing.

/** With a byte order mark, so that Chinese is read as such; a cell that would be a formula is text. */
export function csv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    // Also behind spaces, tabs and line breaks, which spreadsheets skip. A plain number is no formula.
    const risky = /^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
    const safe = risky ? `'${text}` : text;
    return /[",\r\n]|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Hands a text to the browser as a file. */
export function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, "_").slice(0, 120);
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
