// Puts the sample's first picture into the page when it is built, from the engine itself.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { createServer, type Plugin } from "vite";
import type { Lang, OutlookReport } from "../src/engine/contract.ts";

interface Door {
  initSync: (options: { module: Uint8Array }) => unknown;
  Engine: { load: (panel: string, plan: string) => { outlook: (options: { lang: Lang }) => OutlookReport; free: () => void } };
}

const LANGS: readonly Lang[] = ["zh", "en"];

async function pictures(root: string): Promise<string> {
  const pkg = join(root, "src/engine/pkg");
  const { initSync, Engine } = (await import(pathToFileURL(join(pkg, "landfall.js")).href)) as Door;
  initSync({ module: readFileSync(join(pkg, "landfall_bg.wasm")) });
  const seed = (name: string): string => readFileSync(join(root, "../seeds/wuzhong-2023", name), "utf8");
  const engine = Engine.load(seed("panel.csv"), seed("plan.toml"));
  const server = await createServer({
    configFile: false, root, plugins: [svelte()], appType: "custom", logLevel: "error", optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  try {
    const { still } = (await server.ssrLoadModule("/src/still.ts")) as { still: (report: OutlookReport, lang: Lang) => string };
    return LANGS.map((lang) => still(engine.outlook({ lang }), lang)).join("\n");
  } finally {
    engine.free();
    await server.close();
  }
}

/** Where the picture goes in `index.html`. */
const PLACE = "<!-- still -->";

export function still(): Plugin {
  let root = "";
  return {
    name: "landfall-still",
    apply: "build",
    configResolved(config) {
      ({ root } = config);
    },
    transformIndexHtml: {
      order: "post",
      async handler(html) {
        if (!html.includes(PLACE)) throw new Error(`index.html has no ${PLACE}`);
        return html.replace(PLACE, await pictures(root));
      },
    },
    // The page in one file has no index.html of its own yet.
    async generateBundle(_, bundle) {
      if (Object.keys(bundle).every((name) => !name.endsWith(".html")) && Object.keys(bundle).includes("page.js")) {
        this.emitFile({ type: "asset", fileName: "still.html", source: await pictures(root) });
      }
    },
  };
}
