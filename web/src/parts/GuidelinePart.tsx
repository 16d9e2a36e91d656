import { useRef, useState } from "preact/hooks";
import { type Guideline, LONGEST_GUIDELINE } from "../core/guideline";
import { date, number, t } from "../core/words";
import { bringPicture, guideline as read, setGuideline } from "../sync/guideline";
import type { ProjectView } from "../core/project";
import { Icon } from "./Icon";
import { Markdown } from "./Markdown";
import "../style/guideline.css";

/** What people are told before they answer: read, changed by those who lead, and read as it was before. */
export function GuidelinePart({ project, leads, again }: { project: ProjectView; leads: boolean; again: () => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const [old, setOld] = useState<Guideline | null>(null);
  const [problem, setProblem] = useState("");
  const now = project.guideline;
  const trying = (work: Promise<unknown>) => work.then(() => setProblem(""), (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown")));
  const save = () => trying(setGuideline(project.id, draft!, now.version).then(() => {
    setDraft(null);
    setOld(null);
    again();
  }));
  const open = (version: number) => trying(read(project.id, version).then(setOld));
  return (
    <section class="part" id="guideline" aria-labelledby="guideline-h">
      <div class="part-head">
        <h2 id="guideline-h">{t("guideline.title")}</h2>
        {leads && draft === null && <button type="button" class="button" onClick={() => setDraft(now.text)}><Icon name="edit" size={20} />{t(now.text ? "classes.edit" : "guideline.write")}</button>}
      </div>
      {problem && <p class="bad" role="alert">{problem}</p>}
      {draft !== null ? <Editor project={project.id} draft={draft} onChange={setDraft} onSave={save} onLeave={() => setDraft(null)} trying={trying} />
        : old ? <Old project={project.id} of={old} onOpen={open} onClose={() => setOld(null)} />
        : now.text === "" ? <p class="label">{t("guideline.none")}</p>
        : <><Markdown project={project.id} text={now.text} />{now.version > 1 && <p class="guideline-foot"><button type="button" class="link" onClick={() => void open(now.version - 1)}>{t("guideline.before")}</button></p>}</>}
    </section>
  );
}

function Old({ project, of, onOpen, onClose }: { project: string; of: Guideline; onOpen: (version: number) => void; onClose: () => void }) {
  return (
    <>
      <p class="guideline-foot">
        <label>{t("guideline.version")} <select class="field" value={of.version} onChange={(e) => onOpen(Number(e.currentTarget.value))}>
          {of.versions.map((v) => <option key={v.version} value={v.version}>{`${v.version} · ${date(v.created)}`}</option>)}
        </select></label>
        <button type="button" class="link" onClick={onClose}>{t("guideline.newest")}</button>
      </p>
      <Markdown project={project} text={of.text} />
    </>
  );
}

interface EditorProps {
  project: string;
  draft: string;
  onChange: (text: string) => void;
  onSave: () => void;
  onLeave: () => void;
  trying: (work: Promise<unknown>) => Promise<void>;
}

/** The text, and beside it what people will see. */
function Editor({ project, draft, onChange, onSave, onLeave, trying }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const bring = (of: File | undefined) => of && trying(bringPicture(project, of).then((named) => {
    const at = field.current?.selectionEnd ?? draft.length;
    onChange(`${draft.slice(0, at)}\n![${t("guideline.alt")}](${named})\n${draft.slice(at)}`);
  }));
  return (
    <div class="guideline-edit">
      <div>
        <label class="label" for="guideline-text">{t("guideline.how")}</label>
        <textarea id="guideline-text" class="field guideline-text" ref={field} rows={14} maxLength={LONGEST_GUIDELINE} value={draft} placeholder={t("guideline.place")} onInput={(e) => onChange(e.currentTarget.value)} />
        <p class="label">{t("guideline.left", { n: number(LONGEST_GUIDELINE - draft.length) })}</p>
      </div>
      <div class="guideline-seen" aria-label={t("guideline.seen")} role="region"><p class="label">{t("guideline.seen")}</p><Markdown project={project} text={draft} /></div>
      <p class="acts">
        <button type="button" class="button" onClick={onSave}>{t("guideline.save")}</button>
        <button type="button" class="button" onClick={() => file.current?.click()}><Icon name="add" size={20} />{t("guideline.picture")}</button>
        <input ref={file} type="file" accept="image/*" hidden onChange={(e) => void bring(e.currentTarget.files?.[0])} />
        <button type="button" class="link" onClick={onLeave}>{t("page.leave")}</button>
      </p>
    </div>
  );
}
