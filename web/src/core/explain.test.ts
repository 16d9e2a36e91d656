import { expect, test } from "vitest";
import { byClass, reasons } from "./explain";

test("reasons stand by how many pictures have them, and those without any are left out", () => {
  expect(reasons({ unsure: 3, sure: 9, differ: 0, unseen: 1 })).toEqual([["sure", 9], ["unsure", 3], ["unseen", 1]]);
});

test("what taught it stands in rows of one class, in the order they came", () => {
  const near = ["b", "b", "a"].map((c, i) => ({ thumb: `${i}`, class: c, yours: false, by: null }));
  const rows = byClass({ thumb: "", settled: "a", thought: "b", rightOf10: 8, near });
  expect(rows.map(([c, list]) => [c, list.length])).toEqual([["b", 2], ["a", 1]]);
});
