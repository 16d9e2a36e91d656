import { describe, expect, it } from "vitest";
import { type Batch, named, overlaps } from "./batch";

describe("a batch", () => {
  const april: Batch = { id: "1", name: "April", priority: "normal", overlap: 0, pictures: 0, done: 0 };
  it("is found by its name, spaces around it apart", () => {
    expect(named([april], " April ")).toBe(april);
    expect(named([april], "Apr")).toBeUndefined();
    expect(named([april], "")).toBeUndefined();
  });
  it("asks for what the project asks for, or for more", () => {
    expect(overlaps(1, 0)).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(overlaps(8, 9)).toEqual([0, 9]);
    expect(overlaps(3, 2)).toEqual([0, 2, 4, 5, 6, 7, 8, 9]);
    expect(overlaps(12, 40)).toEqual([0, 40]);
  });
});
