import { nameOf } from "../core/naming";
import type { Class } from "../core/project";
import { matrix, type Skill } from "../core/skill";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";

/** Of more classes a table cannot be read; the mix-ups in words remain. */
export const MATRIX_CLASSES = 12;

/** The confusion as a small table: rows are what the pictures were, columns what was said; dots as large as their share of the row. */
export function Matrix({ skill, classes }: { skill: Skill; classes: readonly Class[] }) {
  return (
    <div class="matrix-box" role="region" tabIndex={0} aria-label={t("skill.matrix")}>
      <table class="matrix">
        <caption class="label">{t("skill.matrixHow")}</caption>
        <thead>
          <tr>
            <td />
            {classes.map((c, i) => <th key={c.id} scope="col"><ClassTile class={c} place={i} size="small" /><span class="unseen">{t("skill.saidClass", { name: nameOf(c) })}</span></th>)}
          </tr>
        </thead>
        <tbody>
          {matrix(skill, classes).map((row, k) => (
            <tr key={classes[k]!.id}>
              <th scope="row"><span class="matrix-class"><ClassTile class={classes[k]!} place={k} size="small" /><span>{nameOf(classes[k]!)}</span></span></th>
              {row.times.map((n, l) => <Cell key={classes[l]!.id} n={n} of={row.of} right={k === l} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ n, of, right }: { n: number; of: number; right: boolean }) {
  const shown = Math.round(n);
  const r = of > 0 ? Math.sqrt(n / of) * 11 : 0;
  return (
    <td class={right ? "matrix-right" : undefined}>
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">{shown > 0 && <circle cx="12" cy="12" r={Math.max(1.5, r)} />}</svg>
      <span class={shown > 0 ? "matrix-n" : "matrix-n unseen"}>{shown}</span>
    </td>
  );
}
