import type { Reason } from "../../core/annotation";
import { nameOf } from "../../core/naming";
import { type Class, pictureUrl } from "../../core/project";
import { t } from "../../core/words";
import type { Desk, Given } from "../../sync/desk";
import { ClassTile } from "../ClassTile";
import { Icon } from "../Icon";
import { Sized } from "./Sized";

/** The answer to an answer: what she said of the last picture, what the child thought, and Undo. */
export function Strip({ project, classes, desk, shows, onUndo }: { project: string; classes: readonly Class[]; desk: Desk; shows: boolean; onUndo: () => void }) {
  const last = desk.last.value;
  const thought = desk.thought.value;
  if (!last) return <section class="strip" aria-label={t("work.last")}><p class="strip-first">{t(shows ? "work.keepsGuess" : "work.begin")}</p></section>;
  const said = last.said.answer === "class" ? last.said.class : "";
  const differs = thought !== null && said !== "" && thought.class !== said;
  return (
    <section class="strip" aria-label={t("work.last")} aria-live="polite">
      <img class="strip-thumb" src={pictureUrl(project, last.task.item, 320)} alt="" />
      <dl class="strip-said">
        <div><dt><Sized long={t("work.youSaid")} short={t("work.you")} /></dt><dd><Said last={last} classes={classes} /></dd></div>
        {thought && <div><dt><Sized long={t("work.childThought")} short={t("work.child")} /></dt><dd><Name of={thought.class} classes={classes} />{thought.rightOf10 > 0 && <span class="short">{t("work.right", { n: thought.rightOf10 })}</span>}</dd></div>}
      </dl>
      {thought && (
        <div class="strip-why">
          <p>{t(differs ? "work.lookedLike" : "work.agreed")}</p>
          {thought.rightOf10 > 0 && <p class="label">{t("work.thisSure", { n: thought.rightOf10 })}</p>}
        </div>
      )}
      {differs && <div class="strip-near">{(thought.near ?? []).slice(0, 2).map((n) => <img key={n.item} src={n.thumb} alt={t("work.nearAlt")} />)}</div>}
      {desk.undoable.value > 0 && <button type="button" class="button strip-undo" onClick={onUndo} aria-keyshortcuts="Z"><Icon name="undo" />{t("work.undo")}<kbd>Z</kbd></button>}
    </section>
  );
}

function Said({ last, classes }: { last: Given; classes: readonly Class[] }) {
  const said = last.said;
  if (said.answer === "class") return <Name of={said.class} classes={classes} />;
  return <b>{said.answer === "skip" ? t("work.skipped", { why: reasonWord(said.reason) }) : t("work.notSure")}</b>;
}

function Name({ of, classes }: { of: string; classes: readonly Class[] }) {
  const place = classes.findIndex((c) => c.id === of);
  const c = classes[place];
  return c ? <><ClassTile class={c} place={place} size="line" /><b>{nameOf(c)}</b></> : <b>{t("item.oldClass")}</b>;
}

/** The short word of a reason to skip. */
export function reasonWord(r: Reason): string {
  return t(`work.reason.${r}`);
}
