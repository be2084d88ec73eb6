// The service worker of the built page: it knows every file of it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { minify } from "terser";
import type { Plugin } from "vite";

function below(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? below(path) : [path];
  }).sort();
}

export function offline(): Plugin {
  let out = "";
  let source = "";
  return {
    name: "landfall-offline",
    apply: "build",
    configResolved(config) {
      out = join(config.root, config.build.outDir);
      source = join(config.root, "src/door/sw.js");
    },
    async closeBundle() {
      const sum = createHash("sha256");
      const files = below(out).filter((path) => path !== join(out, "sw.js")).map((path) => {
        const name = relative(out, path).split(sep).join("/");
        sum.update(name).update("\0").update(readFileSync(path));
        // The page is what its folder opens with.
        return name === "index.html" ? "./" : name;
      });
      const text = readFileSync(source, "utf8").replace("__VERSION__", sum.digest("hex").slice(0, 16)).replace("__FILES__", JSON.stringify(files));
      writeFileSync(join(out, "sw.js"), (await minify(text)).code ?? text);
    },
  };
}
