import type { ProjectView } from "../../core/project";
import { t } from "../../core/words";
import type { DeskState } from "../../sync/desk";
import type { Line } from "../../sync/outbox";
import { Coming } from "./Stage";

/** What stands in the place of the picture when there is none, and what to do then. */
export function Notice({ project, state, problem, line }: { project: ProjectView; state: DeskState; problem: string; line: Line }) {
  if (state === "loading" || state === "working") return <div class="stage"><div class="stage-well" /><Coming /></div>;
  return (
    <div class="stage stage-empty" role="status">
      <div>
        <p class="stage-lead">{state === "empty" ? t(empty(project)[0]) : state === "closed" ? t("work.closed") : lead(state, line, problem)}</p>
        <p>{t(state === "empty" ? empty(project)[1] : state === "closed" ? "work.closedNext" : state === "line-down" ? "work.lineDownNext" : "work.refusedNext")}</p>
        <a class="button" href={`/projects/${project.id}`}>{t("home.see")}</a>
      </div>
    </div>
  );
}

/** Why there is nothing to ask, and what follows. */
function empty(p: ProjectView): [string, string] {
  if (!p.settings.started) return ["work.notStarted", "work.notStartedNext"];
  return p.counts.items === 0 ? ["work.noPictures", "work.noPicturesNext"] : ["work.empty", "work.emptyNext"];
}

function lead(state: DeskState, line: Line, problem: string): string {
  if (line === "signed-out") return t("signin.title");
  return state === "line-down" ? t("work.lineDown") : problem;
}
