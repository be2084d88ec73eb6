// The engine's drawing comes as text. It is parsed as XML and stripped of anything that could run or load,
// since region names in it come from the user's file.
const FORBIDDEN = new Set(["script", "foreignobject", "iframe", "image", "use", "a", "style", "animate", "set"]);

/** What could run, or load something from elsewhere. */
const barred = (name: string, value: string): boolean => /^on|^style$/i.test(name) || (/href$|^src$/i.test(name) && !value.startsWith("#"));

/** The smallest chart that the engine lays out, px. Where there is less room it is shown smaller. */
export const LEAST = { width: 280, height: 180 };

/** The drawing as an element, or null where the text is not an SVG. */
export function drawing(text: string, description: string): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const root = parsed.documentElement;
  if (!(root instanceof SVGSVGElement) || parsed.querySelector("parsererror")) return null;
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (FORBIDDEN.has(element.localName.toLowerCase())) {
      element.remove();
      continue;
    }
    // Backwards, since one that is taken out makes the later ones move up.
    for (let i = element.attributes.length - 1; i >= 0; i -= 1) {
      const { name, value } = element.attributes[i]!;
      if (barred(name, value)) element.removeAttribute(name);
    }
  }
  if (!root.hasAttribute("viewBox")) {
    const [width, height] = [parseFloat(root.getAttribute("width") ?? ""), parseFloat(root.getAttribute("height") ?? "")];
    if (width > 0 && height > 0) root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
  root.removeAttribute("width");
  root.removeAttribute("height");
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", description);
  return document.adoptNode(root);
}

/** The drawings on the page as they came, tag by tag, by what shows them. */
const told = new WeakMap<HTMLElement, string[]>();

/** Shows a drawing in place of the one before, or says that the text is none. Of one made of the same tags only what moved is
 * set, which is a fraction of reading, laying out and painting it anew. */
export function show(node: HTMLElement, text: string, description: string): boolean {
  const [was, tags] = [told.get(node), text.split("<")];
  if (was && moved(node, was, tags)) node.firstElementChild?.setAttribute("aria-label", description);
  else {
    const next = drawing(text, description);
    if (!next) return false;
    node.replaceChildren(next);
  }
  told.set(node, tags);
  return true;
}

const TAG = /^(\w+)((?: [\w:-]+="[^"]*")*) ?\/?>([^]*)$/;

/** Sets what is different in the text of a drawing; false, and nothing is set, where that takes a reader of XML. */
function moved(node: HTMLElement, was: readonly string[], tags: readonly string[]): boolean {
  const elements = node.querySelectorAll("*");
  const changes: (() => void)[] = [];
  let at = -1;
  for (const [i, tag] of tags.entries()) {
    if (/^\w/.test(tag)) at += 1;
    if (tag === was[i]) continue;
    const [old, now, element] = [TAG.exec(was[i] ?? ""), TAG.exec(tag), elements[at]];
    // The first is the drawing itself, whose size is taken out.
    if (!old || !now || !element || at < 1 || old[1] !== now[1] || element.localName !== now[1] || tag.includes("&")) return false;
    const left = new Set(element.getAttributeNames());
    for (const [, name = "", value = ""] of (now[2] ?? "").matchAll(/([\w:-]+)="([^"]*)"/g)) {
      left.delete(name);
      if (!barred(name, value) && element.getAttribute(name) !== value) changes.push(() => element.setAttribute(name, value));
    }
    for (const name of left) changes.push(() => element.removeAttribute(name));
    const words = element.firstChild;
    if (old[3] === now[3]) continue;
    if (!(words instanceof Text)) return false;
    changes.push(() => (words.data = now[3] ?? ""));
  }
  if (tags.length !== was.length || elements.length !== at + 1) return false;
  for (const change of changes) change();
  return true;
}
