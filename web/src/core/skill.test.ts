import { describe, expect, it } from "vitest";
import { dayStart, frequency, matrix, mixUps, naturally, type Skill, tenRange } from "./skill";

const skill = (patch: Partial<Skill>): Skill => ({ accuracy: 0.8, low: 0.7, high: 0.9, few: false, agree: 40, of: 50, confusion: [], ...patch });
const classes = [{ id: "a", name: "A" }, { id: "b", name: "B" }];

describe("a skill in words", () => {
  it("says between what and what, and nothing where the ends are the same ten", () => {
    expect(tenRange(skill({}))).toEqual({ ten: 8, low: 7, high: 9 });
    expect(tenRange(skill({ low: 0.79, high: 0.82 }))).toEqual({ ten: 8, low: null, high: null });
  });
  it("claims ten of ten only where next to none is wrong", () => {
    expect([0.98, 0.996].map((accuracy) => tenRange(skill({ accuracy, low: 0.95, high: 0.999 })).ten)).toEqual([9, 10]);
  });
  it("names a mix-up only where there are answers enough to", () => {
    const confusion = [
      { class: "a", of: 10, said: [{ class: "a", times: 7 }, { class: "b", times: 3 }] },
      { class: "b", of: 4, said: [{ class: "a", times: 3 }, { class: "b", times: 1 }] },
    ];
    expect(mixUps(skill({ confusion }), 4)).toEqual([{ truth: "a", said: "b", ten: 3 }]);
    expect(mixUps(skill({ confusion: [{ class: "a", of: 9, said: [{ class: "b", times: 1.4 }] }] }), 4)).toEqual([]);
  });
  it("puts the oftenest mix-up first and stops at the limit", () => {
    const row = (c: string, other: string, times: number) => ({ class: c, of: 20, said: [{ class: other, times }] });
    expect(mixUps(skill({ confusion: [row("a", "b", 4), row("b", "a", 6)] }), 1).map((m) => m.truth)).toEqual(["b"]);
  });
});

describe("the matrix", () => {
  it("has a row for every class, empty where nothing is known", () => {
    expect(matrix(skill({ confusion: [{ class: "b", of: 4, said: [{ class: "a", times: 3 }, { class: "b", times: 1 }] }] }), classes))
      .toEqual([{ of: 0, times: [0, 0] }, { of: 4, times: [3, 1] }]);
  });
});

describe("frequencies", () => {
  it.each([[3, 12, 3, 12], [30, 1200, 3, 100], [0, 0, 0, 0]])("%d of %d is %d of %d", (n, of, n2, of2) => {
    expect(frequency(n, of)).toEqual({ n: n2, of: of2 });
  });
  it.each([[7.6, 9, 8, 9], [30, 40, 8, 10], [150, 200, 75, 100]])("%d of %d is said as %d of %d, no hundredths of a few", (n, of, n2, of2) => {
    expect(naturally(n, of)).toEqual({ n: n2, of: of2 });
  });
  it("begins a day by the clock of the device", () => {
    expect(new Date(dayStart("2026-11-05")).getDate()).toBe(5);
  });
});
