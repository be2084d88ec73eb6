// The package's module draws every chart of the gallery as the native engine does, byte for byte, and says what it cannot.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { finding, load, svg } from "../../packages/engine/index.js";

await load(readFileSync(new URL("../../packages/engine/wasm/landfall_bg.wasm", import.meta.url)));

const specs = process.env["LANDFALL_GALLERY_SPECS"];

test("every chart is the native one, byte for byte", { skip: specs ? false : "LANDFALL_GALLERY_SPECS names no file" }, async () => {
  const all = JSON.parse(readFileSync(specs, "utf8"));
  assert.ok(all.length > 300, `${all.length} charts`);
  for (const { name, chart, svg: native } of all) {
    assert.equal(await svg(chart), native, name);
    assert.equal(await finding(chart), chart.title, name);
  }
});

test("what cannot be drawn is said with a code", async () => {
  const refused = async (chart) => svg(chart).then(() => "drawn", (error) => error.message);
  assert.match(await refused({ kind: "pie" }), /^bad_spec: unknown variant `pie`, expected one of `fan`/);
  assert.match(await refused({}), /^bad_spec: missing field `kind`/);
  assert.match(await refused({ kind: "tiles", tiles: [] }), /^bad_spec: tiles: 0 given, at least 1/);
  assert.match(await refused({ kind: "tiles", width: 3, tiles: [{ name: "A" }] }), /^bad_spec: a chart of 3 × 720 px/);
  assert.match(await refused({ kind: "ranking", columns: ["a"], rows: [{ name: "A", figures: [] }] }), /^bad_spec: figures of a row: 0 given/);
  assert.match(await refused(null), /^bad_spec: /);
});

test("texts of a spec stay texts", async () => {
  const drawn = await svg({ kind: "tiles", tiles: [{ name: "<script>alert(1)</script>" }] });
  assert.ok(!drawn.includes("<script>") && drawn.includes("&lt;script&gt;"));
});
