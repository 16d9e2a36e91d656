// A table from elsewhere, as the pages read it from the server, and the plan that says what it is.

export const KINDS = ["answers", "consensus", "gold", "predictions"] as const;
export type Kind = (typeof KINDS)[number];

/** What a column may be; each stands for one place in the plan. */
export const MEANINGS = ["item", "annotator", "class", "probability"] as const;
export type Meaning = (typeof MEANINGS)[number];

/** Which column is what, by place from 0, -1 for none, and what becomes of classes by their name. */
export interface Plan {
  as: Kind;
  item: number;
  annotator: number;
  class: number;
  probability: number;
  classes?: Record<string, string>;
}

/** A table that was brought: its first rows and what it seems to be. */
export interface Brought {
  table: string;
  name: string;
  columns: string[];
  rows: string[][];
  guess: Plan;
}

/** What would become of a table. */
export interface Look {
  lines: number;
  ready: number;
  left: number;
  unknown: number;
  pictures: string[];
  faults: { count: number; first: { line: number; reason: string }[] };
  classes: { name: string; lines: number; class: string }[];
  annotators: number;
}

/** How far a table is taken in, and what became of it. */
export interface Taking {
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number;
  set: number;
  known: number;
  left: number;
  refused: number;
  reasons: { line: number; reason: string }[];
  lines: boolean;
  note?: string;
}

/** What a column is by the plan, "" for nothing. */
export function meaning(plan: Plan, column: number): Meaning | "" {
  return wanted(plan.as).find((m) => plan[m] === column) ?? "";
}

/** The plan with a column meaning something, and no other column meaning the same. */
export function means(plan: Plan, column: number, what: Meaning | ""): Plan {
  const next = { ...plan };
  for (const m of MEANINGS) if (next[m] === column) next[m] = -1;
  if (what) next[what] = column;
  return next;
}

/** The meanings that a kind of table can have. */
export function wanted(as: Kind): readonly Meaning[] {
  return MEANINGS.filter((m) => (m !== "annotator" || as === "answers") && (m !== "probability" || as === "predictions"));
}

/** The meaning that a plan still lacks, null when it can be used. */
export function lacking(plan: Plan): Meaning | null {
  return wanted(plan.as).find((m) => m !== "probability" && plan[m] < 0) ?? null;
}

/** The classes of a table that the project does not have. */
export function strangers(look: Look): Look["classes"] {
  return look.classes.filter((c) => c.class === "");
}
