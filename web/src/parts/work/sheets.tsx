import { REASONS, type Reason } from "../../core/annotation";
import { nameOf, ruleOf } from "../../core/naming";
import { type Class, live, pictureUrl } from "../../core/project";
import { path } from "../../core/route";
import { said } from "../../core/server";
import { shortcutsOf } from "../../core/shortcuts";
import { t } from "../../core/words";
import type { Kept } from "../../sync/device";
import { ClassTile } from "../ClassTile";
import { Markdown } from "../Markdown";
import { Shortcuts } from "../Shortcuts";
import { Sheet } from "./Sheet";
import { digitOf } from "./keys";
import { reasonWord } from "./Strip";

/** Why a picture is skipped: one tap or digit. */
export function SkipSheet({ onSkip, onClose }: { onSkip: (r: Reason) => void; onClose: () => void }) {
  const key = (e: KeyboardEvent) => {
    const r = REASONS[digitOf(e) - 1];
    if (r) {
      e.preventDefault();
      onSkip(r);
    }
  };
  return (
    <Sheet title={t("work.skipWhy")} onClose={onClose}>
      <ul class="reasons" onKeyDown={key}>
        {REASONS.map((r, i) => (
          <li key={r}><button type="button" class="button" autofocus={i === 0} onClick={() => onSkip(r)}><kbd>{i + 1}</kbd><span>{reasonWord(r)}</span></button></li>
        ))}
      </ul>
    </Sheet>
  );
}

/** What she was told before she answers, then all classes with their rules and example pictures. */
export function GuideSheet({ project, guideline, classes, onClose }: { project: string; guideline: string; classes: readonly Class[]; onClose: () => void }) {
  return (
    <Sheet title={t(guideline ? "guideline.title" : "work.guide")} onClose={onClose}>
      {guideline && <Markdown project={project} text={guideline} />}
      {guideline && <h3 class="guide-classes">{t("work.guide")}</h3>}
      <ul class="guide">
        {live(classes).map((c, i) => (
          <li key={c.id}>
            <ClassTile class={c} place={i} size="choice" />
            <div><b>{nameOf(c)}</b><p class="label">{ruleOf(c) || t("work.noRule")}</p></div>
            {(c.examples ?? []).length > 0 && (
              <div class="guide-examples">{c.examples!.map((item) => <img key={item} src={pictureUrl(project, item, 320)} alt={t("work.exampleAlt", { name: nameOf(c) })} loading="lazy" />)}</div>
            )}
          </li>
        ))}
      </ul>
      <div class="guide-keys"><Shortcuts groups={shortcutsOf(path.value)} /></div>
    </Sheet>
  );
}

/** Answers the server would not take, with its reasons; each is kept until it was read. */
export function RefusedSheet({ refused, onRead, onClose }: { refused: readonly Kept[]; onRead: (n: number) => void; onClose: () => void }) {
  return (
    <Sheet title={t("work.refusedTitle")} onClose={onClose}>
      <ul class="refused">
        {refused.map((k) => (
          <li key={k.n}><p>{said(k.problem ?? "")}</p><button type="button" class="button" onClick={() => onRead(k.n!)}>{t("work.read")}</button></li>
        ))}
      </ul>
    </Sheet>
  );
}
