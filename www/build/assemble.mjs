// Puts the built page, its modules, the samples and the template into one HTML file: node build/assemble.mjs OUT
// Everything that is not needed at once is compressed; the content policy names each script by its hash and lets nothing be
// fetched from anywhere.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";

const MOST = 6_000_000;
const SEEDS = ["wuzhong-2023/panel.csv", "wuzhong-2023/plan.toml", "wuzhong-2023/pipeline.csv", "national/panel.csv", "national/plan.toml"];
const MODULES = { engine: "src/engine/pkg", "what-if": "src/engine/what-if", ingest: "src/ingest/pkg", brief: "src/brief/pkg" };

const [out] = process.argv.slice(2);
if (!out) throw new Error("node build/assemble.mjs OUT");

const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");
const seeds = Object.fromEntries(SEEDS.map((name) => [name, readFileSync(`../seeds/${name}`, "utf8")]));
const blocks = {
  ...Object.fromEntries(Object.entries(MODULES).map(([name, folder]) => [name, packed(readFileSync(`${folder}/landfall_bg.wasm`))])),
  seeds: packed(JSON.stringify(seeds)),
  template: packed(readFileSync("public/landfall-template.xlsx")),
};

// What would end a script inside HTML is written otherwise; inside JavaScript's strings both are the same.
const script = (code) => code.replaceAll(/<\/(script)/gi, "<\\/$1").replaceAll("<!--", "<\\!--");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const scripts = { boot: script(readFileSync("public/boot.js", "utf8")), page: script(readFileSync("dist-single/page.js", "utf8")) };
const style = readFileSync("dist-single/page.css", "utf8");
if (/<\/style/i.test(style)) throw new Error("the style sheet would end itself");
const policy = [
  "default-src 'none'",
  `script-src ${hash(scripts.boot)} ${hash(scripts.page)} 'wasm-unsafe-eval'`,
  "worker-src blob:",
  `style-src ${hash(style)}`,
  "style-src-attr 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const icon = `data:image/svg+xml;base64,${readFileSync("public/mark.svg").toString("base64")}`;

/** Replaces exactly one place, by text that is taken as it is. */
function put(html, place, text) {
  const parts = html.split(place);
  if (parts.length !== 2) throw new Error(`index.html has ${place} ${parts.length - 1} times, not once`);
  return parts.join(text);
}

let html = readFileSync("index.html", "utf8");
html = html.replace(/<link rel="manifest"[^>]*>\s*/, "");
html = html.replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, head) => head + policy);
html = put(html, "/mark.svg", icon);
html = put(html, '<script src="/boot.js"></script>', `<script>${scripts.boot}</script>\n  <style>${style}</style>`);
html = html.replace(/\s*<script type="module" src="\/src\/main\.ts"><\/script>/, "");
const data = Object.entries(blocks).map(([name, text]) => `<script type="text/plain" id="landfall-${name}">${text}</script>`);
html = put(html, "</body>", `${data.join("\n")}\n<script>${scripts.page}</script>\n</body>`);

html = put(html, "<!-- still -->", readFileSync("dist-single/still.html", "utf8"));

const bytes = Buffer.byteLength(html);
if (bytes > MOST) throw new Error(`the file would have ${bytes} bytes, more than ${MOST}`);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(`${out}.part`, html);
renameSync(`${out}.part`, out);
const sizes = Object.entries({ ...blocks, page: scripts.page, style }).map(([name, text]) => `${name} ${Math.round(text.length / 1000)}`);
console.log(`${out}: ${Math.round(bytes / 1000)} KB (${sizes.join(", ")})`);
