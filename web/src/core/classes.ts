// Editing a list of classes: pure steps from one list to the next.
import type { Class } from "./project";

/** The keys a class may have, in the order they are given out. */
export const KEYS = "123456789abcdefgijklmnpqrtuvwy";

/** The first classes that have a colour and pattern of their own. */
export const COLOURED = 8;

/** What is wrong with a list of classes; the id of the class when it is about one. */
export interface Fault {
  class?: string;
  word: "classes.fault.few" | "classes.fault.noName" | "classes.fault.sameName" | "classes.fault.long";
}

/** The keys nobody has yet. */
export function freeKeys(classes: readonly Class[]): string[] {
  const taken = new Set(classes.filter((c) => !c.deleted).map((c) => c.key));
  return [...KEYS].filter((k) => !taken.has(k));
}

/** The list with one more, empty class at the end. */
export function add(classes: readonly Class[], id: string, name = ""): Class[] {
  const key = freeKeys(classes)[0] ?? "";
  return [...classes, { id, name, key }];
}

/** The list with one class changed. */
export function change(classes: readonly Class[], id: string, patch: Partial<Class>): Class[] {
  return classes.map((c) => (c.id === id ? { ...c, ...patch } : c));
}

/** The list with one class's name or rule in another language changed; an empty text goes. */
export function translate(classes: readonly Class[], id: string, what: "names" | "rules", language: string, text: string): Class[] {
  return classes.map((c) => {
    if (c.id !== id) return c;
    const texts = { ...c[what] };
    if (text.trim() === "") delete texts[language];
    else texts[language] = text;
    return { ...c, [what]: texts };
  });
}

/** The list without a class. One that was stored stays as deleted, for its answers name it. */
export function remove(classes: readonly Class[], id: string, stored: boolean): Class[] {
  if (!stored) return classes.filter((c) => c.id !== id);
  return change(classes, id, { deleted: true });
}

/** The list with a class moved up (-1) or down (1) among the live ones; it keeps its key. */
export function move(classes: readonly Class[], id: string, by: -1 | 1): Class[] {
  const out = [...classes];
  const from = out.findIndex((c) => c.id === id);
  let to = from + by;
  while (out[to]?.deleted) to += by;
  if (from < 0 || to < 0 || to >= out.length) return out;
  [out[from], out[to]] = [out[to]!, out[from]!];
  return out;
}

/** The list with a key given to a class; whoever had it takes the old one. */
export function giveKey(classes: readonly Class[], id: string, key: string): Class[] {
  const old = classes.find((c) => c.id === id)?.key ?? "";
  return classes.map((c) => {
    if (c.id === id) return { ...c, key };
    return !c.deleted && c.key === key && key !== "" ? { ...c, key: old } : c;
  });
}

/** The list with a picture among the examples of a class, the newest first, or no longer among them. */
export function example(classes: readonly Class[], id: string, item: string, shown: boolean): Class[] {
  return classes.map((c) => {
    if (c.id !== id) return c;
    const others = (c.examples ?? []).filter((e) => e !== item);
    return { ...c, examples: shown ? [item, ...others] : others };
  });
}

/** The classes that carry a name; drafts left empty are dropped. */
export function named(classes: readonly Class[]): Class[] {
  return classes.filter((c) => c.name.trim() !== "").map((c) => trimmed(c));
}

/** What stands in the way of saving a list, the first fault only. */
export function fault(classes: readonly Class[]): Fault | null {
  const seen = new Set<string>();
  let count = 0;
  for (const c of classes) {
    if (c.deleted) continue;
    const name = c.name.trim().toLowerCase();
    if (name === "") return { class: c.id, word: "classes.fault.noName" };
    if ([...name].length > 100) return { class: c.id, word: "classes.fault.long" };
    if (seen.has(name)) return { class: c.id, word: "classes.fault.sameName" };
    seen.add(name);
    count++;
  }
  return count < 2 ? { word: "classes.fault.few" } : null;
}

function trimmed(c: Class): Class {
  const { words, ...rest } = c;
  const out: Class = { ...rest, name: c.name.trim() };
  if (words !== undefined && words.trim() !== "") out.words = words.trim();
  return out;
}
