import { describe, expect, it } from "vitest";
import hi from "../words/server.hi.json";
import { compile, said } from "./server";

const hindi = compile(hi);

describe("a sentence of the server", () => {
  it.each([
    ["Please sign in.", "कृपया अंदर आएँ।"],
    ["There is no such project.", hi["There is no such project."]],
    ["The zip holds more than 100000 files. Split it into smaller ones.", "ज़िप में 1,00,000 से ज़्यादा फ़ाइलें हैं। उसे छोटे हिस्सों में बाँटें।"],
    ['The project has no picture called "a (1).png".', "परियोजना में “a (1).png” नाम की कोई तस्वीर नहीं है।"],
    ["leaf is 3.png is 40000 by 10 pixels, and a side may have at most 30000. Make it smaller and add it again.", "leaf is 3.png 40,000 × 10 पिक्सेल की है, एक ओर ज़्यादा से ज़्यादा 30,000 हो सकते हैं। छोटी करके फिर जोड़ें।"],
    ["This line cannot be read: it is longer than 1 MB.", "यह पंक्ति पढ़ी नहीं जा सकी: it is longer than 1 MB"],
    ["Whatever nobody translated.", "Whatever nobody translated."],
  ])("%s", (english, text) => {
    expect(said(english, hindi)).toBe(text);
  });

  it("stays as it is in English", () => {
    expect(said("Please sign in.")).toBe("Please sign in.");
  });

  it("is found though others could be filled so, too", () => {
    for (const english of Object.keys(hi)) {
      const filled = english.replace(/%[dg]/g, "7").replace(/%q/g, '"a.png"').replace(/%[sv]/g, "a.png");
      const want = (hi as Record<string, string>)[english]!.slice(0, 12).split("{")[0]!;
      expect(said(filled, hindi).startsWith(want), english).toBe(true);
    }
  });
});
