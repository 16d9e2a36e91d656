import { afterEach, describe, expect, it } from "vitest";
import { personName } from "./naming";
import { mayGive, usesPIN } from "./people";
import { language } from "./words";

describe("people", () => {
  afterEach(() => (language.value = "en"));

  it("who lead give no more than they may", () => {
    expect(mayGive("manager")).toEqual(["annotator", "reviewer", "client"]);
    expect(mayGive("owner")).toContain("owner");
  });

  it("who lead or receive have no PIN", () => {
    expect(["annotator", "reviewer", "manager", "client", "owner"].filter(usesPIN)).toEqual(["annotator", "reviewer"]);
  });

  it("who were removed are former in the language of the page, all else are themselves", () => {
    expect(personName("former annotator 4f2a91")).toBe("A former annotator (4f2a91)");
    language.value = "hi";
    expect(personName("former annotator 4f2a91")).toBe("पहले के सिखाने वाले (4f2a91)");
    expect(personName("Asha Oraon")).toBe("Asha Oraon");
  });
});
