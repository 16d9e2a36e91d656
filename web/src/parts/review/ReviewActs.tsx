import { useEffect, useRef } from "preact/hooks";
import { t } from "../../core/words";
import { Icon } from "../Icon";
import { Sized } from "../work/Sized";
import type { ReviewAct } from "../work/keys";

/** The longest note, in letters. */
const NOTE = 500;

/** What goes along with a decision, and the ways past it. */
export interface ReviewActsProps {
  note: string;
  gold: boolean;
  /** Whether the note is being written. */
  writing: boolean;
  onNote: (note: string) => void;
  onWritten: () => void;
  onAct: (a: ReviewAct) => void;
}

/** A note, a known answer, skip for now, and the classes. */
export function ReviewActs({ note, gold, writing, onNote, onWritten, onAct }: ReviewActsProps) {
  return (
    <div class="acts-work acts-review">
      {(writing || note !== "") && <Note note={note} writing={writing} onNote={onNote} onWritten={onWritten} />}
      <button type="button" class="button act-note" onClick={() => onAct({ do: "note" })} aria-keyshortcuts="N" aria-pressed={note !== ""}><Icon name="edit" />{t("review.note")}<kbd>N</kbd></button>
      <button type="button" class="button act-skip" onClick={() => onAct({ do: "skip" })} aria-keyshortcuts="S"><Icon name="skip" />{t("work.skip")}<kbd>S</kbd></button>
      <button type="button" class="act-row act-gold" onClick={() => onAct({ do: "gold" })} aria-keyshortcuts="G" aria-pressed={gold}><Icon name={gold ? "check" : "plus"} /><Sized long={t(gold ? "review.goldOn" : "review.gold")} short={t("review.goldShort")} /><kbd>G</kbd></button>
      <button type="button" class="act-row act-guide" onClick={() => onAct({ do: "guide" })} aria-keyshortcuts="? E"><Icon name="help" /><Sized long={t("work.guide")} short={t("work.guideShort")} /><kbd>?</kbd></button>
    </div>
  );
}

function Note({ note, writing, onNote, onWritten }: { note: string; writing: boolean; onNote: (note: string) => void; onWritten: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (writing) field.current?.focus();
    else field.current?.blur();
  }, [writing]);
  const key = (e: KeyboardEvent) => {
    if (e.key !== "Escape" && !(e.key === "Enter" && !e.shiftKey)) return;
    e.preventDefault();
    e.stopPropagation();
    onWritten();
  };
  return (
    <label class="review-note">
      <span class="label">{t("review.noteHow")}</span>
      <textarea ref={field} class="field" rows={2} maxLength={NOTE} value={note} onInput={(e) => onNote(e.currentTarget.value)} onKeyDown={key} onBlur={onWritten} />
    </label>
  );
}
