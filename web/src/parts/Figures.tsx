import type { Progress } from "../core/project";
import { t } from "../core/words";

/** The three figures: answers per picture, right by estimate, certified. They are never added or mixed. */
export function Figures({ progress, majority }: { progress: Progress; majority: number }) {
  const e = progress.estimate;
  return (
    <dl class="figures">
      <div>
        <dt>{t("project.figure.answers")}<br />{t("project.figure.majority", { n: majority, x: majority.toFixed(2) })}</dt>
        <dd>{progress.answersPerPicture.toFixed(2)}</dd>
      </div>
      <div>
        <dt>{t("project.figure.estimate")}<br />{e ? t("project.figure.blind", { n: e.of }) : t("project.figure.tooFew")}</dt>
        <dd>{e && e.of > 0 ? <>{Math.round((100 * e.right) / e.of)} <small>{t("project.figure.of100")}</small></> : <span class="faint">–</span>}</dd>
      </div>
      <div>
        <dt>{certifiedWords(progress.certified)}</dt>
        <dd>{progress.certified ? t("project.figure.certified") : <span class="faint">{t("project.figure.notYet")}</span>}</dd>
      </div>
    </dl>
  );
}

function certifiedWords(certified: unknown): string {
  if (!isCertificate(certified)) return t("project.figure.notCertified");
  return t("project.figure.promiseKept", { wrong: Math.round(100 * (1 - certified.target)), sure: Math.round(100 * (1 - certified.delta)) });
}

function isCertificate(c: unknown): c is { target: number; delta: number } {
  return typeof c === "object" && c !== null && "target" in c && "delta" in c;
}
