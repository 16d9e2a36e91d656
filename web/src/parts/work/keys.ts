// Which key does what on the work page, by physical place where letters are meant.

/** What a key means; a class goes by its own key. */
export type Act = { do: "class"; key: string } | { do: "accept" | "not-sure" | "skip" | "undo" | "guide" | "hide" | "object" | "zoom-in" | "zoom-out" | "whole" } | { do: "pan"; x: number; y: number };

const CODES: Record<string, Act> = {
  Enter: { do: "accept" }, NumpadEnter: { do: "accept" }, KeyA: { do: "accept" }, Digit0: { do: "not-sure" }, Numpad0: { do: "not-sure" }, KeyS: { do: "skip" }, KeyZ: { do: "undo" }, Backspace: { do: "undo" },
  KeyE: { do: "guide" }, KeyH: { do: "hide" }, KeyO: { do: "object" }, Escape: { do: "whole" },
  ArrowLeft: { do: "pan", x: 1, y: 0 }, ArrowRight: { do: "pan", x: -1, y: 0 }, ArrowUp: { do: "pan", x: 0, y: 1 }, ArrowDown: { do: "pan", x: 0, y: -1 },
};
const KEYS: Record<string, Act> = { "?": { do: "guide" }, "+": { do: "zoom-in" }, "=": { do: "zoom-in" }, "-": { do: "zoom-out" } };

/** What a key press means, null for nothing. Text fields and key combinations are left alone. */
export function actOf(e: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "repeat">, typing: boolean, classKeys: readonly string[]): Act | null {
  if (typing || e.ctrlKey || e.metaKey || e.altKey || e.repeat && !e.code.startsWith("Arrow")) return null;
  const key = classKey(e);
  if (key !== "" && classKeys.includes(key)) return { do: "class", key };
  return KEYS[e.key] ?? CODES[e.code] ?? null;
}

/** What a key means to a reviewer: as on the work page, but for a note and a known answer, and without what only an answer has. */
export type ReviewAct = Exclude<Act, { do: "accept" | "not-sure" | "hide" | "object" }> | { do: "note" | "gold" };

const REVIEW: Record<string, ReviewAct> = { KeyN: { do: "note" }, KeyG: { do: "gold" } };
const ANSWERS = new Set(["accept", "not-sure", "hide", "object"]);

/** What a key press means to a reviewer; a class that has the key of a note or a known answer goes first. */
export function reviewActOf(e: Parameters<typeof actOf>[0], typing: boolean, classKeys: readonly string[]): ReviewAct | null {
  const act = actOf(e, typing, classKeys);
  if (act) return ANSWERS.has(act.do) ? null : (act as ReviewAct);
  if (typing || e.ctrlKey || e.metaKey || e.altKey || e.repeat) return null;
  return REVIEW[e.code] ?? null;
}

/** The digit of a physical key, 0 when it has none. */
export function digitOf(e: Pick<KeyboardEvent, "code">): number {
  return Number(/^(?:Digit|Numpad)(\d)$/.exec(e.code)?.[1] ?? 0);
}

/** The class key of a physical key: the digit or Latin letter printed on it. */
function classKey(e: Pick<KeyboardEvent, "code">): string {
  const m = /^(?:Digit|Numpad)(\d)$|^Key([A-Z])$/.exec(e.code);
  return m ? (m[1] ?? m[2]!.toLowerCase()) : "";
}
