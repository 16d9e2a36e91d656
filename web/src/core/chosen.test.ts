import { describe, expect, it } from "vitest";
import { goesOn, isChosen, NONE, pick, reach } from "./chosen";

const list = ["a", "b", "c", "d", "e"];
const of = (c: typeof NONE) => list.filter((id) => isChosen(c, id)).join("");

describe("choosing", () => {
  it("turns one on and off", () => {
    const one = pick(NONE, list, 1);
    expect(of(one)).toBe("b");
    expect(of(pick(one, list, 1))).toBe("");
  });
  it("reaches from where it began, both ways, and keeps what was chosen", () => {
    const far = reach(pick(pick(NONE, list, 0), list, 2), list, 3);
    expect(of(far)).toBe("acd");
    expect(of(reach(far, list, 1))).toBe("abcd");
    expect(of(reach(NONE, list, 4))).toBe("e");
  });
  it("takes one out of all", () => {
    const all = { ...NONE, all: true };
    expect(of(all)).toBe("abcde");
    expect(of(pick(all, list, 2))).toBe("abde");
  });
  it("passes over places that there are not", () => {
    expect(pick(NONE, list, 9)).toBe(NONE);
  });
});

describe("a change", () => {
  const job = { id: "x", act: "remove", planned: 10, done: 4, left: 1, undone: 0, job: "j" } as const;
  it("goes on while pictures are left to come to", () => {
    expect(goesOn(job, false)).toBe(true);
    expect(goesOn({ ...job, done: 9 }, false)).toBe(false);
    expect(goesOn({ ...job, done: 0, undone: 9 }, true)).toBe(false);
    expect(goesOn({ ...job, job: "" }, false)).toBe(false);
  });
});
