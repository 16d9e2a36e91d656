import type { GridView } from "../../core/tiles";
import { t } from "../../core/words";
import type { Line } from "../../sync/outbox";
import { Coming } from "../work/Stage";

/** What stands in the place of the pictures when there are none, and what to do then. */
export function NoTiles({ project, grid, waits, line }: { project: string; grid: GridView | null; waits: boolean; line: Line }) {
  if (grid === null && (line === "up" || !waits)) return <div class="stage"><div class="stage-well" /><Coming /></div>;
  const [lead, next] = grid === null ? ["grid.kept", "grid.keptNext"] : grid.first > 0 ? ["grid.first", "grid.firstNext"] : [`grid.why.${grid.why}`, `grid.whyNext.${grid.why}`];
  const to = grid && grid.first > 0 ? `?grid=${grid.first}` : "";
  return (
    <div class="stage stage-empty" role="status">
      <div>
        <p class="stage-lead">{t(lead, { n: grid?.first ?? 0 })}</p>
        <p>{t(next)}</p>
        {grid && <a class="button main" href={`/projects/${project}/work${to}`}>{t(grid.first > 0 ? "grid.toFirst" : "grid.single")}</a>}
      </div>
    </div>
  );
}
