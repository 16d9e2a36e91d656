import { KEPT_PROJECT, type ProjectCard } from "../core/project";
import { aboutOf, byFamily, questionOf, titleOf } from "../core/naming";
import { date, number, t } from "../core/words";
import { BackupDue } from "../parts/BackupDue";
import { Loaded, useLoad } from "../parts/Loaded";
import { Icon } from "../parts/Icon";
import { Page } from "../parts/Page";
import type { PackRow } from "../sync/device";
import { may, me } from "../sync/me";
import { packsOf } from "../sync/pack";
import { familyTable, projects } from "../sync/projects";
import { keeps } from "../sync/shell";
import "../style/shared.css";
import "../style/home.css";

/** The projects one works in. */
export default function Home() {
  const load = useLoad(projects, []);
  const here = useLoad(() => packsOf(me.value!.user.id).catch(() => []), []);
  return (
    <Page title={me.value?.org.name ?? t("home.title")}>
      <BackupDue />
      <div class="home">
        <div class="part-head home-head">
          <h1>{t("home.title")}</h1>
          {may("manage-project") && load.value && load.value.length > 0 && <NewButton />}
        </div>
        {load.problem && !load.value && here.value && here.value.length > 0 && <OnDevice packs={here.value} />}
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

/** What can be worked on without a line. */
function OnDevice({ packs }: { packs: readonly PackRow[] }) {
  return (
    <section class="home-device" aria-label={t("pack.onDevice")}>
      <p>{t("pack.noLine")}</p>
      {packs.map((p) => (
        <p key={p.project} class="card-acts"><b>{titleOf(p.view)}</b><a class="button" href={`/projects/${p.project}/work`} aria-label={t("home.workOn", { name: titleOf(p.view) })}>{t("home.work")}</a></p>
      ))}
    </section>
  );
}

/** What is worked on, then what is out of the way. */
function Cards({ list }: { list: readonly ProjectCard[] }) {
  const away = list.filter((p) => p.state === "archived" || p.state === "removed");
  return (
    <>
      <Groups list={list.filter((p) => !away.includes(p))} />
      {away.length > 0 && (
        <details class="home-away">
          <summary>{t("home.away", { n: away.length })}</summary>
          <ul class="cards">{away.map((p) => <Card key={p.id} project={p} />)}</ul>
        </details>
      )}
    </>
  );
}

/** Projects by themselves first, then each family under its name. */
function Groups({ list }: { list: readonly ProjectCard[] }) {
  return (
    <>
      {byFamily(list).map(([family, projects]) => (
        <section key={family} aria-label={family || t("home.title")}>
          {family && <div class="part-head home-family"><h2>{family}</h2>{may("export") && <a class="link" href={familyTable(projects[0]!.id)} download>{t("home.familyTable")}</a>}</div>}
          <ul class="cards">{projects.map((p) => <Card key={p.id} project={p} />)}</ul>
        </section>
      ))}
    </>
  );
}

function Card({ project: p }: { project: ProjectCard }) {
  return (
    <li class="card">
      <a class="card-open" href={`/projects/${p.id}`}>
        <span class="card-cover">{p.cover ? <img src={p.cover} alt="" loading="lazy" /> : <Icon name="add" size={24} />}</span>
        <h2>{aboutOf(p) || p.name}</h2>
        <span class="label">{p.state === "active" ? questionOf(p) : t(`home.state.${p.state}`, { day: date(p.stateAt + KEPT_PROJECT) })}</span>
      </a>
      <progress class="bar" value={p.done} max={Math.max(1, p.items)} aria-label={t("home.progress", { name: titleOf(p) })} />
      <p class="card-n">{p.items === 0 ? t("home.noPictures") : t("home.done", { n: number(p.done), m: number(p.items) })}</p>
      <p class="card-acts">
        {may("annotate") && p.state === "active" && p.items > 0 && <a class="button" href={`/projects/${p.id}/work`} aria-label={t("home.workOn", { name: titleOf(p) })}>{t("home.work")}</a>}
        {may("annotate") && p.state === "active" && p.items > 0 && keeps && <a class="link" href={`/projects/${p.id}/pack`} aria-label={`${t("pack.short")}: ${titleOf(p)}`}>{t("pack.short")}</a>}
        <a class="link" href={`/projects/${p.id}`} aria-label={t("home.seeOn", { name: titleOf(p) })}>{t("home.see")}</a>
      </p>
    </li>
  );
}
