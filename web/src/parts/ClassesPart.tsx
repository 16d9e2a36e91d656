import { useState } from "preact/hooks";
import { fault, named } from "../core/classes";
import { live, type Class, type ProjectView } from "../core/project";
import { nameOf } from "../core/naming";
import { t } from "../core/words";
import { setClasses } from "../sync/projects";
import { ClassEditor } from "./ClassEditor";
import { ClassTile } from "./ClassTile";
import { Icon } from "./Icon";

/** The classes of a project: read, or opened to be changed. */
export function ClassesPart({ project, again }: { project: ProjectView; again: () => void }) {
  const [draft, setDraft] = useState<Class[] | null>(null);
  const [problem, setProblem] = useState<{ class?: string; text: string } | null>(null);
  const save = async () => {
    const wrong = fault(draft!);
    if (wrong) return setProblem({ class: wrong.class, text: t(wrong.word) });
    try {
      await setClasses(project.id, named(draft!));
      setDraft(null);
      setProblem(null);
      again();
    } catch (e) {
      setProblem({ text: e instanceof Error ? e.message : t("page.lineDown") });
    }
  };
  const classes = project.labelSet.classes;
  return (
    <section class="part" id="classes" aria-labelledby="classes-h">
      <div class="part-head">
        <h2 id="classes-h">{t("classes.title")}</h2>
        {!draft && <button type="button" class="button" onClick={() => setDraft([...classes])}><Icon name="edit" size={20} />{t("classes.edit")}</button>}
      </div>
      {draft ? (
        <>
          <p class="label">{t("classes.warn")}</p>
          <ClassEditor classes={draft} onChange={setDraft} stored={new Set(classes.map((c) => c.id))} fault={problem} />
          <p class="acts">
            <button type="button" class="button" onClick={save}>{t("classes.save")}</button>
            <button type="button" class="link" onClick={() => { setDraft(null); setProblem(null); }}>{t("page.leave")}</button>
          </p>
        </>
      ) : (
        <ul class="class-list">
          {live(classes).map((c, i) => (
            <li key={c.id}><ClassTile class={c} place={i} size="small" /><span><b>{nameOf(c)}</b>{c.words && <span class="label">{c.words}</span>}</span></li>
          ))}
        </ul>
      )}
    </section>
  );
}
