import { type Brought, meaning, type Meaning, means, type Plan, wanted } from "../../core/table";
import { t } from "../../core/words";

/** The first rows of a table, with what each column is above it. */
export function Columns({ table, plan, onChange }: { table: Brought; plan: Plan; onChange: (plan: Plan) => void }) {
  return (
    <div class="table-rows" role="region" aria-label={t("table.rows")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.columns.map((name, i) => (
              <th key={i} scope="col" class={meaning(plan, i) ? "" : "table-unused"}>
                <select class="field" aria-label={t("table.column", { name: name || String(i + 1) })} value={meaning(plan, i)} onChange={(e) => onChange(means(plan, i, e.currentTarget.value as Meaning | ""))}>
                  <option value="">{t("table.means.nothing")}</option>
                  {wanted(plan.as).map((m) => <option key={m} value={m}>{t(`table.means.${m}`)}</option>)}
                </select>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, n) => (
            <tr key={n}>{table.columns.map((_, i) => <td key={i} class={meaning(plan, i) ? "" : "table-unused"}>{row[i]}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
