import { titleOf } from "../../core/naming";
import type { ProjectView } from "../../core/project";
import { path } from "../../core/route";
import { t } from "../../core/words";
import type { Desk } from "../../sync/desk";
import type { Outbox } from "../../sync/outbox";
import { Icon, Mark } from "../Icon";
import { Menu } from "../Menu";

type Counted = Pick<Desk, "done" | "left">;

/** The bar over the work: where one is, how far, and what waits on this device. */
export function WorkBar({ project, desk, outbox, onRefused }: { project: ProjectView; desk: Counted; outbox: Outbox; onRefused: () => void }) {
  const refused = outbox.refused.value.length;
  return (
    <header class="work-bar">
      <a class="top-brand" href={`/projects/${project.id}`} aria-label={t("work.toProject")}><Mark /></a>
      <span class="work-name">{titleOf(project)}</span>
      <Far desk={desk} />
      <span class="work-end">
        {refused > 0 && <button type="button" class="badge badge-refused" onClick={onRefused}><Icon name="warning" />{t("work.refused", { n: refused })}</button>}
        {project.settings.propose && !path.value.endsWith("/grid") && <a class="top-icon" href={`/projects/${project.id}/grid`} aria-label={t("grid.title")} title={t("grid.title")}><Icon name="grid" size={22} /></a>}
        <Badge project={project.id} outbox={outbox} />
        <a class="top-icon work-help" href="/help" aria-label={t("help.title")}><Icon name="help" size={22} /></a>
        <Menu />
      </span>
    </header>
  );
}

function Far({ desk }: { desk: Counted }) {
  const done = desk.done.value;
  const all = done + desk.left.value;
  if (all === 0) return null;
  return (
    <span class="work-far">
      <progress value={done} max={Math.max(1, all)} aria-label={t("work.far")} />
      <span>{t("item.place", { n: done, m: all })}</span>
    </span>
  );
}

/** How many answers wait on this device; while the line is up and none waits, that all are sent. It leads to what else is on the device. */
function Badge({ project, outbox }: { project: string; outbox: Outbox }) {
  const waiting = outbox.waiting.value;
  const quiet = waiting === 0;
  return (
    <a class={quiet ? "badge badge-sent" : "badge"} href={`/projects/${project}/pack`} title={outbox.line.value === "down" ? t("page.lineDown") : t("pack.title")}>
      <Icon name={quiet ? "check" : "device"} />
      <span role="status">{quiet ? t("work.sent") : t("work.saved", { n: waiting })}</span>
    </a>
  );
}
