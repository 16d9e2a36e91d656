import { expect, test } from "vitest";
import { type PromiseState, of100, stage, wrongOf100 } from "./promise";

const open: PromiseState = { state: "open", target: 0.95, delta: 0.05, pictures: 4000, audit: 300, asked: 120, review: 0, more: 900, accepted: 1500, known: true };

test.each([
  ["a promise of too few pictures", { state: "small" }, "small"],
  ["a certified one", { state: "kept" }, "kept"],
  ["a certified one for which the child decides nothing", { state: "kept", accepted: 0 }, "people"],
  ["one that failed", { state: "miss" }, "miss"],
  ["drawn pictures that wait for a decision alone", { asked: 0, review: 3 }, "review"],
  ["drawn pictures that come first", { state: "due" }, "drawn"],
  ["a forecast", {}, "forecast"],
  ["a forecast that the child decides nothing", { accepted: 0 }, "early"],
  ["no forecast yet", { known: false }, "early"],
] as const)("%s", (_, change, want) => {
  expect(stage({ ...open, ...change } as PromiseState)).toBe(want);
});

test("what may be wrong is never rounded down, and 1 - 0.95 is 5", () => {
  expect(wrongOf100(1 - 0.95)).toBe(5);
  expect(wrongOf100(0.0469)).toBe(5);
  expect(wrongOf100(1 - 0.99)).toBe(1);
  expect(of100(1 - 0.05)).toBe(95);
});
