// What one wants to see of a project's pictures. The address of the page and the server's list speak the same words.

/** A search among the pictures; empty lists and absent words ask for nothing in particular. The same as the server keeps with a view. */
export interface Wanted {
  classes?: string[];
  thinks?: string[];
  stages?: Stage[];
  doubts?: Doubt[];
  annotators?: string[];
  batches?: string[];
  differ?: boolean;
  against?: boolean;
  gold?: boolean;
  removed?: boolean;
  cameFrom?: number;
  cameTo?: number;
  answeredFrom?: number;
  answeredTo?: number;
  text?: string;
  order?: Order;
}

export type Stage = "unsettled" | "none" | "review" | "done";
export type Doubt = "great" | "some" | "little";
export type Order = "doubt" | "newest" | "oldest" | "name" | "answered";

/** All of each, in the order they are shown. */
export const STAGES: readonly Stage[] = ["unsettled", "none", "review", "done"];
export const DOUBTS: readonly Doubt[] = ["great", "some", "little"];
export const ORDERS: readonly Order[] = ["doubt", "newest", "oldest", "name", "answered"];

const LISTS = { classes: "class", thinks: "thinks", stages: "stage", doubts: "doubt", annotators: "by", batches: "batch" } as const;
const FLAGS = ["differ", "against", "gold", "removed"] as const;
const TIMES = ["cameFrom", "cameTo", "answeredFrom", "answeredTo"] as const;

/** The lists and the flags one can turn on and off. */
export type ListName = keyof typeof LISTS;
export type FlagName = (typeof FLAGS)[number];

/** What is asked as the part of an address after its question mark; empty when nothing is. */
export function toQuery(w: Wanted): string {
  const q = new URLSearchParams();
  for (const [name, word] of Object.entries(LISTS)) {
    const list = w[name as ListName];
    if (list && list.length > 0) q.set(word, list.join(","));
  }
  for (const name of FLAGS) if (w[name]) q.set(name, "true");
  for (const name of TIMES) if (w[name]) q.set(name, String(w[name]));
  if (w.text) q.set("text", w.text);
  if (w.order && w.order !== "doubt") q.set("order", w.order);
  return q.toString();
}

/** What an address asks; words it does not know are passed over. */
export function fromQuery(text: string): Wanted {
  const q = new URLSearchParams(text);
  const w: Wanted = {};
  for (const [name, word] of Object.entries(LISTS)) {
    const list = (q.get(word) ?? "").split(",").filter(Boolean);
    if (list.length > 0) w[name as "classes"] = list;
  }
  w.stages = w.stages?.filter((s) => STAGES.includes(s));
  w.doubts = w.doubts?.filter((d) => DOUBTS.includes(d));
  for (const name of FLAGS) if (q.get(name) === "true") w[name] = true;
  for (const name of TIMES) if (Number(q.get(name)) > 0) w[name] = Number(q.get(name));
  if (q.get("text")) w.text = q.get("text")!;
  const order = q.get("order") as Order | null;
  if (order && ORDERS.includes(order)) w.order = order;
  return w;
}

/** With one member of a list turned on, or off when it was on. */
export function flipped(w: Wanted, list: ListName, one: string): Wanted {
  const had: string[] = w[list] ?? [];
  const has = had.includes(one) ? had.filter((x) => x !== one) : [...had, one];
  return { ...w, [list]: has };
}

/** How many things are asked for, the order apart. */
export function asked(w: Wanted): number {
  return [...new URLSearchParams(toQuery({ ...w, order: "doubt" })).entries()].reduce((n, [, v]) => n + v.split(",").length, 0);
}

/** How many pictures one would see for each thing, beside all else that is asked. */
export interface Tally {
  all: number;
  found: number;
  classes: Record<string, number>;
  thinks: Record<string, number>;
  stages: Record<string, number>;
  doubts: Record<string, number>;
  annotators: { id: string; name: string; n: number }[] | null;
  batches: { id: string; name: string; n: number }[] | null;
  differ: number;
  against: number;
  gold: number;
}

/** A search with a name, and an address of its own. */
export interface View {
  id: string;
  name: string;
  search: Wanted;
  yours: boolean;
}

/** The day of a moment as a date field has it, and back: 2026-11-24. */
export function day(ms: number | undefined): string {
  if (!ms) return "";
  const d = new Date(ms);
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`;
}

/** The first moment of a day, some days later; undefined for no day. */
export function moment(text: string, later = 0): number | undefined {
  const [y, m, d] = text.split("-").map(Number);
  return y && m && d ? new Date(y, m - 1, d + later).getTime() : undefined;
}
