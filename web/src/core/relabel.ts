// What a new list of classes does to the old one, told before it happens.
import { live, type Class } from "./project";

/** What names one class. */
export interface ClassUse {
  id: string;
  answers: number;
  /** Whose class it is now; asked again when the class is split or deleted. */
  pictures: number;
  known: number;
  accepted: number;
}

/** What names each class, and whether a promise rests on them. */
export interface ClassUses {
  classes: ClassUse[];
  audit: "none" | "open" | "kept";
}

/** What becomes of the answers of a class that goes: asked again, or counted as another; several mean asked again as one of them. */
export type Fates = Readonly<Record<string, readonly string[]>>;

/** The classes that come and those that go. */
export interface Coming {
  added: Class[];
  gone: Class[];
}

/** Compares the stored classes with the draft. */
export function coming(stored: readonly Class[], draft: readonly Class[]): Coming {
  const now = new Set(live(draft).map((c) => c.id));
  const was = new Set(live(stored).map((c) => c.id));
  return { added: live(draft).filter((c) => !was.has(c.id)), gone: live(stored).filter((c) => !now.has(c.id)) };
}

/** The draft with the fate of every class that goes written into it. */
export function decided(draft: readonly Class[], gone: readonly Class[], fates: Fates): Class[] {
  const going = new Set(gone.map((c) => c.id));
  return draft.map((c) => {
    const into = going.has(c.id) ? [...(fates[c.id] ?? [])] : (c.into ?? []);
    const { into: _, ...rest } = c;
    return into.length > 0 && c.deleted ? { ...rest, into } : rest;
  });
}

/** How many pictures are asked again. */
export function asked(gone: readonly Class[], fates: Fates, uses: readonly ClassUse[]): number {
  return gone.filter((c) => (fates[c.id] ?? []).length !== 1).reduce((n, c) => n + (uses.find((u) => u.id === c.id)?.pictures ?? 0), 0);
}
