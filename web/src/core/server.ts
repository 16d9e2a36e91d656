// What the server says, in the language of the page. Its English sentence is the key; without one it stays English.
import { type Language, language, number } from "./words";

/** Sentences by their English, "%d" and the like where something is filled in, "{1}" where the other language has it. */
export type Sentences = Record<string, string>;

/** Fetched when the page first speaks the language: only who needs them carries them. */
const fetched: Partial<Record<Language, () => Promise<{ default: Sentences }>>> = { hi: () => import("../words/server.hi.json") };

type Known = { whole: ReadonlyMap<string, string>; parts: readonly { is: RegExp; digits: readonly boolean[]; say: string }[] };

let known: Known = compile({});

language.subscribe((l) => {
  known = compile({});
  void fetched[l]?.().then((s) => l === language.value && (known = compile(s.default)), () => undefined);
});

/** Makes sentences ready to be found; of two that a sentence could be, the one that says more by itself. */
export function compile(sentences: Sentences): Known {
  const whole = new Map<string, string>();
  const parts: { is: RegExp; digits: boolean[]; say: string; own: number }[] = [];
  for (const [english, say] of Object.entries(sentences)) {
    const verbs = english.match(VERB);
    if (!verbs) whole.set(english, say);
    else parts.push({ is: pattern(english), digits: verbs.map((v) => v === "%d"), say, own: english.replace(VERB, "").length });
  }
  parts.sort((a, b) => b.own - a.own);
  return { whole, parts };
}

const VERB = /%[dgqsv]/g;
const PLACES: Record<string, string> = { "%d": "(-?\\d+)", "%g": "([-+.e\\d]+)", "%q": '"(.*?)"', "%s": "(.+?)", "%v": "(.+?)" };

function pattern(english: string): RegExp {
  return new RegExp(`^${english.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(VERB, (v) => PLACES[v]!)}$`, "s");
}

/** A sentence of the server in the language of the page. */
export function said(sentence: string, by: Known = known): string {
  const whole = by.whole.get(sentence);
  if (whole) return whole;
  for (const part of by.parts) {
    const found = part.is.exec(sentence);
    if (!found) continue;
    return part.say.replace(/\{(\d)\}/g, (_, n: string) => (part.digits[Number(n) - 1] ? number(Number(found[Number(n)])) : said(found[Number(n)]!, by)));
  }
  return sentence;
}
