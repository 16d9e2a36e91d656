import { useState } from "preact/hooks";
import { example } from "../core/classes";
import { nameOf } from "../core/naming";
import { live, type ItemView, type ProjectView } from "../core/project";
import { t } from "../core/words";
import { setClasses } from "../sync/projects";

/** Makes a picture an example of a class, which whoever answers sees beside its name, or takes it back. */
export function ExampleOf({ project: p, item, again }: { project: ProjectView; item: ItemView; again: () => void }) {
  const classes = live(p.labelSet.classes);
  const [chosen, choose] = useState("");
  const [problem, setProblem] = useState("");
  const of = classes.find((c) => c.id === (chosen || item.class)) ?? classes[0];
  if (!of) return null;
  const shown = (of.examples ?? []).includes(item.id);
  const turn = async () => {
    try {
      await setClasses(p.id, example(p.labelSet.classes, of.id, item.id, !shown));
      setProblem("");
      again();
    } catch (e) {
      setProblem(e instanceof Error ? e.message : t("page.lineDown"));
    }
  };
  return (
    <section aria-labelledby="e-h">
      <h3 id="e-h">{t("item.example")}</h3>
      <p class="label">{t("item.exampleWhy")}</p>
      <div class="example-row">
        <select class="field" aria-label={t("item.exampleOf")} value={of.id} onChange={(e) => choose(e.currentTarget.value)}>
          {classes.map((c) => <option key={c.id} value={c.id}>{nameOf(c)}</option>)}
        </select>
        <button type="button" class="button" aria-pressed={shown} onClick={turn}>{t(shown ? "item.exampleHide" : "item.exampleShow")}</button>
      </div>
      {problem && <p class="bad" role="alert">{problem}</p>}
    </section>
  );
}
