import { ofTen } from "../core/doubt";
import { live } from "../core/project";
import { type WorkProject, tenRange } from "../core/skill";
import { number, t } from "../core/words";
import { MixUps } from "./MixUps";

/** How the score of one project comes about, in plain words and with its figures. */
export function HowScore({ of }: { of: WorkProject }) {
  return (
    <section class="mine-how" aria-labelledby="how-h">
      <h2 id="how-h">{t("mine.how")}</h2>
      {of.skill && <Figures of={of} />}
      {[1, 2, 3, 4, 5].map((n) => <p key={n}>{t(`mine.how${n}`, { n: of.drawn })}</p>)}
      {of.skill && (
        <>
          <h3>{t("mine.mixes")}</h3>
          <MixUps skill={of.skill} classes={live(of.labels.classes)} mine />
        </>
      )}
    </section>
  );
}

/** The figures that the score is made of. */
function Figures({ of }: { of: WorkProject }) {
  const s = of.skill!;
  const range = tenRange(s);
  return (
    <dl class="score-figures">
      <div><dt>{t("mine.figure.named")}</dt><dd>{number(s.of)}</dd></div>
      <div><dt>{t("mine.figure.agree")}</dt><dd>{number(Math.round(s.agree))}</dd></div>
      {of.average !== null && <div><dt>{t("mine.figure.average")}</dt><dd>{t("mine.figure.ten", { n: ofTen(of.average) })}</dd></div>}
      <div class="score-sum"><dt>{t("mine.figure.score", { name: of.name })}</dt><dd>{s.few ? t("project.report.few") : t("mine.figure.ten", { n: range.ten })}</dd></div>
    </dl>
  );
}
