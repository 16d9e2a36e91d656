import { type Batch, LONGEST_BATCH, overlaps, PRIORITIES, type Priority } from "../../core/batch";
import type { ProjectView } from "../../core/project";
import { number, t } from "../../core/words";
import { Icon } from "../Icon";

interface BatchRowProps {
  project: ProjectView;
  batch: Batch;
  onChange: (b: Batch) => Promise<void>;
  onDrop: () => Promise<void>;
}

/** One batch: each change is stored when it is made. */
export function BatchRow({ project: p, batch: b, onChange, onDrop }: BatchRowProps) {
  const rename = (e: Event) => {
    const field = e.currentTarget as HTMLInputElement;
    const name = field.value.trim();
    if (!name) field.value = b.name;
    else if (name !== b.name) void onChange({ ...b, name });
  };
  return (
    <tr>
      <td class="batches-name"><input class="field" value={b.name} maxLength={LONGEST_BATCH} aria-label={t("batch.nameOf", { name: b.name })} onChange={rename} /></td>
      <td class="batches-far"><Far project={p.id} batch={b} /></td>
      <td data-label={t("batch.priority")}>
        <select class="field" value={b.priority} aria-label={t("batch.priorityOf", { name: b.name })} onChange={(e) => void onChange({ ...b, priority: e.currentTarget.value as Priority })}>
          {PRIORITIES.map((one) => <option key={one} value={one}>{t(`batch.priority.${one}`)}</option>)}
        </select>
      </td>
      <td data-label={t("batch.overlap")}>
        <select class="field" value={b.overlap} aria-label={t("batch.overlapOf", { name: b.name })} onChange={(e) => void onChange({ ...b, overlap: Number(e.currentTarget.value) })}>
          {overlaps(p.settings.overlap, b.overlap).map((n) => <option key={n} value={n}>{n === 0 ? t("batch.asProject", { n: p.settings.overlap }) : number(n)}</option>)}
        </select>
      </td>
      <td class="batches-drop">{b.pictures === 0 && <button type="button" class="bare" aria-label={t("batch.drop", { name: b.name })} onClick={() => void onDrop()}><Icon name="close" size={20} /></button>}</td>
    </tr>
  );
}

/** How many of a batch's pictures are settled, and the way to them. */
function Far({ project, batch: b }: { project: string; batch: Batch }) {
  if (b.pictures === 0) return <span class="label">{t("batch.empty")}</span>;
  return (
    <>
      <a class="link" href={`/projects/${project}/pictures?batch=${b.id}`}>{t("batch.done", { n: b.done, m: b.pictures })}</a>
      <progress class="bar" value={b.done} max={b.pictures} aria-label={t("batch.doneOf", { name: b.name })} />
    </>
  );
}
