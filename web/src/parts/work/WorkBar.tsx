import { t } from "../../core/words";
import type { Line } from "../../sync/outbox";
import { Icon, Mark } from "../Icon";
import { Menu } from "../Menu";

/** The bar over the work: where one is, how far, and what waits on this device. */
export function WorkBar({ project, name, done, left, waiting, refused, line, onRefused }: {
  project: string;
  name: string;
  done: number;
  left: number;
  waiting: number;
  refused: number;
  line: Line;
  onRefused: () => void;
}) {
  const all = done + left;
  return (
    <header class="work-bar">
      <a class="top-brand" href={`/projects/${project}`} aria-label={t("work.toProject")}><Mark /></a>
      <span class="work-name">{name}</span>
      <span class="work-far">
        <progress value={done} max={Math.max(1, all)} aria-label={t("work.far")} />
        <span>{t("item.place", { n: done, m: all })}</span>
      </span>
      <span class="work-end">
        {refused > 0 && <button type="button" class="badge badge-refused" onClick={onRefused}><Icon name="warning" />{t("work.refused", { n: refused })}</button>}
        <Badge waiting={waiting} line={line} />
        <a class="top-icon work-help" href="/help" aria-label={t("help.title")}><Icon name="help" size={22} /></a>
        <Menu />
      </span>
    </header>
  );
}

/** How many answers wait on this device; while the line is up and none waits, that all are sent. */
function Badge({ waiting, line }: { waiting: number; line: Line }) {
  const quiet = waiting === 0;
  return (
    <span class={quiet ? "badge badge-sent" : "badge"} role="status" title={line === "down" ? t("page.lineDown") : undefined}>
      <Icon name={quiet ? "check" : "device"} />
      {quiet ? t("work.sent") : t("work.saved", { n: waiting })}
    </span>
  );
}
