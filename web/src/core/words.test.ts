import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import en from "../words/en.json";
import hi from "../words/hi.json";
import { language, number, t } from "./words";

const root = join(import.meta.dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((f) => /\.tsx?$/.test(f) && !f.endsWith(".test.ts"))
  .map((f) => readFileSync(join(root, f), "utf8"))
  .join("\n");

describe("catalogues", () => {
  it("say the same in every language, with the same places to fill", () => {
    expect(Object.keys(hi)).toEqual(Object.keys(en));
    const places = (s: string) => (s.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(en)) expect(places((hi as Record<string, string>)[key]!), key).toEqual(places(text));
  });

  it("hold every key that a page names, and none that no page names", () => {
    const named = new Set([...sources.matchAll(/["'`]([a-z][a-zA-Z]*\.[a-zA-Z.]*[a-zA-Z0-9]+)["'`]/g)].map((m) => m[1]!));
    const built = [...sources.matchAll(/`([a-z][a-zA-Z]*\.[a-zA-Z.]*)\$\{/g)].map((m) => m[1]!);
    const used = (key: string) => named.has(key) || built.some((b) => key.startsWith(b));
    expect(Object.keys(en).filter((k) => !used(k))).toEqual([]);
    const calls = [...sources.matchAll(/\bt\("([^"]+)"/g)].map((m) => m[1]!);
    expect(calls.filter((k) => !(k in en))).toEqual([]);
  });

  it("hold no sign of HTML", () => {
    for (const text of [...Object.values(en), ...Object.values(hi)]) expect(text).not.toMatch(/[<>]/);
  });
});

describe("texts", () => {
  afterEach(() => (language.value = "en"));

  it("are filled in, and change with the language", () => {
    expect(t("home.done", { n: 3, m: 123456 })).toBe("3 of 1,23,456 pictures settled");
    language.value = "hi";
    expect(t("home.title")).toBe((hi as Record<string, string>)["home.title"]);
  });
});

describe("numbers", () => {
  it.each([[0, "0"], [999, "999"], [1000, "1,000"], [123456, "1,23,456"], [12345678, "1,23,45,678"], [-1234.5, "-1,234.5"]])("%d is written %s", (n, text) => {
    expect(number(n)).toBe(text);
  });
});
