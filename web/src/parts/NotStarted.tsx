import { useState } from "preact/hooks";
import type { ProjectView } from "../core/project";
import { t } from "../core/words";
import { may } from "../sync/me";
import { changeProject } from "../sync/projects";

/** Says that a project saved for later is not asked about yet, and starts it. */
export function NotStarted({ project, again }: { project: ProjectView; again: () => void }) {
  const [problem, setProblem] = useState("");
  const start = () =>
    changeProject(project.id, { settings: { started: true } }).then(again, (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown")));
  return (
    <div class="not-started">
      <p>{problem || t("project.notStarted")}</p>
      {may("manage-project") && <button type="button" class="button main" onClick={start}>{t("project.start")}</button>}
    </div>
  );
}
