// What own data need beside the reader: merging, suggesting a plan, a plan without the sample's words.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { merge } from "../src/ingest/merge.ts";
import { planAlone } from "../src/ingest/own.ts";

const plan = readFileSync("../seeds/wuzhong-2023/plan.toml", "utf8");

test("a new month joins what is there, and a figure published again takes the old one's place", () => {
  const merged = merge('region,year,month,ytd\n"A,b",2023,6,1\nC,2023,6,2\n', "region,year,month,ytd,ledger,unit\nC,2023,6,3,fai,亿元\nC,2023,7,4,,亿元\n");
  expect(merged).toEqual({ panel: 'region,year,month,ytd,ledger,unit\n"A,b",2023,6,1,,\nC,2023,6,3,fai,亿元\nC,2023,7,4,,亿元\n', added: 1, replaced: 1, together: true });
  expect(merge("region,year,month,ytd\nA,2023,6,1\n", "region,year,month,ytd\nX,2023,6,1\nA,2023,7,1\n").together).toBe(true);
  expect(merge("region,year,month,ytd\nA,2023,6,1\n", "region,year,month,ytd\nX,2023,6,1\nY,2023,6,1\nA,2023,7,1\n").together).toBe(false);
});

test("of a sample's plan only regions, targets and lights go with own figures", () => {
  const alone = planAlone(plan);
  expect(alone).not.toMatch(/^(illustrative|illustrative_en|source|as_of)\s*=/m);
  expect(alone.split("[[target]]").length).toBe(plan.split("[[target]]").length);
  expect(alone).toMatch(/^year = 2023$/m);
});
