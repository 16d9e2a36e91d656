// Sentences about one picture, as counts the page puts into words.
import { ofTen } from "./doubt";
import type { Class, ItemView, VoteView } from "./project";

/** The share of each live class, highest first; only the known one when the others are not told. */
export function weights(item: ItemView, classes: readonly Class[]): { class: Class; place: number; p: number }[] {
  const of = (c: Class, i: number): number => (item.weights ? (item.weights[i] ?? 0) : c.id === item.class ? item.posterior : 0);
  const told = (c: Class) => Boolean(item.weights) || c.id === item.class;
  return classes.map((c, place) => ({ class: c, place, p: of(c, place) })).filter((w) => told(w.class)).sort((a, b) => b.p - a.p || a.place - b.place);
}

/** How many said what: classes by number of answers, and how many were not sure. */
export function said(votes: readonly VoteView[]): { classes: { name: string; n: number }[]; notSure: number } {
  const by = new Map<string, number>();
  let notSure = 0;
  for (const v of votes) {
    if (v.answer === "not_sure") notSure++;
    if (v.answer === "class" && v.class) by.set(v.class, (by.get(v.class) ?? 0) + 1);
  }
  const classes = [...by].map(([name, n]) => ({ name, n })).sort((a, b) => b.n - a.n);
  return { classes, notSure };
}

/** Words for a share: the key of the text and its number. */
export function tenths(p: number): { word: "item.under" | "item.tenths"; n: number } {
  const n = ofTen(p);
  return n === 0 ? { word: "item.under", n } : { word: "item.tenths", n };
}
