import type { ProjectView } from "../../core/project";
import { t } from "../../core/words";
import type { Desk } from "../../sync/desk";
import type { Outbox } from "../../sync/outbox";
import { Icon, Mark } from "../Icon";
import { Menu } from "../Menu";

/** The bar over the work: where one is, how far, and what waits on this device. */
export function WorkBar({ project, desk, outbox, onRefused }: { project: ProjectView; desk: Desk; outbox: Outbox; onRefused: () => void }) {
  const refused = outbox.refused.value.length;
  return (
    <header class="work-bar">
      <a class="top-brand" href={`/projects/${project.id}`} aria-label={t("work.toProject")}><Mark /></a>
      <span class="work-name">{project.name}</span>
      <Far desk={desk} />
      <span class="work-end">
        {refused > 0 && <button type="button" class="badge badge-refused" onClick={onRefused}><Icon name="warning" />{t("work.refused", { n: refused })}</button>}
        <Badge outbox={outbox} />
        <a class="top-icon work-help" href="/help" aria-label={t("help.title")}><Icon name="help" size={22} /></a>
        <Menu />
      </span>
    </header>
  );
}

function Far({ desk }: { desk: Desk }) {
  const done = desk.done.value;
  const all = done + desk.left.value;
  return (
    <span class="work-far">
      <progress value={done} max={Math.max(1, all)} aria-label={t("work.far")} />
      <span>{t("item.place", { n: done, m: all })}</span>
    </span>
  );
}

/** How many answers wait on this device; while the line is up and none waits, that all are sent. */
function Badge({ outbox }: { outbox: Outbox }) {
  const waiting = outbox.waiting.value;
  const quiet = waiting === 0;
  return (
    <span class={quiet ? "badge badge-sent" : "badge"} role="status" title={outbox.line.value === "down" ? t("page.lineDown") : undefined}>
      <Icon name={quiet ? "check" : "device"} />
      {quiet ? t("work.sent") : t("work.saved", { n: waiting })}
    </span>
  );
}
