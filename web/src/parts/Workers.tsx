import type { Worker } from "../core/project";
import { initials, personName } from "../core/naming";
import { t } from "../core/words";
import { may } from "../sync/me";

/** Who answers, and whether they do so now. */
export function Workers({ project, people }: { project: string; people: readonly Worker[] }) {
  const now = people.filter((p) => p.now).length;
  return (
    <section class="part" aria-labelledby="workers-h">
      <div class="part-head">
        <h2 id="workers-h">{t("project.workers.title")}</h2>
        {people.length > 0 && <p class="label">{t(people.length === 1 ? "project.workers.one" : "project.workers.count", { n: people.length, m: now })}</p>}
      </div>
      {people.length === 0 ? <p class="label">{t("project.workers.none")}</p> : (
        <ul class="workers">
          {people.slice(0, 8).map((p) => (
            <li key={p.name}>
              <span class="face" aria-hidden="true">{initials(p.name)}</span>
              <span class="worker-who"><b>{personName(p.name)}</b><span class={p.now ? "now" : "away"}>{t(p.now ? "project.workers.now" : "project.workers.away")}</span></span>
              <span class="worker-n"><b>{p.answers}</b> {t("project.workers.answers")}</span>
            </li>
          ))}
        </ul>
      )}
      {people.length > 0 && may("see-skills") && <p><a class="link" href={`/projects/${project}/people`}>{t("project.workers.how")}</a></p>}
    </section>
  );
}
