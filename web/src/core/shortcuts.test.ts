import { afterEach, describe, expect, it } from "vitest";
import { actOf, reviewActOf } from "../parts/work/keys";
import { forPage, letters, SHORTCUTS, shortcutsOf } from "./shortcuts";

const CODES: Record<string, string> = { Esc: "Escape", "←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown", Enter: "Enter", "+": "Equal", "-": "Minus" };

/** A press of the key that the help draws. */
function press(drawn: string) {
  const code = CODES[drawn] ?? (/\d/.test(drawn) ? `Digit${drawn}` : `Key${drawn}`);
  return { code, key: CODES[drawn]?.length === undefined || /[+-]/.test(drawn) ? drawn : code, ctrlKey: false, metaKey: false, altKey: false, repeat: false, target: null };
}

describe("the keys that help tells of", () => {
  it.each([["help.keysWork", actOf], ["help.keysReview", reviewActOf]] as const)("do something: %s", (title, act) => {
    const rows = SHORTCUTS.find((g) => g.title === title)!.rows;
    for (const key of rows.flatMap((r) => r.keys).filter((k) => k !== "…")) expect(act(press(key), false, ["1", "9"]), key).not.toBeNull();
  });

  it.each([
    ["/projects/1/work", ["help.keysWork", "help.keysAll"]],
    ["/projects/1/views/2", ["help.keysBrowse", "help.keysAll"]],
    ["/projects/1/pictures/2", ["help.keysItem", "help.keysAll"]],
    ["/people", ["help.keysAll"]],
  ])("are those of the page: %s", (path, titles) => {
    expect(shortcutsOf(path).map((g) => g.title)).toEqual(titles);
  });
});

describe("a press", () => {
  afterEach(() => (letters.value = true));
  const on = (selector: string) => ({ matches: (s: string) => s.includes(selector), closest: () => null }) as unknown as Element;

  it("of a letter is for the page", () => expect(forPage(press("L"))).toBe(true));
  it("of a combination is the browser's", () => expect(forPage({ ...press("L"), ctrlKey: true })).toBe(false));
  it("in a field writes", () => expect(forPage({ ...press("L"), target: on("textarea") })).toBe(false));
  it("of a letter does nothing where letters are switched off; Escape and arrows still do", () => {
    letters.value = false;
    expect(["L", "1", "+", "Esc", "←", "Enter"].map((k) => forPage(press(k)))).toEqual([false, false, false, true, true, true]);
  });
});
