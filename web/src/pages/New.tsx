import { useRef, useState } from "preact/hooks";
import { add, fault, named } from "../core/classes";
import { newId } from "../core/id";
import { navigate } from "../core/route";
import type { Class } from "../core/project";
import { moment, t } from "../core/words";
import { sendFiles } from "../parts/AddPictures";
import { ClassEditor } from "../parts/ClassEditor";
import { DropZone } from "../parts/DropZone";
import { Field } from "../parts/Field";
import { Page } from "../parts/Page";
import { Previews } from "../parts/Previews";
import { UploadState } from "../parts/UploadState";
import { type Picked, folderNames } from "../parts/pickFiles";
import { addProject, askEach, changeProject, setClasses } from "../sync/projects";
import { uploadOf } from "../sync/upload";
import "../style/shared.css";
import "../style/new.css";

/** A new project: pictures left, classes right, one act below. */
export default function New() {
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [question, setQuestion] = useState(() => t("new.questionFirst"));
  const [classes, setClassList] = useState<Class[]>(() => add(add([], newId()), newId()));
  const [problem, setProblem] = useState<{ class?: string; text: string } | null>(null);
  const [folders, setFolders] = useState<string[]>([]);
  const [several, setSeveral] = useState(false);
  const [busy, setBusy] = useState(false);
  const [untitled] = useState(() => `${t("new.untitled")}, ${moment(Date.now())}`);
  const draft = useDraft(id, untitled);

  const files = async (picked: Picked[]) => {
    if (picked.length === 0) return;
    setFolders(folderNames(picked));
    try {
      await draft(name, question, classes);
      sendFiles(id, picked);
    } catch (e) {
      setProblem({ text: words(e) });
    }
  };
  const save = async (started: boolean) => {
    const wrong = started ? fault(classes) : null;
    if (started && name.trim() === "") return setProblem({ text: t("new.noName") });
    if (wrong) return setProblem({ class: wrong.class, text: t(wrong.word) });
    setBusy(true);
    try {
      await draft(name, question, classes);
      if (several) return await family(started);
      await setClasses(id, filled(classes));
      await changeProject(id, { name: name.trim() || untitled, question: question.trim() || t("new.questionFirst"), settings: { started } });
      navigate(started && uploadOf(id).tally.value.total > 0 ? `/projects/${id}/work` : `/projects/${id}`);
    } catch (e) {
      setProblem({ text: words(e) });
      setBusy(false);
    }
  };
  /** Names first, for the family takes the project's. */
  const family = async (started: boolean) => {
    await changeProject(id, { name: name.trim() || untitled, settings: { started } });
    await askEach(id, named(classes));
    navigate("/");
  };
  return (
    <Page title={t("new.title")}>
      <div class="new">
        <section class="new-pictures" aria-labelledby="pictures-h">
          <h1 id="pictures-h">{t("new.pictures")}</h1>
          <DropZone onFiles={(f) => void files(f)} />
          <UploadState upload={uploadOf(id)} />
          <Previews upload={uploadOf(id)} />
        </section>
        <section class="new-classes" aria-labelledby="classes-h">
          <div class="new-names">
            <Field label={t("new.name")} value={name} onValue={setName} maxLength={120} />
            <Field label={t("new.question")} value={question} onValue={setQuestion} maxLength={200} />
          </div>
          <div class="part-head"><h2 id="classes-h">{t("classes.title")}</h2><p class="label">{t("classes.columns")}</p></div>
          <Several value={several} onValue={setSeveral} />
          {folders.length > 0 && <FromFolders names={folders} take={(list) => { setClassList(list); setFolders([]); }} />}
          <ClassEditor classes={classes} onChange={(c) => { setClassList(c); setProblem(null); }} fault={problem?.class ? problem : null} />
        </section>
        <div class="new-bar">
          {problem && !problem.class ? <p class="bad" role="alert">{problem.text}</p> : <p><b>{t("new.rule")}</b> <span class="label">{t("new.ruleNext")}</span></p>}
          <button type="button" class="button new-later" disabled={busy} onClick={() => save(false)}>{t("new.later")}</button>
          <button type="button" class="button main" disabled={busy} onClick={() => save(true)}>{t("new.start")}</button>
        </div>
      </div>
    </Page>
  );
}

/** How many classes one picture may show. */
function Several({ value, onValue }: { value: boolean; onValue: (several: boolean) => void }) {
  const choice = (several: boolean, word: "new.one" | "new.several") => (
    <label class="check new-choice"><input type="radio" name="several" checked={value === several} onChange={() => onValue(several)} /><span>{t(word)}</span></label>
  );
  return <fieldset class="new-several"><legend class="label">{t("new.shows")}</legend>{choice(false, "new.one")}{choice(true, "new.several")}</fieldset>;
}

function FromFolders({ names, take }: { names: readonly string[]; take: (classes: Class[]) => void }) {
  const list = () => take(names.reduce<Class[]>((all, n) => add(all, newId(), n.replace(/[_-]+/g, " ")), []));
  return (
    <p class="new-folders">
      {t("new.folders", { n: names.length })} <button type="button" class="link" onClick={list}>{t("new.foldersTake")}</button>
    </p>
  );
}

/** Creates the project at the first need and only once, so that pictures can travel while classes are written. */
function useDraft(id: string, untitled: string): (name: string, question: string, classes: Class[]) => Promise<void> {
  const made = useRef<Promise<unknown> | null>(null);
  return async (name, question, classes) => {
    made.current ??= addProject({
      id, name: name.trim() || untitled, question: question.trim() || t("new.questionFirst"), classes: filled(classes), settings: { started: false },
    });
    try {
      await made.current;
    } catch (e) {
      made.current = null;
      throw e;
    }
  };
}

/** The named classes, or two to begin with where fewer have names or two share one. */
function filled(classes: readonly Class[]): Class[] {
  const good = named(classes);
  if (good.length >= 2 && fault(good) === null) return good;
  return classes.slice(0, Math.max(2, classes.length)).map((c, i) => ({ ...c, name: unique(classes, c.name.trim(), i) }));
}

function unique(classes: readonly Class[], name: string, at: number): string {
  const taken = classes.some((c, i) => i < at && c.name.trim().toLowerCase() === name.toLowerCase());
  return name === "" || taken ? t("classes.nth", { n: at + 1 }) : name;
}

function words(e: unknown): string {
  return e instanceof Error && e.message ? e.message : t("page.lineDown");
}
