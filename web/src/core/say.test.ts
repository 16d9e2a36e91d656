import { describe, expect, it } from "vitest";
import type { ItemView } from "./project";
import { said, tenths, weights } from "./say";

const classes = [{ id: "a", name: "A" }, { id: "b", name: "B" }];
const item = (w: ItemView["weights"]): ItemView =>
  ({ id: "i", name: "", width: 1, height: 1, thumb: "", url: "", class: "b", posterior: 0.8, answers: 1, state: "open", weights: w, votes: [], earlier: [], round: 0, thought: null, taughtBy: [] });

describe("one picture in words", () => {
  it("puts the highest weight first and keeps each class's place", () => {
    expect(weights(item([0.2, 0.8]), classes).map((x) => [x.class.id, x.place, x.p])).toEqual([["b", 1, 0.8], ["a", 0, 0.2]]);
  });
  it("falls back on the class of the picture without weights", () => {
    expect(weights(item(null), classes)).toEqual([{ class: classes[1], place: 1, p: 0.8 }]);
  });
  it("counts answers by class and those not sure", () => {
    const vote = (answer: string, cls = "") => ({ annotator: "x", answer, class: cls, afterSeen: false, stored: 1 });
    const votes = [vote("class", "A"), vote("class", "B"), vote("class", "B"), vote("not_sure"), vote("skip")];
    expect(said(votes)).toEqual({ classes: [{ name: "B", n: 2 }, { name: "A", n: 1 }], notSure: 1 });
  });
  it("never says nought of ten", () => {
    expect(tenths(0.02).word).toBe("item.under");
    expect(tenths(0.52)).toEqual({ word: "item.tenths", n: 5 });
  });
});
