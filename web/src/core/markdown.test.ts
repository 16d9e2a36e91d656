import { describe, expect, it } from "vitest";
import { type Block, type Inline, blocks, inline, pictures } from "./markdown";

const ID = "0190a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b";
const text = (t: string): Inline => ({ kind: "text", text: t });

describe("a guideline", () => {
  it.each<[string, Block[]]>([
    ["# Leaves\nLook twice.", [{ kind: "heading", level: 1, inner: [text("Leaves")] }, { kind: "paragraph", inner: [text("Look twice.")] }]],
    ["- one\n- two\n  goes on\n\n1. first", [
      { kind: "list", ordered: false, items: [[text("one")], [text("two"), { kind: "break" }, text("goes on")]] },
      { kind: "list", ordered: true, items: [[text("first")]] }]],
    ["**bold** and *thin*", [{ kind: "paragraph", inner: [{ kind: "bold", inner: [text("bold")] }, text(" and "), { kind: "italic", inner: [text("thin")] }] }]],
    ["2 * 3 * 4 and 5*", [{ kind: "paragraph", inner: [text("2 * 3 * 4 and 5*")] }]],
    [`![a leaf](item:${ID})`, [{ kind: "paragraph", inner: [{ kind: "picture", from: "item", id: ID, alt: "a leaf" }] }]],
    ["[how](https://a.example/b)", [{ kind: "paragraph", inner: [{ kind: "link", href: "https://a.example/b", inner: [text("how")] }] }]],
    ["\\*not thin\\*", [{ kind: "paragraph", inner: [text("*not thin*")] }]],
    ["<b>text</b> <script>alert(1)</script>", [{ kind: "paragraph", inner: [text("<b>text</b> <script>alert(1)</script>")] }]],
  ])("%j", (given, want) => expect(blocks(given)).toEqual(want));
  it.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//a.example", "/api/people", "https://me:secret@a.example", "http://", " "])("links nowhere with %j", (href) =>
    expect(JSON.stringify(inline(`[x](${href})`))).not.toContain('"link"'));
  it.each(["https://a.example/x.png", `item:${ID}/../../me`, "picture:1", "blob:x"])("shows no picture of %j", (from) => expect(pictures(`![x](${from})`)).toEqual([]));
  it("finds pictures wherever they stand", () =>
    expect(pictures(`# ![a](item:${ID})\n- x ![b](picture:${ID})\n\n**![c](item:${ID})**`).map((p) => p.from)).toEqual(["item", "picture", "item"]));
});

/** Chance from a seed, so that a case that fails fails again. */
function chance(seed: number): () => number {
  return () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32);
}

const PIECES = ["*", "**", "[", "](", ")", "![", "\n", "\n\n", "# ", "- ", "1. ", "\\", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "https://a.example", `item:${ID}`, `picture:${ID}`, "leaf", " ", "अ", "🐞", "\u202e", "\u0000", "`", "_", "|", ">"];

function nodes(list: Block[]): (Block | Inline)[] {
  const deep = (i: Inline): Inline[] => [i, ...("inner" in i ? i.inner.flatMap(deep) : [])];
  return list.flatMap((b) => [b, ...(b.kind === "list" ? b.items.flat() : b.inner).flatMap(deep)]);
}

describe("any text at all", () => {
  it("is read into known parts, no letter of it becomes an address that may do harm", () => {
    const next = chance(7);
    for (let n = 0; n < 4000; n++) {
      const given = Array.from({ length: Math.floor(next() * 40) }, () => PIECES[Math.floor(next() * PIECES.length)]).join("");
      for (const one of nodes(blocks(given))) {
        expect(["heading", "list", "paragraph", "text", "break", "bold", "italic", "link", "picture"]).toContain(one.kind);
        if (one.kind === "link") expect(one.href).toMatch(/^https?:\/\//);
        if (one.kind === "picture") expect(one.id).toBe(ID);
      }
    }
  });
  it("keeps every letter that is no mark", () => {
    const next = chance(8);
    for (let n = 0; n < 1000; n++) {
      const given = Array.from({ length: 30 }, () => ["*", "[", "]", "(", "!", "x", "अ", " "][Math.floor(next() * 8)]).join("");
      const shown = nodes(blocks(given)).map((one) => (one.kind === "text" ? one.text : "")).join("");
      expect(shown.replace(/[^xअ]/g, "")).toBe(given.replace(/[^xअ]/g, ""));
    }
  });
  it.each(["*", "**", "[", "![", "[a](", "*a ", "- ", "#", "[](", "*[*"])("20,000 letters of %j are read at once", (piece) => {
    const began = performance.now();
    blocks(piece.repeat(20_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(1500);
  });
});
