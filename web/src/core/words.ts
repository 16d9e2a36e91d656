// The texts of the pages, by key, in the language the person chose. Those of
// the pages that are there without a line come with the app in every language;
// all others are fetched, in one language, when another page is opened.
import { computed, signal } from "@preact/signals";
import en from "../words/en.json?kept";
import hi from "../words/hi.json?kept";

/** The languages the pages speak, by the name each gives itself. */
export const LANGUAGES = { en: "English", hi: "हिन्दी" } as const;
export type Language = keyof typeof LANGUAGES;

type Texts = Record<string, string>;
const kept: Record<Language, Texts> = { en, hi };
const others: Record<Language, () => Promise<{ default: Texts }>> = { en: () => import("../words/en.json?rest"), hi: () => import("../words/hi.json?rest") };
const REMEMBERED = "akhra.language";

/** The language of the page. */
export const language = signal<Language>(first());

const rest = signal<Texts>({}); // of the language before, until those of the new one are here
const words = computed(() => ({ ...rest.value, ...kept[language.value] }));
let wanted = false;

language.subscribe((l) => {
  if (typeof document !== "undefined") document.documentElement.lang = l;
  if (wanted) void allWords().catch(() => undefined);
});

/** Brings the texts that are not kept on the device; from then on they follow the language. */
export async function allWords(): Promise<void> {
  wanted = true;
  const l = language.peek();
  const { default: texts } = await others[l]();
  if (l === language.peek()) rest.value = texts;
}

function known(l: string | null | undefined): l is Language {
  return l === "en" || l === "hi";
}

/** The language chosen here last, else the first of the browser's that we speak. */
function first(): Language {
  if (typeof localStorage === "undefined") return "en";
  const chosen = localStorage.getItem(REMEMBERED);
  if (known(chosen)) return chosen;
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

/** Whether a text is what some language has under a key; the key is one of those that are kept on the device. */
export function isOwn(key: string, text: string): boolean {
  return Object.values(kept).some((c) => c[key] === text);
}

/** A number as India writes it: 12,34,567. Digits are Latin, like the keys. With places it is rounded to so many, halves up: 0.50. */
export function number(n: number, places?: number): string {
  if (!Number.isFinite(n)) return "–";
  const [whole = "", part] = (places === undefined ? String(Math.abs(n)) : rounded(Math.abs(n), places)).split(".");
  const head = whole.slice(0, -3).replace(/\B(?=(\d{2})+(?!\d))/g, ",");
  const written = `${head ? `${head},${whole.slice(-3)}` : whole}${part ? `.${part}` : ""}`;
  return n < 0 && /[1-9]/.test(written) ? `-${written}` : written;
}

/** A number rounded as people round it: 1.005 is 1.01, though a float lies a little below. */
function rounded(n: number, places: number): string {
  const shifted = Number(`${n}e${places}`);
  return Number.isNaN(shifted) ? n.toFixed(places) : Number(`${Math.round(shifted)}e-${places}`).toFixed(places);
}

/** A size: 850 B, 64 KB, 3.5 MB, 12 GB; a thousand of each is one of the next. */
export function size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let [n, unit] = [bytes, 0];
  while (Math.round(n) >= 1000 && unit < units.length - 1) [n, unit] = [n / 1000, unit + 1];
  return `${number(n, unit > 1 && n < 10 ? 1 : 0)} ${units[unit]}`;
}

/** A day in words: 24 Nov 2026. */
export function date(ms: number): string {
  const d = new Date(ms);
  return `${d.getDate()} ${t("page.months").split(" ")[d.getMonth()]} ${d.getFullYear()}`;
}

/** The time of day: 09:05. */
export function clock(ms: number): string {
  const d = new Date(ms);
  return `${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** A moment in words, to the second: 24 Nov 2026, 09:05:30. */
export function moment(ms: number): string {
  return `${date(ms)}, ${clock(ms)}:${two(new Date(ms).getSeconds())}`;
}

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

/** How long ago something was, as people say it: just now, 5 min ago, 3 h ago, yesterday, else the day. What lies ahead is just now. */
export function ago(ms: number, now = Date.now()): string {
  const past = now - ms;
  if (past < MINUTE) return t("page.now");
  if (past < HOUR) return t("page.minutesAgo", { n: Math.floor(past / MINUTE) });
  const days = Math.round((midnight(now) - midnight(ms)) / DAY);
  if (days === 0 || past < 6 * HOUR) return t("page.hoursAgo", { n: Math.floor(past / HOUR) });
  return days === 1 ? t("page.yesterday", { clock: clock(ms) }) : date(ms);
}

/** How long something takes: 2.3 s, 45 s, 12 min, 3 h 05 min. */
export function duration(ms: number): string {
  if (ms < 9950) return t("page.seconds", { n: number(ms / SECOND, 1) });
  if (ms < 59_500) return t("page.seconds", { n: Math.round(ms / SECOND) });
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return t("page.minutes", { n: minutes });
  return t("page.hours", { h: Math.floor(minutes / 60), m: two(minutes % 60) });
}

function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
