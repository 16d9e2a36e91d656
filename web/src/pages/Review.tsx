import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { questionOf, titleOf } from "../core/naming";
import { type Class, type ProjectView, live } from "../core/project";
import { heads } from "../core/review";
import { forPage } from "../core/shortcuts";
import { t } from "../core/words";
import { type View, WHOLE, drag, zoomAt } from "../core/zoom";
import { Loaded, useLoad } from "../parts/Loaded";
import { Opinions } from "../parts/review/Opinions";
import { ReviewActs } from "../parts/review/ReviewActs";
import { ReviewBar } from "../parts/review/ReviewBar";
import { ReviewNotice } from "../parts/review/ReviewNotice";
import { Choices, flash } from "../parts/work/Choices";
import { Sized } from "../parts/work/Sized";
import { Stage } from "../parts/work/Stage";
import { ClassName, FirstStrip, LastStrip } from "../parts/work/Strip";
import { type ReviewAct, reviewActOf } from "../parts/work/keys";
import { GuideSheet } from "../parts/work/sheets";
import { Bench } from "../sync/bench";
import { project as readProject } from "../sync/projects";
import { sideHere } from "../sync/speed";
import "../style/page.css";
import "../style/work.css";
import "../style/review.css";

/** What people could not settle: a second person looks, and decides. */
export default function Review({ project }: { project: string }) {
  const load = useLoad(() => readProject(project), [project]);
  return <Loaded load={load} alone>{(view) => <ReviewPlace project={view} />}</Loaded>;
}

function useBench(project: string): Bench {
  const bench = useMemo(() => new Bench(project, () => sideHere(0.75)), [project]);
  useEffect(() => {
    void bench.fill();
    return () => bench.end();
  }, [bench]);
  return bench;
}

function ReviewPlace({ project }: { project: ProjectView }) {
  const bench = useBench(project.id);
  const classes = useMemo(() => live(project.labelSet.classes), [project]);
  const task = bench.view.value;
  const [view, setView] = useState<View>(WHOLE);
  const [note, setNote] = useState("");
  const [gold, setGold] = useState(false);
  const [writing, setWriting] = useState(false);
  const [guide, setGuide] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => { // before the picture is seen: a quick person's first letters are kept
    setView(WHOLE);
    setNote(task?.decided?.note ?? "");
    setGold(task?.decided?.gold ?? false);
    setWriting(false);
    panel.current?.scrollTo(0, 0);
  }, [task]);
  useEffect(() => {
    document.title = `${t("review.title")} · ${titleOf(project)} · Akhra`;
  }, [project]);
  const choose = (c: Class) => {
    if (!task) return;
    flash(c.id);
    void bench.settle(c.id, note.trim(), gold);
  };
  const act = (a: ReviewAct) => {
    switch (a.do) {
      case "class": return choose(classes.find((c) => c.key === a.key)!);
      case "skip": return void bench.skip();
      case "undo": return void bench.again();
      case "note": return setWriting(task !== null);
      case "gold": return setGold((g) => !g);
      case "guide": return setGuide(true);
      case "zoom-in": return setView((v) => zoomAt(v, 1.4, { x: 0, y: 0 }, well()));
      case "zoom-out": return setView((v) => zoomAt(v, 1 / 1.4, { x: 0, y: 0 }, well()));
      case "pan": return setView((v) => drag(v, a.x * 60, a.y * 60, well()));
      case "whole": return setView(WHOLE);
    }
  };
  useKeys(act, classes, guide);
  const busy = task !== null || bench.state.value === "loading";
  const said = useMemo(() => heads(task?.votes ?? [], classes), [task, classes]);
  return (
    <div class="work review">
      <h1 class="unseen">{t("review.title")}</h1>
      <ReviewBar project={project} bench={bench} />
      <main class="work-stage" id="main">
        {task
          ? <Stage task={task.task} shot={bench.shot.value} hidden={false} onReload={() => bench.reload()} onUnhide={() => undefined} view={view} onView={setView} />
          : <ReviewNotice project={project.id} bench={bench} />}
        {(busy || bench.last.value) && <ReviewStrip project={project} classes={classes} bench={bench} />}
      </main>
      <aside class="work-panel" ref={panel} aria-label={t("review.panel")} aria-busy={bench.sending.value}>
        {busy && <div class="work-question"><div><h2>{questionOf(project)}</h2><p class="label">{t("review.how")}</p></div></div>}
        {task?.asked && <p class="work-line">{t("review.asked")}</p>}
        {bench.problem.value && bench.state.value !== "refused" && <p class="work-line" role="alert">{bench.problem.value}</p>}
        {busy && <Choices project={project.id} classes={classes} onChoose={choose} below={(c) => (said.has(c.id) ? t("review.heads", { n: said.get(c.id)! }) : "")} />}
        {task && <Opinions votes={task.votes ?? []} classes={classes} />}
        {busy && <ReviewActs note={note} gold={gold} writing={writing} onNote={setNote} onWritten={() => setWriting(false)} onAct={act} />}
      </aside>
      {guide && <GuideSheet project={project.id} guideline={project.guideline.text} classes={classes} onClose={() => setGuide(false)} />}
    </div>
  );
}

/** What she decided of the last picture, and what the child had thought. */
function ReviewStrip({ project, classes, bench }: { project: ProjectView; classes: readonly Class[]; bench: Bench }) {
  const last = bench.last.value;
  if (!last) return <FirstStrip text={t(project.settings.showModel ? "review.keepsGuess" : "review.begin")} />;
  return (
    <LastStrip project={project.id} classes={classes} item={last.view.item} thought={last.thought} named={last.class}
      label={<Sized long={t("review.youDecided")} short={t("work.you")} />} said={<ClassName of={last.class} classes={classes} />} undo={<Sized long={t("review.again")} short={t("review.againShort")} />} onUndo={() => void bench.again()} />
  );
}

function well(): { width: number; height: number } {
  const box = document.querySelector(".stage-well");
  return { width: box?.clientWidth ?? 0, height: box?.clientHeight ?? 0 };
}

/** Keys act wherever the focus is, but not under the open sheet or in a text field. */
function useKeys(act: (a: ReviewAct) => void, classes: readonly Class[], covered: boolean): void {
  const now = useRef(act);
  now.current = act;
  useEffect(() => {
    const keys = classes.map((c) => c.key ?? "").filter(Boolean);
    const press = (e: KeyboardEvent) => {
      const typing = covered || !forPage(e);
      const a = reviewActOf(e, typing, keys);
      if (!a) return;
      e.preventDefault();
      now.current(a);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [classes, covered]);
}
