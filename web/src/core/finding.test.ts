import { describe, expect, it } from "vitest";
import { heads, ungroup, withAsked, type FoundRow } from "./finding";

const row = (id: string, posterior: number, cls = "p"): FoundRow =>
  ({ id, name: id, width: 4, height: 3, thumb: "", url: "", class: cls, posterior, answers: 1, state: "open" });

describe("finding", () => {
  const rows = [row("a", 0.9), row("b", 0.5, "q"), row("c", 0.7)];
  it("marks the one that is sent to the second look", () => {
    const two = [{ ...row("a", 1), task: "t" }, { ...row("b", 1), task: "u" }];
    expect(withAsked(two, "u").map((r) => r.asked)).toEqual([undefined, true]);
  });
  it("heads every group once, also when a filter takes its first picture away", () => {
    const all = ungroup([{ size: 2, differ: true, items: [row("a", 1), row("b", 1)] }, { size: 9, differ: false, items: [row("c", 1), row("d", 1)] }, { size: 2, differ: false, items: null }]);
    expect(all.map((_, i) => heads(all, i))).toEqual([true, false, true, false]);
    const some = all.slice(1);
    expect(some.map((_, i) => heads(some, i))).toEqual([true, true, false]);
    expect(all[3]!.group).toMatchObject({ at: 1, size: 9, differ: false });
    expect(heads(rows, 0)).toBe(false);
  });
});
