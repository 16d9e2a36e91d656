import { useState } from "preact/hooks";
import { kindWord } from "../../core/programs";
import type { ProjectCard } from "../../core/project";
import { t } from "../../core/words";
import { addHook } from "../../sync/programs";
import { Field } from "../Field";
import { useAct } from "../useAct";
import { Choices } from "./Choices";
import { Secret } from "./Secret";

/** Tells an address of what happens. */
export function AddHook({ kinds, projects, again }: { kinds: readonly string[]; projects: readonly ProjectCard[]; again: () => void }) {
  const [url, setUrl] = useState("");
  const [chosen, setChosen] = useState<string[]>(["dataset.exported"]);
  const [project, setProject] = useState("");
  const [secret, setSecret] = useState("");
  const { problem, busy, run } = useAct();
  const send = (e: Event) => {
    e.preventDefault();
    void run(async () => {
      setSecret((await addHook(url.trim(), chosen, project)).secret);
      setUrl("");
      again();
    });
  };
  return (
    <section class="programs-second" aria-labelledby="add-hook-h">
      <h2 id="add-hook-h">{t("programs.addHook")}</h2>
      <p class="label">{t("programs.addHookHow")}</p>
      <form onSubmit={send}>
        <Field label={t("programs.url")} value={url} onValue={setUrl} maxLength={1000} type="url" required plain />
        <Choices legend={t("programs.kinds")} all={kinds} chosen={chosen} words={(k) => t(`programs.kind.${kindWord(k)}`)} onChange={setChosen} />
        <label class="fieldset">
          <span class="label">{t("programs.ofProject")}</span>
          <select class="field" value={project} onChange={(e) => setProject(e.currentTarget.value)}>
            <option value="">{t("programs.allProjects")}</option>
            {projects.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}
          </select>
        </label>
        <p class="bad" role="alert">{problem}</p>
        <button class="button main" disabled={busy}>{t("programs.makeHook")}</button>
      </form>
      {secret && <Secret title={t("programs.key")} lead={t("programs.keyOnce")} text={secret} />}
    </section>
  );
}
