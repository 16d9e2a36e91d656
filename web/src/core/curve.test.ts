import { describe, expect, it } from "vitest";
import { atX, atY, band, dots, floorOf, heights, labelSpot, line, reach, steps } from "./curve";
import type { CurvePoint } from "./project";

const point = (answers: number, estimated: number | null, items = 100): CurvePoint =>
  ({ version: answers, answers, items, estimated, low: estimated === null ? null : estimated - 0.05, high: estimated === null ? null : Math.min(1, estimated + 0.05), at: answers });
const frame = { left: 40, top: 10, width: 300, height: 200, maxX: 3, minY: 40 };

describe("the learning curve", () => {
  it("draws only points that carry an estimate, in the order of answers per picture", () => {
    expect(dots([point(50, 0.8), point(10, null), point(20, 0.6)]).map((d) => d.x)).toEqual([0.2, 0.5]);
  });
  it("leaves out points of a project without pictures", () => {
    expect(dots([point(5, 0.5, 0)])).toEqual([]);
  });
  it("reaches at least to what a majority would take", () => {
    expect(reach([], 3)).toBe(3);
    expect(reach(dots([point(400, 0.9)]), 3)).toBe(4.5);
  });
  it("keeps everything drawn above the lowest gridline", () => {
    expect(floorOf(dots([point(10, 0.52)]))).toBe(40);
    expect(floorOf(dots([point(10, 0.9)]))).toBe(60);
    expect(floorOf([])).toBe(60);
  });
  it("puts the corners of the data on the corners of the frame", () => {
    expect([atX(frame, 0), atX(frame, 3), atY(frame, 100), atY(frame, 40)]).toEqual([40, 340, 10, 210]);
  });
  it("never draws outside the frame", () => {
    expect([atX(frame, 9), atY(frame, 5), atY(frame, 130)]).toEqual([340, 210, 10]);
  });
  it("draws no band of a single point", () => {
    expect(band(frame, dots([point(10, 0.7)]))).toBe("");
    expect(line(frame, dots([point(0, 1)]))).toBe("M40 10");
  });
  it("closes the band", () => {
    expect(band(frame, dots([point(10, 0.7), point(20, 0.8)]))).toMatch(/^M.*Z$/);
  });
  it("has whole numbers on its axes", () => {
    expect(heights(40)).toEqual([40, 60, 80, 100]);
    expect(steps(3)).toEqual([0, 1, 2, 3]);
    expect(steps(14).length).toBeLessThan(8);
  });
  it("keeps the label of the line inside the frame", () => {
    const spot = labelSpot(frame, dots([point(295, 0.45)]));
    expect(spot.anchor).toBe("end");
    expect(spot.y).toBeLessThanOrEqual(202);
  });
});
