import type { Class, ClassReport } from "../core/project";
import { ofTen } from "../core/doubt";
import { nameOf } from "../core/naming";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";
import { Dots } from "./Dots";

/** The report card: for each class, right out of ten on blind answers. */
export function ReportCard({ classes, reports, mine }: { classes: readonly Class[]; reports: readonly ClassReport[]; mine: boolean }) {
  const by = new Map(reports.map((r) => [r.id, r]));
  return (
    <section class="part" aria-labelledby="report-h">
      <div class="part-head">
        <h2 id="report-h">{t("project.report.title")}</h2>
        <p class="label">{t("project.report.of")}</p>
      </div>
      <ul class="report">
        {classes.map((c, i) => <Row key={c.id} of={c} place={i} report={by.get(c.id)} mine={mine} />)}
      </ul>
    </section>
  );
}

function Row({ of, place, report, mine }: { of: Class; place: number; report: ClassReport | undefined; mine: boolean }) {
  const few = !report || report.of === 0 || report.words === "few";
  const ten = report && report.of > 0 ? ofTen(report.right / report.of) : 0;
  const none = !report || report.of === 0;
  return (
    <li class="report-row">
      <ClassTile class={of} place={place} size="small" />
      <span class="report-name">{nameOf(of)}</span>
      <Dots ten={ten} few={few} />
      <span class="report-ten">{none ? <span aria-hidden="true">–</span> : <><b>{ten}</b> {t("project.report.ofTen")}</>}</span>
      <span class="report-words">
        <span class="report-taught">{taught(report, mine)}</span>
        <span class={few ? "few" : report?.stillAsks ? "" : "stopped"}>{state(report, few)}</span>
      </span>
    </li>
  );
}

function taught(r: ClassReport | undefined, mine: boolean): string {
  const n = r?.taughtBy ?? 0;
  return mine && r ? t("project.report.taughtMine", { n, m: r.yours }) : t("project.report.taught", { n });
}

function state(r: ClassReport | undefined, few: boolean): string {
  if (few) return t("project.report.few");
  return r?.stillAsks ? t("project.report.asks") : t("project.report.stopped");
}
