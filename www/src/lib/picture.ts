// A drawing as a picture of fixed size, made by the browser with the fonts that are installed. Nothing leaves the page.

/** PNG of an SVG text, `scale` times its own size. */
export async function png(svg: string, scale: number): Promise<Blob> {
  const image = new Image();
  // Not a blob's address: the page's policy lets pictures come from the page and from data alone.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no_canvas: the browser gives no canvas to draw on");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, refused) => {
    canvas.toBlob((blob) => (blob ? done(blob) : refused(new Error("no_picture: the browser made no picture"))), "image/png");
  });
}

/** Whether pictures can be copied here: in a secure context, by a browser that knows how. */
export const canCopy = (): boolean =>
  window.isSecureContext && typeof ClipboardItem === "function" && typeof navigator.clipboard?.write === "function";

/** Copies a picture; only PNG, since what pastes SVG pastes it as text. The promise is handed over, as Safari wants it. */
export const copy = (picture: Promise<Blob>): Promise<void> => navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
