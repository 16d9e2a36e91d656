import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type StateKey, doubtful, step, tally } from "../core/doubt";
import { live, type ItemRow, type ProjectView } from "../core/project";
import { navigate } from "../core/route";
import { number, t } from "../core/words";
import { type Choice, Filters } from "../parts/Filters";
import { Grid } from "../parts/Grid";
import { Icon } from "../parts/Icon";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { browsing } from "../parts/browsing";
import { project } from "../sync/projects";
import "../style/shared.css";
import "../style/browse.css";

/** Pictures shown before one asks for more. */
const LOT = 60;

/** Browse: all pictures of a project, the most doubtful first. */
export default function Items({ project: id }: { project: string }) {
  const load = useLoad(() => project(id), [id]);
  return (
    <Page title={load.value?.name ?? ""} project={id} tab="pictures">
      <Loaded load={load}>{(p) => <Browse project={p} />}</Loaded>
    </Page>
  );
}

function Browse({ project: p }: { project: ProjectView }) {
  const state = useMemo(() => browsing(p.id), [p.id]);
  const [open, setOpen] = useState(false);
  const filter = state.filter.value;
  const list = useMemo(() => doubtful(state.rows.value, filter), [state.rows.value, filter]);
  const counts = useMemo(() => tally(state.rows.value), [state.rows.value]);
  const classes = live(p.labelSet.classes);
  useEffect(() => void state.load(), [state]);
  const choose = (c: Choice) => state.choose(c);
  const chosen = filter.classes.size + filter.states.size;
  return (
    <div class={open ? "browse browse-filtering" : "browse"}>
      <Filters classes={classes} filter={filter} counts={counts} onChoose={choose} />
      <div class="browse-main">
        <div class="browse-head">
          <h1 aria-live="polite">{chosen > 0 ? t("browse.some", { n: number(list.length), m: number(p.counts.items) }) : t("browse.all", { n: number(p.counts.items) })}</h1>
          <button type="button" class="button browse-filter" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="filter" size={20} />{t("browse.filter")}</button>
          <Chips classes={classes} filter={filter} onChoose={choose} />
          <p class="label browse-order">{state.busy.value ? t("browse.loading", { n: number(state.rows.value.length) }) : t("browse.order")}</p>
        </div>
        {state.problem.value && <p class="bad" role="alert">{state.problem.value} <button type="button" class="link" onClick={() => void state.load()}>{t("page.again")}</button></p>}
        <Pictures project={p.id} classes={classes} list={list} state={state} />
        {list.length === 0 && !state.busy.value && <p class="hold">{t(p.counts.items === 0 ? "browse.none" : "browse.nothing")}</p>}
      </div>
    </div>
  );
}

type State = ReturnType<typeof browsing>;

function Pictures({ project, classes, list, state }: { project: string; classes: ReturnType<typeof live>; list: readonly ItemRow[]; state: State }) {
  const box = useRef<HTMLDivElement>(null);
  const shown = list.slice(0, state.shown.value);
  useEffect(() => {
    const el = box.current?.querySelector<HTMLElement>(`[data-item="${state.at.value}"]`);
    el?.focus();
    el?.scrollIntoView({ block: "nearest" });
  }, []);
  const key = (e: KeyboardEvent) => {
    const tiles = [...(box.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
    const at = tiles.indexOf(document.activeElement as HTMLElement);
    if (e.key === "Escape") return navigate(`/projects/${project}`);
    if (at < 0 || e.metaKey || e.ctrlKey || e.altKey) return;
    const columns = tiles.filter((x) => x.offsetTop === tiles[0]!.offsetTop).length;
    const to = step(e.key, at, tiles.length, columns);
    if (to < 0) return;
    e.preventDefault();
    tiles[to]!.focus();
  };
  return (
    <div ref={box} onKeyDown={key}>
      <Grid project={project} classes={classes} rows={shown} onVisit={(id) => (state.at.value = id)} />
      {shown.length < list.length && (
        <p class="browse-more"><button type="button" class="button" onClick={() => (state.shown.value += LOT)}>{t("browse.more", { n: number(list.length - shown.length) })}</button></p>
      )}
    </div>
  );
}

function Chips({ classes, filter, onChoose }: { classes: ReturnType<typeof live>; filter: State["filter"]["value"]; onChoose: (c: Choice) => void }) {
  const chips = [
    ...[...filter.classes].map((id) => ({ id, text: classes.find((c) => c.id === id)?.name ?? "", choice: { class: id } as Choice })),
    ...[...filter.states].map((s) => ({ id: s, text: t(`browse.state.${s}`), choice: { state: s as StateKey } as Choice })),
  ];
  return (
    <>
      {chips.map((c) => (
        <button key={c.id} type="button" class="chip" aria-label={t("browse.drop", { name: c.text })} onClick={() => onChoose(c.choice)}>
          {c.text}<Icon name="close" size={18} />
        </button>
      ))}
    </>
  );
}
