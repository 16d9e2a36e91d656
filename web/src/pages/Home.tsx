import type { ProjectCard } from "../core/project";
import { questionOf } from "../core/naming";
import { number, t } from "../core/words";
import { Loaded, useLoad } from "../parts/Loaded";
import { Icon } from "../parts/Icon";
import { Page } from "../parts/Page";
import { projects } from "../sync/projects";
import { may, me } from "../sync/me";
import "../style/shared.css";
import "../style/home.css";

/** The projects one works in. */
export default function Home() {
  const load = useLoad(projects, []);
  return (
    <Page title={me.value?.org.name ?? t("home.title")}>
      <div class="home">
        <div class="part-head home-head">
          <h1>{t("home.title")}</h1>
          {may("manage-project") && load.value && load.value.length > 0 && <NewButton />}
        </div>
        <Loaded load={load}>{(list) => (list.length === 0 ? <Empty /> : <Cards list={list} />)}</Loaded>
      </div>
    </Page>
  );
}

function NewButton() {
  return <a class="button main" href="/new"><Icon name="plus" size={20} />{t("home.new")}</a>;
}

function Empty() {
  const makes = may("manage-project");
  return (
    <div class="home-empty">
      <p class="home-lead">{t(makes ? "home.empty" : "home.emptyWork")}</p>
      <p>{t(makes ? "home.emptyNext" : "home.emptyWorkNext")}</p>
      {makes && <NewButton />}
    </div>
  );
}

function Cards({ list }: { list: readonly ProjectCard[] }) {
  return <ul class="cards">{list.map((p) => <Card key={p.id} project={p} />)}</ul>;
}

function Card({ project: p }: { project: ProjectCard }) {
  return (
    <li class="card">
      <a class="card-open" href={`/projects/${p.id}`}>
        <span class="card-cover">{p.cover ? <img src={p.cover} alt="" loading="lazy" /> : <Icon name="add" size={24} />}</span>
        <h2>{p.name}</h2>
        <span class="label">{questionOf(p)}</span>
      </a>
      <progress class="bar" value={p.done} max={Math.max(1, p.items)} aria-label={t("home.progress", { name: p.name })} />
      <p class="card-n">{p.items === 0 ? t("home.noPictures") : t("home.done", { n: number(p.done), m: number(p.items) })}</p>
      <p class="card-acts">
        {may("annotate") && p.items > 0 && <a class="button" href={`/projects/${p.id}/work`} aria-label={t("home.workOn", { name: p.name })}>{t("home.work")}</a>}
        <a class="link" href={`/projects/${p.id}`} aria-label={t("home.seeOn", { name: p.name })}>{t("home.see")}</a>
      </p>
    </li>
  );
}
