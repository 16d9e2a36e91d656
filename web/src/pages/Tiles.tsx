import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { nameOf, ruleOf } from "../core/naming";
import { type Class, type ProjectView, live } from "../core/project";
import { forPage } from "../core/shortcuts";
import { t } from "../core/words";
import { DiskLow } from "../parts/DiskLow";
import { Icon } from "../parts/Icon";
import { Loaded, useLoad } from "../parts/Loaded";
import { ShortcutSheet } from "../parts/Shortcuts";
import { NoTiles } from "../parts/tiles/NoTiles";
import { TileStrip } from "../parts/tiles/TileStrip";
import { Wall } from "../parts/tiles/Wall";
import { ClassTile } from "../parts/ClassTile";
import { WorkBar } from "../parts/work/WorkBar";
import { RefusedSheet } from "../parts/work/sheets";
import { myOutbox } from "../sync/mine";
import type { Outbox } from "../sync/outbox";
import { project as readProject } from "../sync/projects";
import { Tiles } from "../sync/tiles";
import "../style/page.css";
import "../style/work.css";
import "../style/tiles.css";

/** Pictures that the child is sure of, a page at once: strike out the wrong ones, confirm the rest. */
export default function TilesPage({ project }: { project: string }) {
  const load = useLoad(() => openPlace(project), [project]);
  useEffect(() => () => load.value?.tiles.end(), [load.value]);
  return <Loaded load={load} alone>{(place) => <Place {...place} />}</Loaded>;
}

async function openPlace(project: string) {
  const [outbox, view] = await Promise.all([myOutbox(), readProject(project)]);
  const tiles = new Tiles(project, outbox);
  void outbox.send();
  void tiles.fill();
  return { view, tiles, outbox };
}

function Place({ view, tiles, outbox }: { view: ProjectView; tiles: Tiles; outbox: Outbox }) {
  const classes = useMemo(() => live(view.labelSet.classes), [view]);
  const [refused, setRefused] = useState(false);
  const [seenWhole, setSeenWhole] = useState(""); // the page of which all pictures were seen
  const grid = tiles.grid.value;
  const full = grid !== null && grid.tiles.length > 0;
  const page = full ? grid.tiles[0]!.id + (grid.tiles[0]!.follows ?? "") : "";
  const whole = full && seenWhole === page;
  const seen = () => {
    tiles.seen();
    setSeenWhole(page);
  };
  const confirm = () => whole && void tiles.confirm();
  const undo = () => void tiles.undo();
  useKeys({ confirm, undo }, refused);
  useEffect(() => {
    document.title = `${t("grid.title")} · Akhra`;
  }, []);
  return (
    <div class="work tiles-page">
      <h1 class="unseen">{t("grid.title")}</h1>
      <WorkBar project={view} desk={tiles} outbox={outbox} onRefused={() => setRefused(true)} />
      <main class="work-stage tiles-stage" id="main">
        {full ? <Wall key={page} tiles={grid.tiles} struck={tiles.struck.value} onTurn={(id) => tiles.turn(id)} onWhole={seen} /> : <NoTiles project={view.id} grid={grid} waits={tiles.last.value !== null} line={outbox.line.value} />}
        {(full || tiles.last.value) && <TileStrip tiles={tiles} classes={classes} onUndo={undo} />}
      </main>
      <aside class="work-panel tiles-panel" aria-label={t("work.panel")}>
        <DiskLow />
        {full && <Ask tiles={tiles} classes={classes} />}
        {full && <button type="button" class="button main tiles-confirm" disabled={!whole} onClick={confirm} aria-keyshortcuts="Enter"><Icon name="check" />{t("grid.confirm", { n: grid.tiles.length - tiles.struck.value.size, m: grid.tiles.length })}<kbd>Enter</kbd></button>}
        {tiles.problem.value && <p class="work-line" role="alert">{tiles.problem.value}</p>}
        {full && <p class="label tiles-keys">{t("grid.keys")}</p>}
        {full && <a class="act-row tiles-single" href={`/projects/${view.id}/work`}><Icon name="skip" />{t("grid.single")}</a>}
      </aside>
      <ShortcutSheet />
      {refused && <RefusedSheet refused={outbox.refused.value} onRead={(n) => void outbox.forget(n)} onClose={() => setRefused(false)} />}
    </div>
  );
}

/** The question, with the class it is about: its rule and the pictures it is known by. */
function Ask({ tiles, classes }: { tiles: Tiles; classes: readonly Class[] }) {
  const grid = tiles.grid.value!;
  const place = classes.findIndex((c) => c.id === grid.class);
  const c = classes[place];
  if (!c) return null;
  return (
    <div class="tiles-ask">
      <h2>{t("grid.ask")}</h2>
      <p class="tiles-class"><ClassTile class={c} place={place} size="choice" /><b>{nameOf(c)}</b></p>
      {ruleOf(c) && <p>{ruleOf(c)}</p>}
      <p class="label" role="status">{tiles.struck.value.size > 0 ? t("grid.struck", { n: tiles.struck.value.size }) : t("grid.how")}</p>
    </div>
  );
}

/** Enter confirms and Z takes back, wherever the focus is but on another button. */
function useKeys(acts: { confirm: () => void; undo: () => void }, covered: boolean): void {
  const now = useRef(acts);
  now.current = acts;
  useLayoutEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (covered || e.repeat || !forPage(e)) return;
      const other = (e.target as Element).matches(":is(button, a, summary):focus-visible") && !(e.target as Element).matches(".wall-tile");
      if (e.code === "Enter" && !other) now.current.confirm();
      else if (e.code === "KeyZ") now.current.undo();
      else return;
      e.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [covered]);
}
