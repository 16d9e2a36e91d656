import { describe, expect, it } from "vitest";
import { lacking, meaning, means, type Plan, wanted } from "./table";

const plan: Plan = { as: "answers", item: 0, annotator: 1, class: 2, probability: -1 };

describe("a plan", () => {
  it("lets one column mean one thing", () => {
    expect(means(plan, 0, "class")).toEqual({ ...plan, item: -1, class: 0 });
    expect(means(plan, 2, "")).toEqual({ ...plan, class: -1 });
  });
  it("asks for what its kind needs", () => {
    expect(lacking(plan)).toBeNull();
    expect(lacking({ ...plan, annotator: -1 })).toBe("annotator");
    expect(lacking({ ...plan, as: "gold", annotator: -1 })).toBeNull();
    expect(lacking({ ...plan, as: "gold", item: -1 })).toBe("item");
    expect(wanted("predictions")).toEqual(["item", "class", "probability"]);
  });
  it("forgets what its kind does not have", () => {
    expect(meaning(plan, 1)).toBe("annotator");
    expect(meaning({ ...plan, as: "gold" }, 1)).toBe("");
  });
});
