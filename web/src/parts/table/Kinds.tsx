import { KINDS, type Plan } from "../../core/table";
import { t } from "../../core/words";

/** What the lines of a table are. */
export function Kinds({ plan, onChange }: { plan: Plan; onChange: (plan: Plan) => void }) {
  return (
    <fieldset class="table-kinds">
      <legend>{t("table.kinds")}</legend>
      {KINDS.map((k) => (
        <label key={k} class="check">
          <input type="radio" name="kind" checked={plan.as === k} onChange={() => onChange({ ...plan, as: k })} />
          <span><b>{t(`table.kind.${k}`)}</b><span class="label">{t(`table.kindWhat.${k}`)}</span></span>
        </label>
      ))}
    </fieldset>
  );
}
