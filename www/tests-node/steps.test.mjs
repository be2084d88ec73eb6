// An outlook in steps is the outlook in one go, and can be left at any step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "./engine.mjs";

const options = { lang: "en" };

test("steps end with the same outlook, and a cancelled one leaves nothing behind", () => {
  const [inOneGo, inSteps] = [sample("wuzhong-2023"), sample("wuzhong-2023")];
  const want = inOneGo.outlook(options);
  let progress = inSteps.begin(options);
  assert.ok(progress.done === 0 && progress.all > 5, JSON.stringify(progress));
  progress = inSteps.step();
  assert.equal(progress.done, 1);
  inSteps.cancel();
  assert.deepEqual(inSteps.step(), { done: 1, all: 1 });
  for (progress = inSteps.begin(options); progress.done < progress.all; progress = inSteps.step());
  assert.deepEqual(inSteps.outlook(options), want);
  // It is kept: nothing is left to do.
  assert.deepEqual(inSteps.begin(options), { done: 1, all: 1 });
});

test("what cannot be asked is refused before the first step", () => {
  const engine = sample("wuzhong-2023");
  assert.throws(() => engine.begin({ ...options, as_of: "2031-01" }), /^Error: after_data: /);
  assert.throws(() => engine.begin({ lang: "fr" }), /^Error: unknown_language: /);
});

test("a picture that is asked for meanwhile leaves the sharing out that is under way", () => {
  const engine = sample("wuzhong-2023");
  const scenario = { ...options, draws: 1000, levers: [{ id: "pace", value: 1.05 }, { id: "base", value: -1 }] };
  engine.attribute(scenario);
  assert.ok(engine.attribute_step(1) < 1);
  const drawn = engine.draw("waterfall", "fai", { region: "吴忠市", theme: "light", width: 640, height: 360, heading: true }, scenario);
  while (engine.attribute_step(1) < 1);
  // Once it is done, a picture takes it in place of working it out again, and shows the same.
  const again = engine.draw("waterfall", "fai", { region: "吴忠市", theme: "light", width: 640, height: 360, heading: true }, scenario);
  assert.equal(again.svg, drawn.svg);
  assert.throws(() => engine.attributed("en"), /^Error: not_prepared: /);
});
