// Every key of every page: for the sheet that "?" opens, for the help page, and to tell a shortcut from a letter that is written.
import { signal } from "@preact/signals";
import { match } from "./route";

/** One row of the help: keys, what they do, and who has them when not everybody. */
export interface Shortcut {
  keys: readonly string[];
  word: string;
  for?: "review" | "manage-project";
}

/** The keys of one kind of page. */
export interface ShortcutGroup {
  title: string;
  pages: readonly string[];
  rows: readonly Shortcut[];
  for?: "review";
}

const ARROWS = ["←", "→", "↑", "↓"];

/** All groups in the order of the help page; the last holds on every page. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: "help.keysWork", pages: ["/projects/:p/work"],
    rows: [
      { keys: ["1", "…", "9"], word: "help.key.class" }, { keys: ["Enter", "A"], word: "help.key.accept" }, { keys: ["0"], word: "help.key.notSure" }, { keys: ["S"], word: "help.key.skip" },
      { keys: ["Z"], word: "help.key.undo" }, { keys: ["O"], word: "help.key.object" }, { keys: ["H"], word: "help.key.hide" }, { keys: ["E"], word: "help.key.guide" },
      { keys: ["+", "-"], word: "help.key.zoom" }, { keys: ARROWS, word: "help.key.pan" }, { keys: ["Esc"], word: "help.key.whole" },
    ],
  },
  {
    title: "help.keysGrid", pages: ["/projects/:p/grid"],
    rows: [
      { keys: ARROWS, word: "help.key.arrows" }, { keys: ["Space", "X"], word: "help.key.strike" }, { keys: ["Enter"], word: "help.key.confirm" }, { keys: ["Z"], word: "help.key.undo" },
    ],
  },
  {
    title: "help.keysReview", pages: ["/projects/:p/review"], for: "review",
    rows: [
      { keys: ["1", "…", "9"], word: "help.key.decide" }, { keys: ["N"], word: "help.key.note" }, { keys: ["G"], word: "help.key.gold" }, { keys: ["S"], word: "help.key.aside" },
      { keys: ["Z"], word: "help.key.again" }, { keys: ["E"], word: "help.key.guide" }, { keys: ["+", "-"], word: "help.key.zoom" }, { keys: ARROWS, word: "help.key.pan" }, { keys: ["Esc"], word: "help.key.whole" },
    ],
  },
  {
    title: "help.keysBrowse", pages: ["/projects/:p/pictures", "/projects/:p/views/:v"],
    rows: [
      { keys: ARROWS, word: "help.key.arrows" }, { keys: ["Enter"], word: "help.key.enter" }, { keys: ["L"], word: "help.key.like" }, { keys: ["D"], word: "help.key.same" },
      { keys: ["W"], word: "help.key.wrong", for: "review" }, { keys: ["R"], word: "help.key.ask", for: "review" },
      { keys: ["C"], word: "help.key.choose", for: "manage-project" }, { keys: ["X"], word: "help.key.pick", for: "manage-project" }, { keys: ["Esc"], word: "help.key.esc" },
    ],
  },
  {
    title: "help.keysItem", pages: ["/projects/:p/pictures/:i"],
    rows: [{ keys: ["←", "→"], word: "help.key.steps" }, { keys: ["L"], word: "help.key.like" }, { keys: ["Esc"], word: "help.key.esc" }],
  },
  {
    title: "help.keysAll", pages: [],
    rows: [{ keys: ["?"], word: "help.key.help" }, { keys: ["Tab"], word: "help.key.tab" }, { keys: ["Enter"], word: "help.key.press" }],
  },
];

/** The keys of a page: those of its kind, then those of every page. */
export function shortcutsOf(path: string): ShortcutGroup[] {
  return SHORTCUTS.filter((g) => g.pages.length === 0 || g.pages.some((p) => match(p, path)));
}

const REMEMBERED = "akhra.letters";

/** Whether single letters, digits and signs do something. Whoever speaks to her device, or shakes, switches them off here. */
export const letters = signal(typeof localStorage === "undefined" || localStorage.getItem(REMEMBERED) !== "off");

/** Switches them, and remembers it on this device. */
export function switchLetters(on: boolean): void {
  localStorage.setItem(REMEMBERED, on ? "on" : "off");
  letters.value = on;
}

type Press = Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey"> & { target: EventTarget | null };

/** Whether a press is meant for the page: not for a field, an open sheet or the browser, and no letter where those are switched off. */
export function forPage(e: Press): boolean {
  if (e.metaKey || e.ctrlKey || e.altKey) return false;
  const at = e.target as Element | null;
  if (at?.closest?.("dialog[open]") || at?.matches?.("textarea, select, input:not([type=checkbox])")) return false;
  return letters.value || e.key === " " || e.key.length > 1;
}
