// A page of pictures that the child is sure show one class: which are struck
// out, and what is sent for each.
import { type Annotation, type Task, annotation, strike } from "./annotation";

/** Pictures to confirm at once, or why there are none. */
export interface GridView {
  class: string;
  tiles: Task[];
  /** Questions that come one by one before the next page. */
  first: number;
  classes: { class: string; pictures: number }[] | null;
  why: "" | "off" | "promise" | "blind" | "few";
}

/** The set with one place struck out, or not any more. */
export function turned(struck: ReadonlySet<string>, assignment: string): Set<string> {
  const next = new Set(struck);
  if (!next.delete(assignment)) next.add(assignment);
  return next;
}

/** What a page says: its class of every picture but those struck out. The time it took is shared among all. */
export function spoken(tiles: readonly Task[], cls: string, struck: ReadonlySet<string>, seen: number): Annotation[] {
  const each = seen / Math.max(1, tiles.length);
  return tiles.map((t) => (struck.has(t.id) ? strike(t, each) : annotation(t, { answer: "class", class: cls }, each)));
}

/** The place that an arrow leads to, in rows of so many; the same where there is none. */
export function step(at: number, key: string, columns: number, of: number): number {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key] ?? 0;
  const to = at + by;
  return to < 0 || to >= of ? at : to;
}
