// What the bundler made small, once more by another: a hundredth less after brotli, most of it in the bindings of the modules.
import { minify } from "terser";
import type { Plugin } from "vite";

const options = (module: boolean) => ({ module, ecma: 2020 as const, compress: { passes: 2, unsafe_arrows: true, unsafe_methods: true } });

export const small = (): Plugin => ({
  name: "landfall-small",
  apply: "build",
  generateBundle: {
    order: "post",
    async handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (!file.fileName.endsWith(".js")) continue;
        // Workers come as files of their own, and are classic scripts.
        if (file.type === "chunk") file.code = (await minify(file.code, options(true))).code ?? file.code;
        else file.source = (await minify(String(file.source), options(false))).code ?? file.source;
      }
    },
  },
});
