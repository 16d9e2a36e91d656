import { useState } from "preact/hooks";
import { fault, named } from "../core/classes";
import { live, pictureUrl, type Class, type ProjectView } from "../core/project";
import { coming } from "../core/relabel";
import { nameOf, ruleOf } from "../core/naming";
import { t } from "../core/words";
import { setClasses } from "../sync/projects";
import { ClassEditor } from "./ClassEditor";
import { ClassTile } from "./ClassTile";
import { Icon } from "./Icon";
import { Relabel } from "./Relabel";

/** The classes of a project: read, or opened to be changed. */
export function ClassesPart({ project, again }: { project: ProjectView; again: () => void }) {
  const classes = project.labelSet.classes;
  const [draft, setDraft] = useState<Class[] | null>(null);
  const [problem, setProblem] = useState<{ class?: string; text: string } | null>(null);
  const [asking, setAsking] = useState(false);
  const store = async (list: Class[]) => {
    await setClasses(project.id, named(list));
    setDraft(null);
    setAsking(false);
    setProblem(null);
    again();
  };
  const save = async () => {
    const wrong = fault(draft!);
    if (wrong) return setProblem({ class: wrong.class, text: t(wrong.word) });
    const { added, gone } = coming(classes, draft!);
    if (added.length + gone.length > 0 && project.counts.answers > 0) return setAsking(true);
    await store(draft!).catch((e: unknown) => setProblem({ text: e instanceof Error ? e.message : t("page.lineDown") }));
  };
  return (
    <section class="part" id="classes" aria-labelledby="classes-h">
      <div class="part-head">
        <h2 id="classes-h">{t("classes.title")}</h2>
        {!draft && <button type="button" class="button" onClick={() => setDraft([...classes])}><Icon name="edit" size={20} />{t("classes.edit")}</button>}
      </div>
      {draft && asking ? <Relabel project={project} draft={draft} coming={coming(classes, draft)} onSave={store} onBack={() => setAsking(false)} /> : draft ? (
        <>
          <p class="label">{t("classes.warn")}</p>
          <ClassEditor classes={draft} onChange={setDraft} stored={new Set(classes.map((c) => c.id))} fault={problem} />
          <p class="acts">
            <button type="button" class="button" onClick={() => void save()}>{t("classes.save")}</button>
            <button type="button" class="link" onClick={() => { setDraft(null); setProblem(null); }}>{t("page.leave")}</button>
          </p>
        </>
      ) : (
        <ul class="class-list">
          {live(classes).map((c, i) => (
            <li key={c.id}><ClassTile class={c} place={i} size="small" /><span><b>{nameOf(c)}</b>{ruleOf(c) && <span class="label">{ruleOf(c)}</span>}</span><Examples project={project.id} of={c} /></li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The example pictures of a class, each the way to its page, where it can be taken back. */
function Examples({ project, of }: { project: string; of: Class }) {
  return (
    <span class="class-examples">
      {(of.examples ?? []).map((item, i) => (
        <a key={item} href={`/projects/${project}/pictures/${item}`} aria-label={t("classes.example", { n: i + 1, name: nameOf(of) })}><img src={pictureUrl(project, item, 320)} alt="" loading="lazy" /></a>
      ))}
    </span>
  );
}
