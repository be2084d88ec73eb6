// The engine's drawing comes as text. It is parsed as XML and stripped of anything that could run or load,
// since region names in it come from the user's file.
const FORBIDDEN = new Set(["script", "foreignobject", "iframe", "image", "use", "a", "style", "animate", "set"]);

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
      const outside = /href$|^src$/i.test(name) && !value.startsWith("#");
      if (/^on|^style$/i.test(name) || outside) element.removeAttribute(name);
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

/** Shows a drawing in place of the one before. What both have alike stays, so that the browser sets and paints only what moved. */
export function show(node: HTMLElement, next: SVGSVGElement | null): void {
  const now = node.firstElementChild;
  if (now && next && now.localName === next.localName) become(now, next);
  else node.replaceChildren(...(next ? [next] : []));
}

function become(now: Element, next: Element): void {
  for (const name of now.getAttributeNames()) if (!next.hasAttribute(name)) now.removeAttribute(name);
  for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  const [old, all] = [[...now.childNodes], [...next.childNodes]];
  all.forEach((child, i) => {
    const was = old[i];
    if (!was) now.append(child);
    else if (was instanceof Element && child instanceof Element && was.localName === child.localName) become(was, child);
    else if (was instanceof Text && child instanceof Text) {
      if (was.data !== child.data) was.data = child.data;
    } else was.replaceWith(child);
  });
  for (const left of old.slice(all.length)) left.remove();
}
