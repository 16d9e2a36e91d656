import { useEffect, useMemo, useState } from "preact/hooks";
import { titleOf } from "../core/naming";
import { live, type ProjectView } from "../core/project";
import { asked, fromQuery, ORDERS, type Order, toQuery, type View, type Wanted } from "../core/wanted";
import { number, t } from "../core/words";
import { ChosenBar, Done } from "../parts/ChosenBar";
import { Filters } from "../parts/Filters";
import { Chips, LikeChip, Switch } from "../parts/Finders";
import { Icon } from "../parts/Icon";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { Pictures } from "../parts/Pictures";
import { Views } from "../parts/Views";
import { type Browsing, browsing } from "../parts/browsing";
import { views } from "../sync/browse";
import { may } from "../sync/me";
import { project } from "../sync/projects";
import "../style/shared.css";
import "../style/browse.css";

/** Browse: all pictures of a project by whatever one asks, those that may be wrong, those that are nearly the same, or what looks like one of them. */
export default function Items({ project: id, view }: { project: string; view?: string }) {
  const load = useLoad(() => Promise.all([project(id), views(id)]), [id]);
  return (
    <Page title={load.value ? titleOf(load.value[0]) : ""} project={id} tab="pictures">
      <Loaded load={load}>{([p, all]) => <Browse project={p} views={all} view={view ?? ""} again={load.again} />}</Loaded>
    </Page>
  );
}

function Browse({ project: p, views: all, view, again }: { project: ProjectView; views: View[]; view: string; again: () => void }) {
  const state = useMemo(() => browsing(p.id), [p.id]);
  const [open, setOpen] = useState(false);
  const named = all.find((v) => v.id === view);
  const w = state.wanted.value;
  const list = state.list.value;
  const classes = live(p.labelSet.classes);
  useEffect(() => begin(state, view, named), [state, view, named?.id]);
  const want = (next: Wanted) => {
    state.want(next);
    history.replaceState(null, "", state.address());
  };
  const plain = state.search.value.by === "doubt";
  return (
    <div class={open ? "browse browse-filtering" : "browse"}>
      <aside class="filters" aria-label={t("browse.filter")}>
        <Views project={p.id} views={all} at={named && same(named.search, w) ? view : ""} wanted={w} again={again} />
        <Filters classes={classes} wanted={w} tally={state.tally.value} onWant={want} />
      </aside>
      <div class="browse-main">
        <div class="browse-head">
          <h1 aria-live="polite">{title(state, named)}</h1>
          <button type="button" class="button browse-filter" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="filter" size={20} />{t("browse.filter")}</button>
          {may("review") && <Switch state={state} by="wrong" letter="W" icon="flag" />}
          <Switch state={state} by="same" letter="D" icon="copy" />
          {may("manage-project") && !state.choosing.value && list.length > 0 && <button type="button" class="button" aria-keyshortcuts="C" onClick={() => state.choose(true)}><Icon name="check" size={20} />{t("browse.choose")}<kbd>C</kbd></button>}
          <LikeChip state={state} />
          {plain && <Chips classes={classes} wanted={w} tally={state.tally.value} onWant={want} />}
          {plain ? <Ordering order={w.order ?? "doubt"} onOrder={(order) => want({ ...w, order })} /> : <p class="label browse-order">{state.seeking.value ? t("browse.seeking") : t(`browse.${state.search.value.by}Order`)}</p>}
          <p class="label browse-keys">{state.search.value.by === "wrong" && <span><kbd>R</kbd> {t("browse.ask")}</span>}<span><kbd>L</kbd> {t("browse.keyLike")}</span></p>
        </div>
        {state.problem.value && <p class="bad" role="alert">{state.problem.value} <button type="button" class="link" onClick={() => void state.load()}>{t("page.again")}</button></p>}
        <Done state={state} />
        <Pictures project={p.id} classes={classes} state={state} />
        {list.length === 0 && !state.busy.value && !state.seeking.value && <p class="hold">{t(empty(state))}</p>}
        {state.compared.value && <p class="label browse-busy" role="status"><progress value={state.compared.value.done} max={state.compared.value.of} aria-label={t("browse.comparing")} /> {t("browse.compared", { n: state.compared.value.done, m: state.compared.value.of })}</p>}
        {state.busy.value && <p class="label browse-busy">{t("browse.seeking")}</p>}
        {state.choosing.value && <ChosenBar state={state} />}
      </div>
    </div>
  );
}

/** Wants what the address says; without a word what was wanted last. */
function begin(state: Browsing, view: string, named: View | undefined): void {
  if (view) state.wanted.value = named?.search ?? {};
  else if (location.search) state.wanted.value = fromQuery(location.search);
  else history.replaceState(null, "", state.address());
  void state.load();
}

function same(a: Wanted, b: Wanted): boolean {
  return toQuery(a) === toQuery(b);
}

/** The order of the pictures, to choose. */
function Ordering({ order, onOrder }: { order: Order; onOrder: (o: Order) => void }) {
  return (
    <select class="field browse-order" value={order} aria-label={t("browse.orderOf")} onChange={(e) => onOrder(e.currentTarget.value as Order)}>
      {ORDERS.map((o) => <option key={o} value={o}>{t(`browse.order.${o}`)}</option>)}
    </select>
  );
}

/** "60 pictures look most like leaf-3.jpg", or how many there are. */
function title(state: Browsing, named: View | undefined): string {
  const search = state.search.value;
  const n = number(state.list.value.length);
  if (search.by === "like") return t("browse.likeTitle", { n, name: search.of.name });
  if (search.by !== "doubt") return t(`browse.${search.by}Title`, { n });
  const tally = state.tally.value;
  if (!tally) return named?.name ?? t("browse.grid");
  return asked(state.wanted.value) > 0 ? t("browse.some", { n: tally.found, m: tally.all }) : t("browse.all", { n: tally.all });
}

function empty(state: Browsing): string {
  const by = state.search.value.by;
  if (by !== "doubt") return `browse.${by}None`;
  return state.tally.value?.all === 0 && asked(state.wanted.value) === 0 ? "browse.none" : "browse.nothing";
}
