import type { ProjectView } from "../core/project";
import { number, t } from "../core/words";
import { exportUrl } from "../sync/projects";
import { Icon } from "./Icon";

/** The tables one can take away. */
export function Deliver({ project }: { project: ProjectView }) {
  const c = project.counts;
  return (
    <section class="part" id="export" aria-labelledby="deliver-h">
      <h2 id="deliver-h">{t("project.deliver.title")}</h2>
      <p class="label">{t("project.deliver.now", { n: number(c.done), m: number(c.items), k: number(c.answers) })}</p>
      <ul class="tables">
        <li>
          <a class="button" href={exportUrl(project.id, "csv")} download><Icon name="download" size={20} />{t("project.deliver.consensus")}</a>
          <span class="label">{t("project.deliver.consensusWhat")}</span>
        </li>
        <li>
          <a class="button" href={exportUrl(project.id, "votes")} download><Icon name="download" size={20} />{t("project.deliver.votes")}</a>
          <span class="label">{t("project.deliver.votesWhat")}</span>
        </li>
      </ul>
    </section>
  );
}
