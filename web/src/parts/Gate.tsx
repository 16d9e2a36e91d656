import type { ComponentChildren } from "preact";
import "../style/shared.css";
import "../style/gate.css";

/** The page before one is inside: one column, one act. */
export function Gate({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }) {
  return (
    <main class="gate" id="main">
      <div class="gate-sheet">
        <h1>{title}</h1>
        <p class="gate-lead">{lead}</p>
        {children}
      </div>
    </main>
  );
}
