// A short name for a text, so that a link can say which data it was made on. It guards against mistakes, not against malice.

/** Sixteen hexadecimal digits: FNV-1a of 32 bits over the UTF-16 units, from two starts. */
export function fingerprint(text: string): string {
  return [0x811c9dc5, 0x9747b28c].map((start) => {
    let hash = start;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, "0");
  }).join("");
}
