import { useEffect, useMemo } from "preact/hooks";
import { titleOf } from "../core/naming";
import { live, pictureUrl, type ItemView, type ProjectView } from "../core/project";
import { navigate } from "../core/route";
import { forPage } from "../core/shortcuts";
import { number, t } from "../core/words";
import { ExampleOf } from "../parts/ExampleOf";
import { Icon } from "../parts/Icon";
import { ItemPanel } from "../parts/ItemPanel";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { browsing } from "../parts/browsing";
import { may } from "../sync/me";
import { item, project } from "../sync/projects";
import "../style/shared.css";
import "../style/item.css";

/** One picture: who said what, how sure that is, and why the child thinks so. */
export default function Item({ project: id, item: of }: { project: string; item: string }) {
  const whole = useLoad(() => project(id), [id]);
  const load = useLoad(() => item(id, of), [id, of]);
  const around = useNeighbours(id, of);
  const shown = load.value?.id === of ? load : { ...load, value: null };
  useKeys(id, around.before, around.after, shown.value);
  return (
    <Page title={whole.value ? titleOf(whole.value) : ""} project={id} tab="pictures">
      <div class="one">
        <Stage project={id} of={of} item={shown.value} around={around} />
        <div class="one-panel">
          <Loaded load={whole}>{(p) => <Loaded load={shown}>{(i) => <Panel project={p} item={i} again={whole.again} />}</Loaded>}</Loaded>
        </div>
      </div>
    </Page>
  );
}

function Panel({ project: p, item: i, again }: { project: ProjectView; item: ItemView; again: () => void }) {
  return (
    <>
      <ItemPanel project={p} classes={live(p.labelSet.classes)} item={i} onLike={() => findLike(p.id, i)} />
      {may("manage-project") && <ExampleOf key={i.id} project={p} item={i} again={again} />}
    </>
  );
}

interface Around {
  ids: string[];
  at: number;
  before: string;
  after: string;
}

/** The pictures before and after this one, in the order of the browse page. */
function useNeighbours(project: string, of: string): Around {
  const state = useMemo(() => browsing(project), [project]);
  useEffect(() => {
    state.at.value = of;
    if (state.rows.value.length === 0) void state.load();
    else if (state.ids.value.indexOf(of) >= state.ids.value.length - 3) void state.more();
  }, [of]);
  const list = state.list.value;
  const ids = useMemo(() => list.map((r) => r.id), [list]);
  const at = ids.indexOf(of);
  return { ids, at, before: at > 0 ? ids[at - 1]! : "", after: at >= 0 ? (ids[at + 1] ?? "") : "" };
}

/** Shows on the browse page what looks most like a picture. */
function findLike(project: string, of: ItemView): void {
  browsing(project).look({ by: "like", of });
  navigate(`/projects/${project}/pictures`);
}

function useKeys(project: string, before: string, after: string, i: ItemView | null): void {
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (!forPage(e)) return;
      if (e.key === "Escape") navigate(browsing(project).address());
      if (e.key === "ArrowLeft" && before) navigate(`/projects/${project}/pictures/${before}`);
      if (e.key === "ArrowRight" && after) navigate(`/projects/${project}/pictures/${after}`);
      if (e.code === "KeyL" && i) findLike(project, i);
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [project, before, after, i]);
}

function Stage({ project, of, item: i, around }: { project: string; of: string; item: ItemView | null; around: Around }) {
  const base = `/projects/${project}/pictures`;
  const state = browsing(project);
  return (
    <div class="one-stage">
      <div class="one-head">
        <a class="bare" href={state.address()} aria-label={t("item.back")}><Icon name="back" size={22} /></a>
        <h1>{i?.name ?? t("item.title")}</h1>
        {around.at >= 0 && <span class="label">{t("item.place", { n: number(around.at + 1), m: number(state.search.value.by === "doubt" ? state.tally.value?.found ?? around.ids.length : around.ids.length) })}</span>}
        <nav class="one-steps" aria-label={t("item.steps")}>
          <Step to={around.before && `${base}/${around.before}`} icon="left" label={t("item.before")} />
          <Step to={around.after && `${base}/${around.after}`} icon="right" label={t("item.after")} />
        </nav>
      </div>
      <div class="one-mat">{i && <img key={of} src={pictureUrl(project, of, 1440)} alt={t("item.alt", { name: i.name })} width={i.width} height={i.height} />}</div>
      <Film project={project} of={of} around={around} />
    </div>
  );
}

function Step({ to, icon, label }: { to: string; icon: string; label: string }) {
  if (!to) return <span class="bare off"><Icon name={icon} size={22} /></span>;
  return <a class="bare" href={to} aria-label={label}><Icon name={icon} size={22} /></a>;
}

function Film({ project, of, around }: { project: string; of: string; around: Around }) {
  const from = Math.max(0, Math.min(around.at - 3, around.ids.length - 8));
  return (
    <ul class="film">
      {around.ids.slice(from, from + 8).map((id) => (
        <li key={id}>
          <a class={id === of ? "shot here" : "shot"} href={`/projects/${project}/pictures/${id}`} aria-current={id === of ? "true" : undefined} aria-label={t("item.go", { n: around.ids.indexOf(id) + 1 })}>
            <img src={pictureUrl(project, id, 320)} alt="" />
          </a>
        </li>
      ))}
    </ul>
  );
}
