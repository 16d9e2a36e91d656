import { t } from "../../core/words";
import type { DeskState } from "../../sync/desk";
import type { Line } from "../../sync/outbox";
import { Coming } from "./Stage";

/** What stands in the place of the picture when there is none, and what to do then. */
export function Notice({ project, state, problem, line }: { project: string; state: DeskState; problem: string; line: Line }) {
  if (state === "loading" || state === "working") return <div class="stage"><div class="stage-well" /><Coming /></div>;
  return (
    <div class="stage stage-empty" role="status">
      <div>
        <p class="stage-lead">{lead(state, line, problem)}</p>
        <p>{t(state === "empty" ? "work.emptyNext" : state === "line-down" ? "work.lineDownNext" : "work.refusedNext")}</p>
        <a class="button" href={`/projects/${project}`}>{t("home.see")}</a>
      </div>
    </div>
  );
}

function lead(state: DeskState, line: Line, problem: string): string {
  if (state === "empty") return t("work.empty");
  if (line === "signed-out") return t("signin.title");
  return state === "line-down" ? t("work.lineDown") : problem;
}
