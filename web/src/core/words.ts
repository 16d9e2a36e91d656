// The texts of the pages, by key, in the language the person chose.
import { computed, signal } from "@preact/signals";
import en from "../words/en.json";
import hi from "../words/hi.json";

/** The languages the pages speak, by the name each gives itself. */
export const LANGUAGES = { en: "English", hi: "हिन्दी" } as const;
export type Language = keyof typeof LANGUAGES;

const catalogues: Record<Language, Record<string, string>> = { en, hi };
const REMEMBERED = "akhra.language";

/** The language of the page. */
export const language = signal<Language>(first());

const words = computed(() => catalogues[language.value]);

language.subscribe((l) => {
  if (typeof document !== "undefined") document.documentElement.lang = l;
});

function known(l: string | null | undefined): l is Language {
  return l === "en" || l === "hi";
}

/** The language chosen here last, else the first of the browser's that we speak. */
function first(): Language {
  if (typeof localStorage === "undefined") return "en";
  const kept = localStorage.getItem(REMEMBERED);
  if (known(kept)) return kept;
  return navigator.languages.map((l) => l.slice(0, 2)).find(known) ?? "en";
}

/** Switches the language of the page and remembers it on this device; others are ignored. */
export function speak(l: string): void {
  if (!known(l)) return;
  localStorage.setItem(REMEMBERED, l);
  language.value = l;
}

/** The text of a key with its places filled in. A key that there is not shows itself. */
export function t(key: string, vars: Record<string, string | number> = {}): string {
  const text = words.value[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const v = vars[name];
    return v === undefined ? place : typeof v === "number" ? number(v) : v;
  });
}

/** Whether a text is what some language has under a key. */
export function isOwn(key: string, text: string): boolean {
  return Object.values(catalogues).some((c) => c[key] === text);
}

/** A number as India writes it: 12,34,567. Digits are Latin, like the keys. */
export function number(n: number): string {
  const [whole = "", part] = String(Math.abs(n)).split(".");
  const head = whole.slice(0, -3).replace(/\B(?=(\d{2})+(?!\d))/g, ",");
  const grouped = head ? `${head},${whole.slice(-3)}` : whole;
  return `${n < 0 ? "-" : ""}${grouped}${part ? `.${part}` : ""}`;
}

/** A day in words: 24 Nov 2026. */
export function date(ms: number): string {
  const d = new Date(ms);
  return `${d.getDate()} ${t("page.months").split(" ")[d.getMonth()]} ${d.getFullYear()}`;
}
