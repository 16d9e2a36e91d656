import { ofTen } from "../core/doubt";
import { nameOf } from "../core/naming";
import type { Class, ItemRow } from "../core/project";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";

/** What the grid shows. */
export interface GridProps {
  project: string;
  classes: readonly Class[];
  rows: readonly ItemRow[];
  /** Called when a picture gets the focus. */
  onVisit: (item: string) => void;
}

/** Pictures in columns of 4:3, each with its class and how sure that is. */
export function Grid({ project, classes, rows, onVisit }: GridProps) {
  return (
    <ul class="grid">
      {rows.map((r) => {
        const place = classes.findIndex((c) => c.id === r.class);
        const c = classes[place];
        return (
          <li key={r.id}>
            <a class="shot" href={`/projects/${project}/pictures/${r.id}`} data-item={r.id} onFocus={() => onVisit(r.id)} aria-label={spoken(r, c)}>
              <img src={r.thumb} alt="" loading="lazy" />
            </a>
            <p class="grid-caption">
              {c ? <><ClassTile class={c} place={place} size="caption" /><b>{nameOf(c)}</b></> : <span class="label">{t("browse.noAnswer")}</span>}
              {c && <span class="label">{sure(r)}</span>}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** How sure the class of a picture is, in tenths. */
export function sure(r: { posterior: number }): string {
  const n = ofTen(r.posterior);
  return n === 0 ? t("browse.sureUnder") : t("browse.sure", { n });
}

function spoken(r: ItemRow, c: Class | undefined): string {
  return c ? t("browse.spoken", { name: r.name, class: nameOf(c), sure: sure(r) }) : t("browse.spokenNone", { name: r.name });
}
