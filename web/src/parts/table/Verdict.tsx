import type { Class } from "../../core/project";
import { type Look, type Plan, strangers } from "../../core/table";
import { said } from "../../core/server";
import { number, t } from "../../core/words";

/** What would become of a table, and what becomes of classes the project does not have. */
export function Verdict({ look, plan, classes, onChange }: { look: Look; plan: Plan; classes: readonly Class[]; onChange: (plan: Plan) => void }) {
  const odd = strangers(look);
  const chosen = (name: string) => plan.classes?.[name] ?? "";
  const choose = (name: string, what: string) => {
    const next = { ...plan.classes };
    if (what) next[name] = what;
    else delete next[name];
    onChange({ ...plan, classes: next });
  };
  const open = new Set([...odd.map((c) => c.name), ...Object.keys(plan.classes ?? {})]);
  const rows = look.classes.filter((c) => open.has(c.name));
  return (
    <section class="table-verdict" aria-labelledby="verdict-h">
      <h2 id="verdict-h" aria-live="polite">{t("table.ready", { n: number(look.ready), m: number(look.lines) })}</h2>
      {plan.as === "answers" && look.annotators > 0 && <p class="label">{t("table.people", { n: number(look.annotators) })}</p>}
      {look.left > 0 && <p class="label">{t("table.left", { n: number(look.left) })}</p>}
      {look.unknown > 0 && (
        <details>
          <summary>{t("table.unknown", { n: number(look.unknown) })}</summary>
          <ul>{look.pictures.map((name) => <li key={name}>{name}</li>)}</ul>
          {look.unknown > look.pictures.length && <p class="label">{t("table.more", { n: number(look.unknown - look.pictures.length) })}</p>}
        </details>
      )}
      {look.faults.count > 0 && (
        <details>
          <summary>{t("table.faults", { n: number(look.faults.count) })}</summary>
          <ul>{look.faults.first.map((f) => <li key={f.line}>{t("table.line", { n: f.line, reason: said(f.reason) })}</li>)}</ul>
        </details>
      )}
      {rows.length > 0 && (
        <ul class="table-classes" aria-label={t("table.classes")}>
          {rows.map((c) => (
            <li key={c.name}>
              <span><b>{c.name}</b> <span class="label">{t("table.classLines", { n: number(c.lines) })}</span></span>
              <select class="field" aria-label={t("table.classWhat", { name: c.name })} value={chosen(c.name)} onChange={(e) => choose(c.name, e.currentTarget.value)}>
                <option value="">{t("table.class.refuse")}</option>
                <option value="make">{t("table.class.make")}</option>
                <option value="leave">{t("table.class.leave")}</option>
                {classes.map((k) => <option key={k.id} value={k.id}>{t("table.class.is", { name: k.name })}</option>)}
              </select>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
