import { describe, expect, it } from "vitest";
import { add, example, fault, freeKeys, giveKey, move, named, remove, translate } from "./classes";

const two = [
  { id: "a", name: "Pest", key: "1" },
  { id: "b", name: "Leaf", key: "2" },
];

describe("a list of classes", () => {
  it("gives a new class the first free key", () => {
    expect(add(two, "c").at(-1)).toEqual({ id: "c", name: "", key: "3" });
  });
  it("never gives out the keys of the work page: h, o, s, x, z", () => {
    for (const k of "hosxz0") expect(freeKeys([])).not.toContain(k);
  });
  it("frees the key of a deleted class", () => {
    expect(freeKeys(remove(two, "a", true))[0]).toBe("1");
  });
  it("forgets a draft but keeps a stored class as deleted", () => {
    expect(remove(two, "a", false)).toHaveLength(1);
    expect(remove(two, "a", true)[0]).toMatchObject({ id: "a", deleted: true });
  });
  it("moves a class past deleted ones and stops at the ends", () => {
    const three = [two[0]!, { id: "x", name: "Old", deleted: true }, two[1]!];
    expect(move(three, "b", -1).map((c) => c.id)).toEqual(["b", "x", "a"]);
    expect(move(two, "a", -1)).toEqual(two);
  });
  it("swaps keys when the wanted one is taken", () => {
    expect(giveKey(two, "a", "2").map((c) => c.key)).toEqual(["2", "1"]);
  });
  it("forgets an emptied name of another language", () => {
    const hindi = translate(two, "a", "names", "hi", "कीट");
    expect(hindi[0]!.names).toEqual({ hi: "कीट" });
    expect(translate(hindi, "a", "names", "hi", " ")[0]!.names).toEqual({});
  });
  it("shows an example once, and no longer when it is taken back", () => {
    const shown = example(example(two, "a", "old", true), "a", "new", true);
    expect(example(shown, "a", "old", true)[0]!.examples).toEqual(["old", "new"]);
    expect(example(shown, "a", "new", false)[0]!.examples).toEqual(["old"]);
    expect(shown[1]!.examples).toBeUndefined();
  });
  it("needs two classes with names that differ", () => {
    expect(fault(two)).toBeNull();
    expect(fault(two.slice(1))?.word).toBe("classes.fault.few");
    expect(fault([...two, { id: "c", name: " pest " }])?.word).toBe("classes.fault.sameName");
    expect(fault([...two, { id: "c", name: "" }])).toEqual({ class: "c", word: "classes.fault.noName" });
  });
  it("drops drafts without a name and trims the rest", () => {
    expect(named([{ id: "a", name: " Pest ", words: "  " }, { id: "b", name: " " }])).toEqual([{ id: "a", name: "Pest" }]);
  });
});
