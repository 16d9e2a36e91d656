// Light or dark: as the device has it, or as the person chose it on this device.
import { signal } from "@preact/signals";

/** What a person may choose; "auto" follows the device. */
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const REMEMBERED = "akhra.theme";
const DARK = "(prefers-color-scheme: dark)";

/** The theme of the page. */
export const theme = signal<Theme>(kept(REMEMBERED) ?? "auto");

let dark: CSSMediaRule | undefined;

theme.subscribe((t) => {
  if (typeof document !== "undefined") paint(t);
});

/** Switches the theme and remembers it, for the person and for whoever signs in here next. */
export function choose(t: Theme, person: string): void {
  localStorage.setItem(REMEMBERED, t);
  if (person) localStorage.setItem(`${REMEMBERED}.${person}`, t);
  theme.value = t;
}

/** Takes up what the person chose here; who chose nothing goes on with what is there. */
export function takeUp(person: string): void {
  theme.value = kept(`${REMEMBERED}.${person}`) ?? theme.value;
}

function kept(key: string): Theme | null {
  if (typeof localStorage === "undefined") return null;
  return THEMES.find((t) => t === localStorage.getItem(key)) ?? null;
}

/** When the rules for dark hold, and those for light. */
export function media(t: Theme): { dark: string; light: string } {
  if (t === "auto") return { dark: DARK, light: "(prefers-color-scheme: light)" };
  return t === "dark" ? { dark: "all", light: "not all" } : { dark: "not all", light: "all" };
}

/** Sets when the dark part of tokens.css holds, and the colour of the browser's own bar. */
function paint(t: Theme): void {
  dark ??= [...document.styleSheets].flatMap((s) => [...s.cssRules]).find((r): r is CSSMediaRule => r instanceof CSSMediaRule && r.conditionText === DARK);
  if (dark) dark.media.mediaText = media(t).dark;
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[data-theme]")) meta.media = media(t)[meta.dataset.theme as "light" | "dark"];
}
