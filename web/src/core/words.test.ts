import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { OFFLINE } from "../../build/shell";
import { isKept } from "../../build/words";
import en from "../words/en.json";
import hi from "../words/hi.json";
import { REASONS } from "./annotation";
import { PRIORITIES } from "./batch";
import { FORMATS } from "./dataset";
import { ROLES } from "./people";
import { KINDS, MEANINGS } from "./table";
import { THEMES } from "./theme";
import { DOUBTS, ORDERS, STAGES } from "./wanted";
import { language, t } from "./words";

const root = join(import.meta.dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((f) => /\.tsx?$/.test(f) && !f.endsWith(".test.ts"))
  .map((f) => readFileSync(join(root, f), "utf8"))
  .join("\n");

const NUMBERS = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1));
const DELIVERED = [...FORMATS, "model", "onnx", "certificate"];
const FOUND = ["like", "same", "wrong"];
const CHANGES = ["gold", "ungold", "reask", "remove", "restore", "batch"];
const STATES = ["paused", "archived", "removed"];
const NO_TILES = ["off", "promise", "blind", "few"];

/** What stands in the place of "*" in each key that is put together. */
const FILLS: Record<string, readonly string[]> = {
  "browse.*": ["same", "wrong"], "browse.*None": FOUND, "browse.*Order": FOUND, "browse.*Title": FOUND, "browse.act.*": CHANGES, "browse.did.*": CHANGES,
  "browse.doubt.*": DOUBTS, "browse.flag.*": ["differ", "against", "gold", "removed"], "browse.order.*": ORDERS, "browse.since.*": ["cameFrom", "answeredFrom"], "browse.state.*": STAGES, "browse.until.*": ["cameTo", "answeredTo"],
  "batch.priority.*": PRIORITIES, "child.why.*": ["unsure", "differ", "unseen", "sure"], "grid.why.*": NO_TILES, "grid.whyNext.*": NO_TILES, "help.loop*": NUMBERS(5), "home.state.*": STATES, "state.now.*": ["active", ...STATES], "help.words*": NUMBERS(3),
  "install.*": ["android", "windows", "iphone"], "item.happened.*": ["came", "answered", "not-sure", "skipped", "corrected", "taken-back", "reviewed", "appealed", "gold", "ungold", "reasked", "withdrawn", "removed", "restored", "struck", "batched", "unbatched"],
  "mine.how*": NUMBERS(5), "pack.problem.*": ["line-down", "full"], "page.tab.*": ["overview", "child", "pictures", "people", "work"], "page.theme.*": THEMES, "people.may.*": ROLES, "people.role.*": ROLES,
  "programs.act.*": ["list-projects", "see-progress", "see-pictures", "browse", "export", "see-jobs", "see-skills", "add-pictures", "set-gold", "manage-project"],
  "programs.kind.*": ["answer-stored", "consensus-changed", "review-settled", "items-added", "dataset-exported", "job-changed", "model-swapped", "promise-looked"],
  "programs.note.*": ["unsent", "inside", "slow", "no-name", "unreachable"], "project.deliver.*": DELIVERED, "project.deliver.*What": DELIVERED, "project.notice.*": ["collapsed", "hasty", "mistaken", "pilot"],
  "promise.price.*": ["small", "flawless", "dear"], "promise.stage.*": ["early", "forecast", "drawn", "review", "kept", "people", "miss", "small"], "relabel.*": ["ask", "merge", "split"], "relabel.audit.*": ["none", "open", "kept"],
  "review.*": ["empty", "aside", "line-down"], "review.*.next": ["empty", "aside", "line-down", "refused"], "table.kind.*": KINDS, "table.kindWhat.*": KINDS, "table.lacks.*": MEANINGS, "table.means.*": ["nothing", ...MEANINGS], "work.reason.*": REASONS,
};

const LITERAL = /["'`]([a-z][a-zA-Z]*\.[a-zA-Z.]*[a-zA-Z0-9-]+)["'`]/g;
const BUILT = /`([a-z][a-zA-Z]*\.[a-zA-Z.]*)\$\{[^}]*\}([a-zA-Z.]*)`/g;

/** The keys that a source says, those that are put together among them. */
function saidIn(source: string): string[] {
  const built = [...source.matchAll(BUILT)].map((m) => `${m[1]}*${m[2]}`);
  return [...[...source.matchAll(LITERAL)].map((m) => m[1]!), ...built.flatMap((b) => FILLS[b]!.map((f) => b.replace("*", f)))].filter((key) => key in en);
}

/** A source and all that it imports. */
function withImports(file: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(file)) return found;
  const source = readFileSync(file, "utf8");
  found.set(file, source);
  for (const [, name] of source.matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
    const next = [".ts", ".tsx"].map((end) => join(dirname(file), name + end)).find((f) => existsSync(f));
    if (next) withImports(next, found);
  }
  return found;
}

describe("catalogues", () => {
  it("say the same in every language, with the same places to fill", () => {
    expect(Object.keys(hi)).toEqual(Object.keys(en));
    const places = (s: string) => (s.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(en)) expect(places((hi as Record<string, string>)[key]!), key).toEqual(places(text));
  });

  it("hold every key that a page names, and none that no page names", () => {
    const literal = [...sources.matchAll(LITERAL)].map((m) => m[1]!);
    const named = new Set([...literal, ...Object.entries(FILLS).flatMap(([built, fills]) => fills.map((f) => built.replace("*", f)))]);
    const rooms = new Set(Object.keys(en).map((k) => k.split(".")[0]));
    expect(Object.keys(en).filter((k) => !named.has(k)), "words that nobody says").toEqual([]);
    expect([...named].filter((k) => rooms.has(k.split(".")[0]!) && !(k in en)), "words that are missing").toEqual([]);
  });

  it("know what each key that is put together is put together of", () => {
    const built = [...sources.matchAll(BUILT)].map((m) => `${m[1]}*${m[2]}`);
    expect(Object.keys(FILLS).sort()).toEqual([...new Set(built)].sort());
  });

  it("are where numbers and days are put into words: no page formats them by itself", () => {
    expect(sources.match(/\.toFixed\(|\.toLocale\w+\(|\bIntl\./g)).toEqual([".toFixed(", ".toFixed("]); // both in rounded()
  });

  it("keep on the device all that the pages say that are there without a line", () => {
    const files = OFFLINE.map((name) => join(root, name === "outbox" ? "sync/outbox.ts" : `pages/${name}.tsx`));
    const said = new Set(files.flatMap((f) => [...withImports(f).values()].flatMap(saidIn)));
    expect(said.size).toBeGreaterThan(100);
    expect([...said].filter((key) => !isKept(key))).toEqual([]);
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
