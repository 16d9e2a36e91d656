import type { Worker } from "../core/project";
import { initials } from "../core/naming";
import { t } from "../core/words";

/** Who answers, and whether they do so now. */
export function Workers({ people }: { people: readonly Worker[] }) {
  const now = people.filter((p) => p.now).length;
  return (
    <section class="part" aria-labelledby="workers-h">
      <div class="part-head">
        <h2 id="workers-h">{t("project.workers.title")}</h2>
        {people.length > 0 && <p class="label">{t("project.workers.count", { n: people.length, m: now })}</p>}
      </div>
      {people.length === 0 ? <p class="label">{t("project.workers.none")}</p> : (
        <ul class="workers">
          {people.slice(0, 8).map((p) => (
            <li key={p.name}>
              <span class="face" aria-hidden="true">{initials(p.name)}</span>
              <span class="worker-who"><b>{p.name}</b><span class={p.now ? "now" : "away"}>{t(p.now ? "project.workers.now" : "project.workers.away")}</span></span>
              <span class="worker-n"><b>{p.answers}</b> {t("project.workers.answers")}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
