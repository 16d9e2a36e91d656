import { useEffect, useState } from "preact/hooks";
import { titleOf } from "../core/naming";
import { live } from "../core/project";
import type { SkillPage } from "../core/skill";
import { t } from "../core/words";
import { AnnotatorSheet } from "../parts/AnnotatorSheet";
import { Annotators } from "../parts/Annotators";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { Icon } from "../parts/Icon";
import { Together } from "../parts/Together";
import { follow } from "../sync/live";
import { project } from "../sync/projects";
import { peopleTable, skills } from "../sync/work";
import "../style/shared.css";
import "../style/skill.css";

const SETTLED = 6000;

/** The people of a project: how much each answers, how well, and what each mixes up. It follows events. */
export default function Skills({ project: id }: { project: string }) {
  const load = useLoad(() => Promise.all([project(id), skills(id, "")]), [id]);
  useEffect(() => followAll(id, load.again), [id]);
  return (
    <Page title={load.value ? titleOf(load.value[0]) : ""} project={id} tab="people">
      <Loaded load={load}>{([p, first]) => (first.people.length === 0 ? <Nobody project={p.id} /> : <People project={p.id} first={first} />)}</Loaded>
    </Page>
  );
}

/** Figures that read every answer are some seconds old: they are asked for once more when all is quiet. */
function followAll(project: string, again: () => void): () => void {
  let late = 0;
  const stop = follow(project, () => {
    again();
    clearTimeout(late);
    late = window.setTimeout(again, SETTLED);
  });
  return () => {
    clearTimeout(late);
    stop();
  };
}

function People({ project: id, first }: { project: string; first: SkillPage }) {
  const [page, setPage] = useState(first);
  useEffect(() => setPage((now) => ({ ...first, next: now.people.length > first.people.length ? now.next : first.next, people: [...first.people, ...now.people.filter((n) => !first.people.some((p) => p.id === n.id))] })), [first]);
  const [chosen, setChosen] = useState("");
  const [problem, setProblem] = useState("");
  const of = page.people.find((p) => p.id === chosen) ?? page.people[0]!;
  const more = () =>
    skills(id, page.next).then((next) => setPage({ ...next, people: [...page.people, ...next.people.filter((n) => !page.people.some((p) => p.id === n.id))] }), (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown")));
  return (
    <div class="skills">
      <div class="skills-left">
        <div class="part-head">
          <h1>{t("skill.title")}</h1>
          <a class="button" href={peopleTable(id)} download><Icon name="download" size={20} />{t("together.table")}</a>
        </div>
        <Together whole={page.whole} />
        <p class="label">{t(page.pooled ? "skill.pooled" : "skill.how")}</p>
        <Annotators people={page.people} pooled={page.pooled} chosen={of.id} onChoose={setChosen} />
        {problem && <p class="bad" role="alert">{problem}</p>}
        {page.next && <p><button type="button" class="button" onClick={() => void more()}>{t("mine.more")}</button></p>}
      </div>
      <div class="skills-right"><AnnotatorSheet of={of} pooled={page.pooled} classes={live(page.labels.classes)} moved={chosen !== ""} /></div>
    </div>
  );
}

function Nobody({ project: id }: { project: string }) {
  return (
    <div class="mine-nothing">
      <h1>{t("skill.title")}</h1>
      <p>{t("skill.nobody")}</p>
      <p>{t("skill.nobodyNext")}</p>
      <p><a class="button main" href={`/projects/${id}/work`}>{t("project.work")}</a></p>
    </div>
  );
}
