import type { Certificate, Progress } from "../core/project";
import { of100, wrongOf100 } from "../core/promise";
import { number, t } from "../core/words";

/** The three figures: answers per picture, right by estimate, certified. They are never added or mixed. */
export function Figures({ progress, majority, target }: { progress: Progress; majority: number; target: number }) {
  const e = progress.estimate;
  return (
    <dl class="figures">
      <div>
        <dt>{t("project.figure.answers")}<br />{t("project.figure.majority", { n: majority, x: number(majority, 2) })}</dt>
        <dd>{number(progress.answersPerPicture, 2)}</dd>
      </div>
      <div>
        <dt>{t("project.figure.estimate")}<br />{e ? t("project.figure.blind", { n: e.of }) : t("project.figure.tooFew")}</dt>
        <dd>{e && e.of > 0 ? <>{Math.round((100 * e.right) / e.of)} <small>{t("project.figure.of100")}</small></> : <span class="faint">–</span>}</dd>
      </div>
      <div>
        <dt>{certifiedWords(progress.certified, target)}</dt>
        <dd>{progress.certified ? t("project.figure.certified") : <span class="faint">{t("project.figure.notYet")}</span>}</dd>
      </div>
    </dl>
  );
}

function certifiedWords(c: Certificate | null, target: number): string {
  if (c) {
    const kept = t("project.figure.promiseKept", { wrong: wrongOf100(c.wrong), sure: of100(c.confidence) });
    return c.by ? `${kept},\n${t("project.figure.by", { name: c.by })}` : kept;
  }
  return target > 0 ? t("project.figure.promised", { n: Math.round(100 * target) }) : t("project.figure.notCertified");
}
