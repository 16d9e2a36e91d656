import { describe, expect, it } from "vitest";
import { asked, coming, decided } from "./relabel";

const pest = { id: "p", name: "pest" }, leaf = { id: "l", name: "leaf" }, moth = { id: "m", name: "moth" };
const stored = [pest, leaf];
const draft = [{ ...pest, deleted: true }, leaf, moth];

describe("a new list of classes", () => {
  it("tells what comes and what goes; a new name is neither", () => {
    expect(coming(stored, draft)).toEqual({ added: [moth], gone: [pest] });
    expect(coming(stored, [{ ...pest, name: "bug" }, leaf])).toEqual({ added: [], gone: [] });
  });

  it("carries what becomes of those that go", () => {
    expect(decided(draft, [pest], { p: ["m"] })[0]).toEqual({ id: "p", name: "pest", deleted: true, into: ["m"] });
    expect(decided(draft, [pest], {})[0]).toEqual({ id: "p", name: "pest", deleted: true });
    expect(decided([{ ...pest, deleted: true, into: ["l"] }, leaf, moth], [], {})[0]!.into).toEqual(["l"]);
  });

  it("asks again who said what is deleted or split, not what is merged", () => {
    const uses = [{ id: "p", answers: 9, pictures: 7, known: 0, accepted: 0 }];
    expect(asked([pest], {}, uses)).toBe(7);
    expect(asked([pest], { p: ["l", "m"] }, uses)).toBe(7);
    expect(asked([pest], { p: ["m"] }, uses)).toBe(0);
  });
});
