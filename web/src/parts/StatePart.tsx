import { useState } from "preact/hooks";
import { KEPT_PROJECT, type ProjectState, type ProjectView } from "../core/project";
import { navigate } from "../core/route";
import { date, t } from "../core/words";
import { may } from "../sync/me";
import { eraseProject, setState } from "../sync/projects";

/** Pausing a project, putting it out of the way, and taking it away: each with what follows from it. */
export function StatePart({ project: p, again }: { project: ProjectView; again: () => void }) {
  const [typing, setTyping] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const set = (state: ProjectState, name = "") => setState(p.id, state, name).then(() => {
    setTyping(null);
    setProblem("");
    again();
  }, (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown")));
  const removed = p.state === "removed";
  const erase = () => eraseProject(p.id, typing!).then(() => navigate("/"), (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown")));
  const open = p.state === "active" || p.state === "paused";
  return (
    <section class="part" id="state" aria-labelledby="state-h">
      <h2 id="state-h">{t("state.title")}</h2>
      <p class="label">{t(`state.now.${p.state}`, { day: date(p.stateAt + KEPT_PROJECT) })}</p>
      {problem && <p class="bad" role="alert">{problem}</p>}
      {typing !== null ? <Sure name={p.name} last={removed} typed={typing} onType={setTyping} onRemove={() => void (removed ? erase() : set("removed", typing))} onLeave={() => setTyping(null)} /> : (
        <p class="acts">
          {p.state === "active" && <button type="button" class="button" onClick={() => void set("paused")}>{t("state.pause")}</button>}
          {p.state === "paused" && <button type="button" class="button main" onClick={() => void set("active")}>{t("state.goOn")}</button>}
          {open ? <button type="button" class="button" onClick={() => void set("archived")}>{t("state.archive")}</button>
            : <button type="button" class="button main" onClick={() => void set("active")}>{t("state.back")}</button>}
          {(!removed || may("erase-project")) && <button type="button" class="link" onClick={() => setTyping("")}>{t(removed ? "state.erase" : "state.remove")}</button>}
        </p>
      )}
    </section>
  );
}

interface SureProps {
  name: string;
  /** It is deleted for good. */
  last: boolean;
  typed: string;
  onType: (name: string) => void;
  onRemove: () => void;
  onLeave: () => void;
}

/** Whoever removes or deletes a project types its name, so that it is not the wrong one. */
function Sure({ name, last, typed, onType, onRemove, onLeave }: SureProps) {
  return (
    <form class="state-sure" onSubmit={(e) => (e.preventDefault(), onRemove())}>
      <p>{t(last ? "state.sureErase" : "state.sure")}</p>
      <label class="label" for="state-name">{t("state.type", { name })}</label>
      <input id="state-name" class="field" autocomplete="off" value={typed} onInput={(e) => onType(e.currentTarget.value)} />
      <p class="acts">
        <button class="button" disabled={typed !== name}>{t(last ? "state.erase" : "state.remove")}</button>
        <button type="button" class="link" onClick={onLeave}>{t("page.leave")}</button>
      </p>
    </form>
  );
}

/** What stands over the page of a project that is not worked on. */
export function StateNotice({ project: p, leads }: { project: ProjectView; leads: boolean }) {
  if (p.state === "active") return null;
  return <p class="notice">{t(`state.now.${p.state}`, { day: date(p.stateAt + KEPT_PROJECT) })} {leads && <a class="link" href="#state">{t("state.change")}</a>}</p>;
}
