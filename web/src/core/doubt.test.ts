import { describe, expect, it } from "vitest";
import { doubtful, ofTen, stateOf, step, tally } from "./doubt";
import type { ItemRow } from "./project";

const row = (id: string, posterior: number, state = "open", answers = 1, cls = "p"): ItemRow =>
  ({ id, name: id, width: 4, height: 3, thumb: "", url: "", class: cls, posterior, answers, state });
const all = { classes: new Set<string>(), states: new Set<never>() };

describe("browsing", () => {
  it("shows the most doubtful first, settled later, unanswered last", () => {
    const rows = [row("done", 0.3, "done"), row("none", 0, "open", 0), row("sure", 0.9), row("unsure", 0.4)];
    expect(doubtful(rows, all).map((r) => r.id)).toEqual(["unsure", "sure", "done", "none"]);
  });
  it("filters by class and by state at once", () => {
    const rows = [row("a", 0.5), row("b", 0.5, "done"), row("c", 0.5, "open", 1, "q")];
    expect(doubtful(rows, { classes: new Set(["p"]), states: new Set(["unsettled"] as const) }).map((r) => r.id)).toEqual(["a"]);
  });
  it("counts each picture in one class and one state", () => {
    const t = tally([row("a", 0.5), row("b", 0.5, "done"), row("c", 0, "open", 0, "")]);
    expect(t.classes.get("p")).toBe(2);
    expect([...t.states.values()].reduce((x, y) => x + y)).toBe(3);
    expect(stateOf({ answers: 0, state: "open" })).toBe("none");
  });
  it("moves in the grid by arrows and stays inside it", () => {
    expect(step("ArrowDown", 1, 12, 5)).toBe(6);
    expect(step("ArrowUp", 1, 12, 5)).toBe(1);
    expect(step("ArrowDown", 8, 12, 5)).toBe(11);
    expect(step("ArrowDown", 11, 12, 5)).toBe(11);
    expect(step("End", 0, 12, 5)).toBe(11);
    expect(step("a", 3, 12, 5)).toBe(-1);
  });
  it("says ten of ten only when it is nearly certain", () => {
    expect([0.03, 0.44, 0.97, 0.999].map(ofTen)).toEqual([0, 4, 9, 10]);
  });
});
