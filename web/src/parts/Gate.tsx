import type { ComponentChildren } from "preact";
import { LANGUAGES, type Language, language, speak } from "../core/words";
import { Mark } from "./Icon";
import "../style/shared.css";
import "../style/gate.css";

/** The page before one is inside: one column, one act, and the language to read it in. */
export function Gate({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }) {
  return (
    <main class="gate" id="main">
      <div class="gate-sheet">
        <div class="gate-head"><Mark /><Languages /></div>
        <h1>{title}</h1>
        <p class="gate-lead">{lead}</p>
        {children}
      </div>
    </main>
  );
}

function Languages() {
  return (
    <span class="gate-languages">
      {(Object.keys(LANGUAGES) as Language[]).map((l) => (
        <button key={l} type="button" lang={l} aria-pressed={language.value === l} onClick={() => speak(l)}>{LANGUAGES[l]}</button>
      ))}
    </span>
  );
}
