// Which pictures are chosen, to do something to all of them.

/** Those chosen: some by one, or all that the search finds. */
export interface Chosen {
  all: boolean;
  ids: ReadonlySet<string>;
  /** The place in the list a range begins at. */
  from: number;
}

/** None. */
export const NONE: Chosen = { all: false, ids: new Set(), from: -1 };

/** With one turned on or off; a range begins at it. */
export function pick(c: Chosen, list: readonly string[], at: number): Chosen {
  const ids = new Set(c.all ? list : c.ids);
  const id = list[at];
  if (id === undefined) return c;
  if (!ids.delete(id)) ids.add(id);
  return { all: false, ids, from: at };
}

/** With all from where the range began to a place turned on. */
export function reach(c: Chosen, list: readonly string[], to: number): Chosen {
  if (c.from < 0) return pick(c, list, to);
  const ids = new Set(c.all ? list : c.ids);
  for (const id of list.slice(Math.min(c.from, to), Math.max(c.from, to) + 1)) ids.add(id);
  return { all: false, ids, from: c.from };
}

/** Whether a picture is chosen. */
export function isChosen(c: Chosen, id: string): boolean {
  return c.all || c.ids.has(id);
}

/** What can be done to chosen pictures. */
export type ChangeAct = "gold" | "ungold" | "reask" | "remove" | "restore" | "batch";

/** How far something done to many pictures is. */
export interface Change {
  id: string;
  act: ChangeAct;
  planned: number;
  done: number;
  left: number;
  undone: number;
  job?: string;
}

/** Whether it goes on: not every picture has been come to. */
export function goesOn(c: Change, undoing: boolean): boolean {
  return Boolean(c.job) && (undoing ? c.done > 0 : c.done + c.left < c.planned);
}
