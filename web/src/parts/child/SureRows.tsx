import { ofTen } from "../../core/doubt";
import type { Sure } from "../../core/explain";
import { t } from "../../core/words";
import { Dots } from "../Dots";

/** How far the child may be believed: for how sure it said it was, how often it was right. */
export function SureRows({ rows }: { rows: readonly Sure[] }) {
  return (
    <section class="part" aria-labelledby="sure-h">
      <div class="part-head">
        <h2 id="sure-h">{t("child.sure.title")}</h2>
        <p class="label">{t("project.report.of")}</p>
      </div>
      {rows.length === 0 ? <p class="label">{t("child.sure.none")}</p> : (
        <ul class="report sure">{[...rows].reverse().map((r) => <Row key={r.from} row={r} />)}</ul>
      )}
    </section>
  );
}

function Row({ row: r }: { row: Sure }) {
  const few = r.words === "few";
  const ten = ofTen(r.right / r.of);
  return (
    <li class="report-row sure-row">
      <span class="report-name">{said(r)}</span>
      <Dots ten={ten} few={few} />
      <span class="report-ten"><b>{ten}</b> {t("project.report.ofTen")}</span>
      <span class="report-words">
        <span>{t("child.sure.of", { n: r.of })}</span>
        {few && <span class="few">{t("project.report.few")}</span>}
      </span>
    </li>
  );
}

function said(r: Sure): string {
  if (r.from === 0) return t("child.sure.under", { n: r.to });
  return r.to === 10 ? t("child.sure.most") : t("child.sure.from", { n: r.from });
}
