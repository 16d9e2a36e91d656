import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Description, entries, kind, nounOf } from "./guide";

const real = JSON.parse(readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8")) as Description;

describe("the guide", () => {
  it("shows every request of the server once, with who may and what it needs", () => {
    const all = entries(real).flatMap((g) => g.list);
    const want = Object.values(real.paths).reduce((n, verbs) => n + Object.keys(verbs).length, 0);
    expect(all.length).toBe(want);
    for (const e of all) expect(e.act, e.path).not.toBe("");
    const freeze = all.find((e) => e.verb === "POST" && e.path === "/api/projects/{project}/datasets")!;
    expect(freeze.sends!.parts.find((p) => p.name === "format")).toMatchObject({ kind: "csv | votes | jsonl | imagenet", needed: true });
    expect(freeze.roles).toContain("client");
  });
  it.each([
    ["/api/projects/{project}/items/{item}", "items"],
    ["/api/projects/{project}", "projects"],
    ["/api/tokens", "tokens"],
    ["/livez", "livez"],
  ])("%s is about %s", (path, noun) => expect(nounOf(path)).toBe(noun));
  it("names lists, objects and choices", () => {
    expect(kind({ type: "array", items: { $ref: "#/components/schemas/Class" } })).toBe("Class[]");
    expect(kind({ type: ["string", "null"] })).toBe("string");
    expect(kind({ enum: ["a", "b"] })).toBe("a | b");
  });
});
