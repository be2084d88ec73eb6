// The engine's worker is started by `boot.js`, before the page's own script is there: it loads its module while that is read.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** What only the engine's worker says. */
const MARK = "engine_unavailable: the engine module";
const BOOT = /<script src="([^"]*)boot\.js"><\/script>/;

export function early(): Plugin {
  let boot = "";
  return {
    name: "landfall-early",
    apply: "build",
    configResolved({ publicDir }) {
      boot = join(publicDir, "boot.js");
    },
    // Copied as it stands otherwise, with what is said to whoever reads it.
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "boot.js", source: readFileSync(boot, "utf8").replace(/^ *\/\/.*\n/gm, "").replace(/^ +/gm, "") });
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const workers = Object.values(bundle ?? {}).filter((file) => file.type === "asset" && file.fileName.endsWith(".js") && String(file.source).includes(MARK));
        const [worker] = workers;
        if (workers.length !== 1 || !worker || !BOOT.test(html)) throw new Error(`${workers.length} workers say "${MARK}", and index.html must load boot.js`);
        return html.replace(BOOT, (_, base: string) => `<script src="${base}boot.js" data-engine="${base}${worker.fileName}"></script>`);
      },
    },
  };
}
