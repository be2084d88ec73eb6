// What is written is a matter of rule, so it is tested without a browser.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { amountInWords, chanceText, fixed, goal, growth, owedInWords, range, signed } from "../src/lib/format.ts";
import { faultOf } from "../src/engine/contract.ts";

test("a chance is written as the engine shows it", () => {
  expect(chanceText(0.35)).toBe("35%");
  expect(chanceText(0.55)).toBe("55%");
  expect(chanceText(0)).toBe("<5%");
  expect(chanceText(1)).toBe(">95%");
});

test("a range is joined by a dash, and by a word where a minus would run into it", () => {
  expect(range("5.6%", "14.0%", "zh")).toBe("5.6%–14.0%");
  expect(range("−6.1%", "11.7%", "zh")).toBe("−6.1%至11.7%");
  expect(range("−6.1%", "−1.0%", "en")).toBe("−6.1% to −1.0%");
});

test("numbers carry a true minus and no minus zero", () => {
  expect(growth(-0.0353)).toBe("−3.5%");
  expect(growth(-0.0001)).toBe("0.0%");
  expect(fixed(-1234567.8, 1)).toBe("−1,234,567.8");
  expect(signed(0.04, 1)).toBe("±0.0");
  expect(signed(-0.04, 1)).toBe("±0.0");
  expect(signed(2.84, 1)).toBe("+2.8");
  expect(goal(0.11)).toBe("11%");
  expect(goal(0.115)).toBe("11.5%");
});

test("an amount is the same in every unit and language", () => {
  expect(amountInWords(4.53, "亿元", "亿元", "zh")).toBe("4.5亿元");
  expect(amountInWords(4.53, "亿元", "万元", "zh")).toBe("45,300万元");
  expect(amountInWords(4.53, "亿元", "万元", "en")).toBe("453 million CNY");
  expect(amountInWords(218.42, "亿元", "亿元", "en")).toBe("21.8 billion CNY");
  expect(amountInWords(501_844.7, "亿元", "亿元", "en")).toBe("50.2 trillion CNY");
  expect(owedInWords(421, "亿元", "亿元", "zh")).toBe("421亿元");
  expect(amountInWords(12.34, "kt", "kt", "en")).toBe("12.3 kt");
});

test("English keeps to the apostrophe that every face has narrow", () => {
  // A Chinese face draws the curly one as wide as a character.
  const source = readFileSync(new URL("../src/i18n/en.ts", import.meta.url), "utf8");
  expect(source.match(/[\u2018\u2019\u201c\u201d]/g)).toBeNull();
});

test("an engine's message is read as code and text", () => {
  expect(faultOf(new Error("unknown_region: no such region"))).toEqual({ code: "unknown_region", text: "no such region" });
  expect(faultOf("it broke")).toEqual({ code: "unknown", text: "it broke" });
});
