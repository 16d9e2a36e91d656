import { useState } from "preact/hooks";
import { nameOf } from "../core/naming";
import type { Class } from "../core/project";
import { moment, t } from "../core/words";
import { type Happening, history } from "../sync/browse";

/** Everything that happened to a picture, in words; read when it is opened. */
export function History({ project, item, classes }: { project: string; item: string; classes: readonly Class[] }) {
  const [all, setAll] = useState<readonly Happening[] | null>(null);
  const [problem, setProblem] = useState("");
  const open = async (e: Event) => {
    if (!(e.currentTarget as HTMLDetailsElement).open || all) return;
    try {
      setAll(await history(project, item));
      setProblem("");
    } catch (x) {
      setProblem(x instanceof Error ? x.message : t("page.lineDown"));
    }
  };
  return (
    <section>
      <details class="history" onToggle={open}>
        <summary>{t("item.history")}</summary>
        {problem && <p class="bad" role="alert">{problem}</p>}
        <ol>
          {(all ?? []).map((h, i) => (
            <li key={i}>
              <span>{words(h, classes)}{h.note && h.kind !== "skipped" && <q>{h.note}</q>}</span>
              <span class="label">{moment(h.at)}</span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}

function words(h: Happening, classes: readonly Class[]): string {
  const c = classes.find((x) => x.id === h.class);
  return t(`item.happened.${h.kind}`, { who: h.by || t("item.somebody"), name: c ? nameOf(c) : t("item.oldClass") });
}
