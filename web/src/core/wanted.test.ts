import { describe, expect, it } from "vitest";
import { asked, day, flipped, fromQuery, moment, toQuery, type Wanted } from "./wanted";

describe("what is wanted", () => {
  const all: Wanted = {
    classes: ["a", "b"], thinks: ["c"], stages: ["done", "none"], doubts: ["great"], annotators: ["p"], batches: ["b1", "b2"], differ: true, against: true, gold: true, removed: true,
    cameFrom: 1, cameTo: 2, answeredFrom: 3, answeredTo: 4, text: "leaf & co", order: "name",
  };
  it("comes back from its address as it was", () => {
    expect(fromQuery(toQuery(all))).toEqual(all);
    expect(toQuery({})).toBe("");
    expect(toQuery({ order: "doubt", classes: [], text: "" })).toBe("");
  });
  it("passes over words that an address has wrong", () => {
    expect(fromQuery("stage=done,lost&order=luck&cameFrom=x&differ=no&class=")).toEqual({ stages: ["done"] });
  });
  it("turns one thing on and off and leaves the rest", () => {
    const on = flipped({ classes: ["a"] }, "classes", "b");
    expect(on.classes).toEqual(["a", "b"]);
    expect(flipped(on, "classes", "a").classes).toEqual(["b"]);
  });
  it("counts what is asked, the order apart", () => {
    expect(asked({ classes: ["a", "b"], differ: true, order: "name" })).toBe(3);
    expect(asked({})).toBe(0);
  });
  it("takes a day from its first moment to the first of the next", () => {
    expect(day(moment("2026-11-24"))).toBe("2026-11-24");
    expect(moment("2026-11-30", 1)).toBe(new Date(2026, 11, 1).getTime());
    expect(moment("")).toBeUndefined();
    expect(day(undefined)).toBe("");
  });
});
