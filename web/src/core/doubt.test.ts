import { describe, expect, it } from "vitest";
import { ofTen, step } from "./doubt";

describe("browsing", () => {
  it("moves in the grid by arrows and stays inside it", () => {
    const five = Array.from({ length: 12 }, (_, i) => ({ top: Math.floor(i / 5), left: i % 5 }));
    expect(step("ArrowDown", 1, five)).toBe(6);
    expect(step("ArrowUp", 1, five)).toBe(1);
    expect(step("ArrowUp", 11, five)).toBe(6);
    expect(step("ArrowDown", 8, five)).toBe(11);
    expect(step("ArrowDown", 11, five)).toBe(11);
    expect(step("ArrowLeft", 0, five)).toBe(0);
    expect(step("ArrowRight", 11, five)).toBe(11);
    expect(step("End", 0, five)).toBe(11);
    expect(step("a", 3, five)).toBe(-1);
  });
  it("moves between rows of different length", () => {
    const rows = [3, 2, 4].flatMap((n, top) => Array.from({ length: n }, (_, left) => ({ top, left })));
    expect(step("ArrowDown", 2, rows)).toBe(4);
    expect(step("ArrowDown", 4, rows)).toBe(6);
    expect(step("ArrowUp", 8, rows)).toBe(4);
  });
  it("says ten of ten only when it is nearly certain", () => {
    expect([0.03, 0.44, 0.97, 0.999].map(ofTen)).toEqual([0, 4, 9, 10]);
  });
});
