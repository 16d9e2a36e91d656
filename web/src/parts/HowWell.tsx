import type { WorkProject } from "../core/skill";
import { number, t } from "../core/words";
import { OfTen } from "./OfTen";

/** How well one answers, project by project. */
export function HowWell({ projects }: { projects: readonly WorkProject[] }) {
  return (
    <section class="mine-well" aria-labelledby="well-h">
      <h2 id="well-h">{t("mine.well")}</h2>
      <ul class="wells">
        {projects.map((p) => (
          <li key={p.id}>
            <span class="well-name"><b>{p.name}</b><span class="label">{facts(p)}</span></span>
            <OfTen skill={p.skill} />
          </li>
        ))}
      </ul>
      <p class="label">{t("mine.speed")}</p>
    </section>
  );
}

function facts(p: WorkProject): string {
  const said = t("mine.answers", { n: number(p.answers) });
  return p.knownOf10 === null ? said : `${said} · ${t("mine.known", { n: p.knownOf10 })}`;
}
