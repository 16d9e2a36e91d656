import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Reason, type Said, offered } from "../core/annotation";
import { nameOf, questionOf, ruleOf, titleOf } from "../core/naming";
import { type Class, type ProjectView, live } from "../core/project";
import { forPage } from "../core/shortcuts";
import { language, t } from "../core/words";
import { type View, WHOLE, drag, zoomAt } from "../core/zoom";
import { Icon } from "../parts/Icon";
import { Loaded, useLoad } from "../parts/Loaded";
import { flash } from "../parts/work/Choices";
import { DiskLow } from "../parts/DiskLow";
import { Notice } from "../parts/work/Notice";
import { How, Offer } from "../parts/work/Offer";
import { Stage } from "../parts/work/Stage";
import { Sized } from "../parts/work/Sized";
import { Strip } from "../parts/work/Strip";
import { WorkBar } from "../parts/work/WorkBar";
import { type Act, actOf } from "../parts/work/keys";
import { GuideSheet, RefusedSheet, SkipSheet } from "../parts/work/sheets";
import { Desk } from "../sync/desk";
import { me } from "../sync/me";
import { myOutbox } from "../sync/mine";
import type { Outbox } from "../sync/outbox";
import { Pack } from "../sync/pack";
import { readGuideline } from "../sync/guideline";
import { project as readProject } from "../sync/projects";
import { lookAtSpace, tight } from "../sync/space";
import { sideHere } from "../sync/speed";
import "../style/page.css";
import "../style/work.css";

/** Picture seen, key pressed, next picture. */
export default function Work({ project }: { project: string }) {
  const load = useLoad(() => openPlace(project), [project]);
  useEffect(() => () => load.value?.leave(), [load.value]);
  return <Loaded load={load} alone>{(place) => <WorkPlace project={place.view} desk={place.desk} outbox={place.outbox} />}</Loaded>;
}

/** What a sitting needs: with a pack on the device, all of it is there without a line. */
async function openPlace(project: string) {
  const outbox = await myOutbox();
  const pack = await Pack.open(outbox.person, project);
  const view = (await pack.view()) ?? (await readProject(project));
  const desk = new Desk(project, outbox, () => pack.row.value?.side ?? sideHere(0.75), pack);
  void desk.start();
  void lookAtSpace();
  const leave = () => {
    desk.end();
    pack.close();
  };
  return { view, desk, outbox, leave };
}

type Open = "skip" | "guide" | "refused" | null;

function WorkPlace({ project, desk, outbox }: { project: ProjectView; desk: Desk; outbox: Outbox }) {
  const classes = useMemo(() => live(project.labelSet.classes), [project]);
  const [view, setView] = useState<View>(WHOLE);
  const [hidden, setHidden] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const [news, setNews] = useState(Boolean(project.guideline?.news)); // a pack from before there were any has none
  useEffect(() => desk.task.subscribe(() => {
    setView(WHOLE);
    setHidden(false);
  }), [desk]);
  const readGuide = () => {
    if (news) void readGuideline(project.id, project.guideline.version);
    setNews(false);
    setOpen("guide");
  };
  const say = async (said: Said, pressed = performance.now()) => {
    setOpen(null);
    const before = desk.task.peek();
    await desk.say(said);
    if (desk.task.peek() === before) return; // the device could not keep it
    if (said.answer === "class") flash(said.class);
    measure(desk, pressed);
  };
  const act = (a: Act, pressed?: number) => {
    switch (a.do) {
      case "class": return choose(classes.find((c) => c.key === a.key)!, pressed);
      case "accept": return choose(classes.find((c) => c.id === offered(desk.task.value))!, pressed);
      case "not-sure": return void say({ answer: "not_sure" }, pressed);
      case "skip": return setOpen("skip");
      case "undo": return void desk.undo();
      case "guide": return readGuide();
      case "hide": return setHidden((h) => !h);
      case "object": return void say({ answer: "skip", reason: "class_wrong" });
      case "zoom-in": return setView((v) => zoomAt(v, 1.4, { x: 0, y: 0 }, well()));
      case "zoom-out": return setView((v) => zoomAt(v, 1 / 1.4, { x: 0, y: 0 }, well()));
      case "pan": return setView((v) => drag(v, a.x * 60, a.y * 60, well()));
      case "whole": return setView(WHOLE);
    }
  };
  const choose = (c: Class, pressed?: number) => void say({ answer: "class", class: c.id }, pressed);
  const now = useRef({ act, choose });
  now.current = { act, choose };
  const acts = useMemo(() => (a: Act, pressed?: number) => now.current.act(a, pressed), []);
  const choosing = useMemo(() => (c: Class) => now.current.choose(c), []);
  const unsure = useMemo(() => () => now.current.act({ do: "not-sure" }), []);
  useKeys(acts, classes, open !== null, () => offered(desk.task.value) !== "");
  useEffect(() => {
    document.title = `${titleOf(project)} · Akhra`;
  }, [project]);
  const told = news && <p class="work-line" role="status">{t(project.guideline.version > 1 ? "guideline.changed" : "guideline.there")} <button type="button" class="link" onClick={readGuide}>{t("guideline.read")}</button></p>;
  return (
    <div class="work">
      <h1 class="unseen">{titleOf(project)}</h1>
      <WorkBar project={project} desk={desk} outbox={outbox} onRefused={() => setOpen("refused")} />
      <main class="work-stage" id="main">
        <Place project={project} desk={desk} outbox={outbox} hidden={hidden} view={view} onView={setView} onUnhide={() => setHidden(false)} />
        <Strip project={project.id} classes={classes} desk={desk} shows={project.settings.showModel} offers={project.settings.propose} news={told} onUndo={() => act({ do: "undo" })} />
      </main>
      <aside class={classes.length > 5 ? "work-panel work-panel-full" : "work-panel"} aria-label={t("work.panel")}>
        <DiskLow />
        <div class="work-question"><div><h2>{questionOf(project)}</h2><How desk={desk} classes={classes} /></div><Listen question={questionOf(project)} classes={classes} /></div>
        <Offer project={project.id} classes={classes} desk={desk} onChoose={choosing} onUnsure={unsure} />
        <Acts hidden={hidden} told={Boolean(project.guideline?.text)} onAct={acts} />
        {desk.last.value && told && <div class="work-late">{told}</div>}
        <Lines desk={desk} outbox={outbox} />
        <NextPage project={project.id} desk={desk} />
      </aside>
      {open === "skip" && <SkipSheet onSkip={(reason: Reason) => void say({ answer: "skip", reason })} onClose={() => setOpen(null)} />}
      {open === "guide" && <GuideSheet project={project.id} guideline={project.guideline?.text ?? ""} classes={classes} onClose={() => setOpen(null)} />}
      {open === "refused" && <RefusedSheet refused={outbox.refused.value} onRead={(n) => void outbox.forget(n)} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** The picture, or what there is in its place. */
function Place({ project, desk, outbox, ...rest }: { project: ProjectView; desk: Desk; outbox: Outbox; hidden: boolean; view: View; onView: (v: View) => void; onUnhide: () => void }) {
  if (!desk.task.value) return <Notice project={project} state={desk.state.value} problem={desk.problem.value} line={outbox.line.value} />;
  return <Stage task={desk.task.value.id} shot={desk.shot.value} onReload={() => desk.reload()} {...rest} />;
}

/** What stands in the way of keeping or sending answers, in one line. */
function Lines({ desk, outbox }: { desk: Desk; outbox: Outbox }) {
  if (outbox.line.value === "signed-out") {
    return <p class="work-line" role="alert">{t("work.signedOut", { n: outbox.waiting.value })} <button type="button" class="link" onClick={() => (me.value = null)}>{t("signin.do")}</button></p>;
  }
  if (desk.problem.value === "full") return <p class="work-line" role="alert">{t("work.full")}</p>;
  return tight.value ? <p class="work-line" role="status">{t("pack.tight")}</p> : null;
}

/** The way back to a page of pictures, once what was left of the last one is answered. */
function NextPage({ project, desk }: { project: string; desk: Desk }) {
  const [of] = useState(() => Number(new URLSearchParams(location.search).get("grid")) || 0);
  if (of === 0 || desk.done.value < of) return null;
  return <p class="work-line work-next" role="status">{t("grid.next")} <a href={`/projects/${project}/grid`}>{t("grid.toNext")}</a></p>;
}

/** The acts that every question has. */
function Acts({ hidden, told, onAct }: { hidden: boolean; told: boolean; onAct: (a: Act) => void }) {
  return (
    <div class="acts-work">
      <button type="button" class="button act-unsure" onClick={() => onAct({ do: "not-sure" })} aria-keyshortcuts="0"><Icon name="question" />{t("work.notSure")}<kbd>0</kbd></button>
      <button type="button" class="button act-skip" onClick={() => onAct({ do: "skip" })} aria-keyshortcuts="S"><Icon name="skip" />{t("work.skip")}<kbd>S</kbd></button>
      <button type="button" class="act-row act-object" onClick={() => onAct({ do: "object" })} aria-keyshortcuts="O"><Icon name="flag" />{t("work.object")}<kbd>O</kbd></button>
      <button type="button" class="act-row act-hide" onClick={() => onAct({ do: "hide" })} aria-keyshortcuts="H" aria-pressed={hidden}><Icon name="hide" /><Sized long={t("work.hide")} short={t("work.hideShort")} /><kbd>H</kbd></button>
      <button type="button" class="act-row act-guide" onClick={() => onAct({ do: "guide" })} aria-keyshortcuts="? E"><Icon name="help" />{told ? t("guideline.title") : <Sized long={t("work.guide")} short={t("work.guideShort")} />}<kbd>?</kbd></button>
    </div>
  );
}

/** Reads question and classes aloud, where the device has a voice. */
function Listen({ question, classes }: { question: string; classes: readonly Class[] }) {
  if (typeof speechSynthesis === "undefined") return null;
  const read = () => {
    speechSynthesis.cancel();
    const text = [question, ...classes.map((c) => (ruleOf(c) ? `${nameOf(c)}: ${ruleOf(c)}` : nameOf(c)))].join(". ");
    const voice = new SpeechSynthesisUtterance(text);
    voice.lang = language.value === "hi" ? "hi-IN" : "en-IN";
    speechSynthesis.speak(voice);
  };
  return <button type="button" class="listen" aria-label={t("work.listen")} onClick={read}><Icon name="listen" size={22} /></button>;
}

function well(): { width: number; height: number } {
  const box = document.querySelector(".stage-well");
  return { width: box?.clientWidth ?? 0, height: box?.clientHeight ?? 0 };
}

/** Keys act wherever the focus is, but not under an open sheet or in a text field. */
function useKeys(act: (a: Act, pressed: number) => void, classes: readonly Class[], covered: boolean, offers: () => boolean): void {
  const now = useRef({ act, offers });
  now.current = { act, offers };
  useLayoutEffect(() => {
    const keys = classes.map((c) => c.key ?? "").filter(Boolean);
    const press = (e: KeyboardEvent) => {
      const typing = covered || !forPage(e);
      const a = actOf(e, typing, keys);
      if (!a || a.do === "accept" && (!now.current.offers() || presses(e))) return;
      e.preventDefault();
      now.current.act(a, e.timeStamp);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [classes, covered]);
}

/** Whether a key presses what was reached by keys: Enter on a button is that button's. */
function presses(e: KeyboardEvent): boolean {
  return e.key === "Enter" && (e.target as Element).matches(":is(button, a, summary):focus-visible");
}

/** Leaves the time from the press to the next picture on the screen in the browser's performance timeline. */
function measure(desk: Desk, pressed: number): void {
  const seen = () => {
    if (desk.task.value && desk.shot.value === null) return void requestAnimationFrame(seen);
    setTimeout(() => performance.measure("answer-to-picture", { start: pressed, end: performance.now() })); // runs once this frame is drawn
  };
  requestAnimationFrame(seen);
}
