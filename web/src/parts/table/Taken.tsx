import { said } from "../../core/server";
import type { Taking } from "../../core/table";
import { number, t } from "../../core/words";
import { refusedUrl } from "../../sync/tables";
import { Icon } from "../Icon";

/** How far a table is taken in, and what became of its lines. */
export function Taken({ project, id, of }: { project: string; id: string; of: Taking }) {
  const over = of.state !== "waiting" && of.state !== "running";
  if (!over) {
    return (
      <div class="table-taken" role="status">
        <p>{t("table.taking")}</p>
        <progress class="bar" value={of.total > 0 ? of.done : undefined} max={Math.max(1, of.total)} aria-label={t("table.progress")} />
      </div>
    );
  }
  return (
    <div class="table-taken" role="status">
      <h2>{t(of.state === "done" ? "table.done" : "table.stopped")}</h2>
      {of.note && <p class="bad">{said(of.note)}</p>}
      <p>{t("table.set", { n: number(of.set), k: number(of.known), l: number(of.left) })}</p>
      {of.refused > 0 && (
        <>
          <p class="bad">{t("table.refused", { n: number(of.refused) })}</p>
          <ul>{of.reasons.slice(0, 5).map((r) => <li key={r.line}>{t("table.line", { n: r.line, reason: said(r.reason) })}</li>)}</ul>
          {of.lines && <a class="button" href={refusedUrl(project, id)} download><Icon name="download" size={20} />{t("table.fetch")}</a>}
        </>
      )}
      <p><a class="link" href={`/projects/${project}`}>{t("table.back")}</a></p>
    </div>
  );
}
