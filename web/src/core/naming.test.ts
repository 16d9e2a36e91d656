import { afterEach, describe, expect, it } from "vitest";
import { aboutOf, questionOf, titleOf } from "./naming";
import { language } from "./words";

describe("a project that asks about one class", () => {
  afterEach(() => (language.value = "en"));
  const of = { name: "Leaves: Pest", question: "Pest?", family: "Leaves", about: "Pest", aboutNames: { hi: "कीट" } };
  it("speaks the language of the page where the class does", () => {
    language.value = "hi";
    expect([titleOf(of), questionOf(of), aboutOf(of)]).toEqual(["Leaves: कीट", "कीट?", "कीट"]);
    expect([titleOf({ ...of, aboutNames: {} }), questionOf({ question: "Pest?", about: "Pest" })]).toEqual(["Leaves: Pest", "Pest?"]);
  });
  it("keeps a name and a question that somebody gave it", () => {
    language.value = "hi";
    expect([titleOf({ ...of, name: "Ours" }), questionOf({ ...of, question: "Is it one?" })]).toEqual(["Ours", "Is it one?"]);
    expect(titleOf({ name: "Leaves", question: "?" } as never)).toBe("Leaves");
  });
});
