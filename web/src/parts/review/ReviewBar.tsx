import { titleOf } from "../../core/naming";
import type { ProjectView } from "../../core/project";
import { t } from "../../core/words";
import type { Bench } from "../../sync/bench";
import { Icon, Mark } from "../Icon";
import { Menu } from "../Menu";

/** The bar over a reviewer's work: where one is, and how many wait for a decision. */
export function ReviewBar({ project, bench }: { project: ProjectView; bench: Bench }) {
  const done = bench.done.value;
  const all = done + bench.left.value;
  return (
    <header class="work-bar">
      <a class="top-brand" href={`/projects/${project.id}`} aria-label={t("work.toProject")}><Mark /></a>
      <span class="work-name">{titleOf(project)}</span>
      {all > 0 && (
        <span class="work-far">
          <progress value={done} max={all} aria-label={t("review.far")} />
          <span>{t("item.place", { n: done, m: all })}</span>
        </span>
      )}
      <span class="work-end">
        <a class="top-icon work-help" href="/help" aria-label={t("help.title")}><Icon name="help" size={22} /></a>
        <Menu />
      </span>
    </header>
  );
}
