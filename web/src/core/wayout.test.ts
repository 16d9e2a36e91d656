import { expect, it } from "vitest";
import { type WayOut, wayOut } from "./wayout";

it.each<[string, number, WayOut]>([
  ["the line is down", 0, "again"],
  ["the server rests, or its disk is full", 503, "again"],
  ["the server fails", 500, "again"],
  ["too much at once", 429, "again"],
  ["she is signed out", 401, "sign-in"],
  ["it is not hers", 403, "home"],
  ["it is not there", 404, "home"],
  ["the address is cut off", 422, "home"],
  ["it was removed for good", 410, "home"],
])("%s: a way out", (_, status, way) => {
  expect(wayOut(status)).toBe(way);
});
