import { useState } from "preact/hooks";
import { navigate } from "../core/route";
import { asked, type View, type Wanted } from "../core/wanted";
import { t } from "../core/words";
import { dropView, keepView } from "../sync/browse";
import { Icon } from "./Icon";

/** What the list of named searches shows. */
export interface ViewsProps {
  project: string;
  views: readonly View[];
  /** The one that is shown, empty for none. */
  at: string;
  wanted: Wanted;
  again: () => void;
}

/** The named searches of a project, each with its address, and the way to name the one that is shown. */
export function Views({ project, views, at, wanted, again }: ViewsProps) {
  const [problem, setProblem] = useState("");
  const tell = async (what: () => Promise<void>) => {
    try {
      await what();
      setProblem("");
      again();
    } catch (e) {
      setProblem(e instanceof Error ? e.message : t("page.lineDown"));
    }
  };
  const drop = (v: View) => tell(async () => {
    await dropView(project, v.id);
    if (v.id === at) navigate(`/projects/${project}/pictures`);
  });
  return (
    <fieldset class="views">
      <legend>{t("browse.views")}</legend>
      {views.length === 0 && asked(wanted) === 0 && <p class="label">{t("browse.viewsNone")}</p>}
      <ul>
        {views.map((v) => (
          <li key={v.id}>
            <a href={`/projects/${project}/views/${v.id}`} aria-current={v.id === at ? "page" : undefined}>{v.name}</a>
            {v.yours && <button type="button" class="bare" aria-label={t("browse.viewDrop", { name: v.name })} onClick={() => void drop(v)}><Icon name="close" size={18} /></button>}
          </li>
        ))}
      </ul>
      {at === "" && asked(wanted) > 0 && <Keep onKeep={(name) => tell(async () => navigate(`/projects/${project}/views/${await keepView(project, name, wanted)}`))} />}
      {problem && <p class="bad" role="alert">{problem}</p>}
    </fieldset>
  );
}

function Keep({ onKeep }: { onKeep: (name: string) => Promise<void> }) {
  const [name, setName] = useState("");
  return (
    <form onSubmit={(e) => {
      e.preventDefault();
      if (name.trim()) void onKeep(name.trim());
    }}>
      <input class="field" value={name} maxLength={80} placeholder={t("browse.viewName")} aria-label={t("browse.viewName")} onInput={(e) => setName(e.currentTarget.value)} />
      <button type="submit" class="button wide" disabled={!name.trim()}>{t("browse.viewKeep")}</button>
    </form>
  );
}
