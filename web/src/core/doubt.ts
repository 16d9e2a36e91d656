// The browse page's order, filters and steps.
import type { ItemRow } from "./project";

/** The filters of the browse page; empty sets mean all. */
export interface Filter {
  classes: ReadonlySet<string>;
  states: ReadonlySet<StateKey>;
}

/** The states people filter by. */
export type StateKey = "unsettled" | "done" | "review" | "none";

/** All states, in the order they are shown. */
export const STATES: readonly StateKey[] = ["unsettled", "none", "review", "done"];

/** Which of the states a picture is in. */
export function stateOf(i: Pick<ItemRow, "answers" | "state">): StateKey {
  if (i.state === "done") return "done";
  if (i.state === "review") return "review";
  return i.answers === 0 ? "none" : "unsettled";
}

/** The pictures that pass, most doubtful first; ones nobody answered come last. */
export function doubtful(items: readonly ItemRow[], f: Filter): ItemRow[] {
  return items.filter((i) => passes(i, f)).sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** Whether a picture passes the filters. */
export function passes(i: ItemRow, f: Filter): boolean {
  if (f.classes.size > 0 && !f.classes.has(i.class)) return false;
  return f.states.size === 0 || f.states.has(stateOf(i));
}

/** How many pictures each class and state has. */
export function tally(items: readonly ItemRow[]): { classes: Map<string, number>; states: Map<StateKey, number> } {
  const classes = new Map<string, number>();
  const states = new Map<StateKey, number>();
  for (const i of items) {
    if (i.class) classes.set(i.class, (classes.get(i.class) ?? 0) + 1);
    const s = stateOf(i);
    states.set(s, (states.get(s) ?? 0) + 1);
  }
  return { classes, states };
}

/** Where an arrow key leads in a grid, -1 for keys that lead nowhere. */
export function step(key: string, at: number, count: number, columns: number): number {
  const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const d = by[key];
  if (d === undefined) return -1;
  const to = at + d;
  if (to >= 0 && to < count) return to;
  return d === columns && Math.floor(at / columns) < Math.floor((count - 1) / columns) ? count - 1 : at;
}

/** "7 of 10" from a posterior: the whole number of ten, 0 for under one. */
export function ofTen(p: number): number {
  if (p >= 0.995) return 10;
  return Math.min(9, Math.round(p * 10));
}

function rank(i: ItemRow): number {
  if (i.answers === 0) return 2 + i.posterior;
  return i.state === "done" ? 1 + i.posterior : i.posterior;
}
