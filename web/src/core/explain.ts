// What the child knows and why, as the server tells it.

/** How often it was right on blind answers when it was sure from so many of ten. */
export interface Sure {
  from: number;
  to: number;
  right: number;
  of: number;
  words: "ok" | "few";
}

/** Two classes it hesitates between, on so many pictures that want an answer. */
export interface Between {
  a: string;
  b: string;
  pictures: number;
}

/** Pictures that want an answer, by why. */
export interface Waiting {
  unsure: number;
  sure: number;
  differ: number;
  unseen: number;
}

/** A picture that taught it, and who answered that one, as far as one may know. */
export interface Taught {
  thumb: string;
  class: string;
  yours: boolean;
  by: string[] | null;
}

/** A hard picture of a class, what the child thought of it and what taught it that. */
export interface Case {
  thumb: string;
  settled: string;
  thought: string;
  rightOf10: number;
  near: Taught[] | null;
}

export interface Explanation {
  sure: Sure[] | null;
  between: Between[] | null;
  waiting: Waiting;
  cases: Case[] | null;
}

/** The taught pictures of a case by class, the class the child thought of first. */
export function byClass(of: Case): [string, Taught[]][] {
  const rows = new Map<string, Taught[]>();
  for (const one of of.near ?? []) rows.set(one.class, [...(rows.get(one.class) ?? []), one]);
  return [...rows];
}

/** The reasons why pictures wait, the most frequent first; those without any are left out. */
export function reasons(w: Waiting): [keyof Waiting, number][] {
  const order: (keyof Waiting)[] = ["unsure", "differ", "unseen", "sure"];
  return order.map((k): [keyof Waiting, number] => [k, w[k]]).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
}
