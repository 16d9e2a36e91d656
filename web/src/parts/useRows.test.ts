import { describe, expect, it } from "vitest";
import { rowsSeen } from "./useRows";

describe("a long grid", () => {
  it("draws what is seen and a little more, and keeps the room of the rest", () => {
    const r = rowsSeen(1000, 5, 200, -4000, 800);
    expect(r).toEqual({ first: 70, last: 150, above: 14 * 200, below: 170 * 200 });
    expect(r.above + r.below + ((r.last - r.first) / 5) * 200).toBe(200 * 200);
  });
  it("draws all of a short one", () => {
    expect(rowsSeen(7, 5, 200, 100, 800)).toEqual({ first: 0, last: 7, above: 0, below: 0 });
    expect(rowsSeen(0, 5, 200, 0, 800)).toMatchObject({ first: 0, last: 0, above: 0 });
  });
  it("draws a row at its end, however far one has scrolled", () => {
    const r = rowsSeen(12, 5, 200, -100_000, 800);
    expect(r.last).toBeLessThanOrEqual(12);
    expect(r.below).toBe(0);
  });
});
