// What one looks for on the browse page besides doubt: pictures that the server finds and orders.
import type { ItemRow } from "./project";

/** What the browse page looks for: everything by doubt, settled pictures that may be wrong, groups of nearly the same, or what looks like one picture. */
export type Search = { by: "doubt" | "wrong" | "same" } | { by: "like"; of: Pick<ItemRow, "id" | "name" | "thumb"> };

/** Everything, the most doubtful first. */
export const ALL: Search = { by: "doubt" };

/** A picture that was found. */
export interface FoundRow extends ItemRow {
  /** It is nearly the same picture as the one looked for. */
  same?: boolean;
  /** What is sent to the second look, when it may be wrong. */
  task?: string;
  /** Somebody asked for a person to look at it again. */
  asked?: boolean;
  /** The group of nearly the same pictures it is shown in. */
  group?: Group;
}

/** Pictures that are nearly the same. */
export interface Group {
  at: number;
  size: number;
  /** Answers settled different classes. */
  differ: boolean;
}

/** The pictures of groups in one list, each with its group. */
export function ungroup(groups: readonly { size: number; differ: boolean; items: ItemRow[] | null }[]): FoundRow[] {
  return groups.flatMap(({ size, differ, items }, at) => {
    const group = { at, size, differ };
    return (items ?? []).map((i) => ({ ...i, group }));
  });
}

/** Whether a heading of its group stands before a picture. */
export function heads(rows: readonly FoundRow[], at: number): boolean {
  return rows[at]!.group !== undefined && rows[at]!.group !== rows[at - 1]?.group;
}

/** The pictures with one of them asked for. */
export function withAsked(rows: readonly FoundRow[], task: string): FoundRow[] {
  return rows.map((r) => (r.task === task ? { ...r, asked: true } : r));
}
