import type { ComponentChildren } from "preact";
import type { Reason } from "../../core/annotation";
import { nameOf } from "../../core/naming";
import { type Class, pictureUrl } from "../../core/project";
import { t } from "../../core/words";
import type { Desk, Given } from "../../sync/desk";
import type { Thought } from "../../sync/outbox";
import { ClassTile } from "../ClassTile";
import { Icon } from "../Icon";
import { Sized } from "./Sized";

/** The answer to an answer: what she said of the last picture, what the child thought, and Undo. Before the first there is room for what she should read. */
export function Strip({ project, classes, desk, shows, offers, news, onUndo }: { project: string; classes: readonly Class[]; desk: Desk; shows: boolean; offers: boolean; news: ComponentChildren; onUndo: () => void }) {
  const last = desk.last.value;
  if (!last && news) return <section class="strip" aria-label={t("work.last")}>{news}</section>;
  if (!last) return <FirstStrip text={t(offers ? "work.offers" : shows ? "work.keepsGuess" : "work.begin")} />;
  return (
    <LastStrip project={project} classes={classes} item={last.task.item} thought={desk.thought.value} named={last.said.answer === "class" ? last.said.class : ""} planted={desk.planted.value ? last.task.proposal : ""}
      said={<Said last={last} classes={classes} />} label={<Sized long={t("work.youSaid")} short={t("work.you")} />} undo={t("work.undo")} onUndo={desk.undoable.value > 0 ? onUndo : undefined} />
  );
}

/** The strip before the first answer. */
export function FirstStrip({ text }: { text: string }) {
  return <section class="strip" aria-label={t("work.last")}><p class="strip-first">{text}</p></section>;
}

/** What the strip tells of one picture that is answered. */
export interface LastStripProps {
  project: string;
  classes: readonly Class[];
  item: string;
  thought: Thought | null;
  /** The class she named, empty for none. */
  named: string;
  /** The class that was offered, wrong on purpose; empty for none. */
  planted?: string | undefined;
  label: ComponentChildren;
  said: ComponentChildren;
  undo: ComponentChildren;
  /** Absent when there is nothing to take back. */
  onUndo?: (() => void) | undefined;
}

/** What she said of a picture, what the child thought of it, and the way back. */
export function LastStrip({ project, classes, item, thought, named, planted, label, said, undo, onUndo }: LastStripProps) {
  const differs = thought !== null && named !== "" && thought.class !== named;
  return (
    <section class="strip" aria-label={t("work.last")} aria-live="polite">
      <img class="strip-thumb" src={pictureUrl(project, item, 320)} alt="" />
      <dl class="strip-said">
        <div><dt>{label}</dt><dd>{said}</dd></div>
        {thought && <div class={planted ? "strip-beside" : ""}><dt><Sized long={t("work.childThought")} short={t("work.child")} /></dt><dd><ClassName of={thought.class} classes={classes} />{thought.rightOf10 > 0 && <span class="short">{t("work.right", { n: thought.rightOf10 })}</span>}</dd></div>}
        {planted && <div class="strip-planted"><dt class="unseen">{t("work.guess")}</dt><dd><b>{t("work.plantShort")}</b></dd></div>}
      </dl>
      {planted ? <div class="strip-why"><p>{t("work.planted")}</p><p class="strip-look">{t(planted === named ? "work.plantTaken" : "work.plantSeen")}</p></div> : thought && (
        <div class="strip-why">
          <p>{t(differs ? "work.lookedLike" : "work.agreed")}</p>
          {thought.rightOf10 > 0 && <p class="label">{t("work.thisSure", { n: thought.rightOf10 })}</p>}
        </div>
      )}
      {differs && <div class="strip-near">{(thought.near ?? []).slice(0, 2).map((n) => <img key={n.item} src={n.thumb} alt={t("work.nearAlt")} />)}</div>}
      {onUndo && <button type="button" class="button strip-undo" onClick={onUndo} aria-keyshortcuts="Z"><Icon name="undo" />{undo}<kbd>Z</kbd></button>}
    </section>
  );
}

function Said({ last, classes }: { last: Given; classes: readonly Class[] }) {
  const said = last.said;
  if (said.answer === "class") return <ClassName of={said.class} classes={classes} />;
  return <b>{said.answer === "skip" ? t("work.skipped", { why: reasonWord(said.reason) }) : t("work.notSure")}</b>;
}

/** A class by its tile and name. */
export function ClassName({ of, classes }: { of: string; classes: readonly Class[] }) {
  const place = classes.findIndex((c) => c.id === of);
  const c = classes[place];
  return c ? <><ClassTile class={c} place={place} size="line" /><b>{nameOf(c)}</b></> : <b>{t("item.oldClass")}</b>;
}

/** The short word of a reason to skip. */
export function reasonWord(r: Reason): string {
  return t(`work.reason.${r}`);
}
