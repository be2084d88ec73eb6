// What the page remembers between visits. Storage may be refused (private windows, file://): then nothing is kept.
export function recall(key: string): string | null {
  try {
    return window.localStorage.getItem(`landfall.${key}`);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    window.localStorage.setItem(`landfall.${key}`, value);
  } catch {
    // Only a comfort is lost.
  }
}
