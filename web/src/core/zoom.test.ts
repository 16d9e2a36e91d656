import { expect, it } from "vitest";
import { WHOLE, drag, zoomAt } from "./zoom";

const size = { width: 400, height: 300 };

it("the point under the finger stays where it is", () => {
  const v = zoomAt(WHOLE, 2, { x: 50, y: -20 }, size);
  expect(v).toEqual({ scale: 2, x: -50, y: 20 });
  const w = zoomAt(v, 1.5, { x: 50, y: -20 }, size);
  expect([(50 - w.x) / w.scale, (-20 - w.y) / w.scale]).toEqual([50, -20]);
});

it("a picture is never smaller than its place and at most eight times as large", () => {
  expect(zoomAt(WHOLE, 0.1, { x: 9, y: 9 }, size)).toEqual(WHOLE);
  expect(zoomAt(WHOLE, 100, { x: 0, y: 0 }, size).scale).toBe(8);
});

it("a picture is not dragged out of its place", () => {
  expect(drag(WHOLE, 100, 100, size)).toEqual(WHOLE);
  expect(drag({ scale: 2, x: 0, y: 0 }, 1000, -1000, size)).toEqual({ scale: 2, x: 200, y: -150 });
});
