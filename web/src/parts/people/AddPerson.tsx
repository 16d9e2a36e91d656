import { useState } from "preact/hooks";
import { mayGive } from "../../core/people";
import { t } from "../../core/words";
import { me } from "../../sync/me";
import { type MadeLink as Made, invite } from "../../sync/people";
import { Field } from "../Field";
import { useAct } from "../useAct";
import { MadeLink } from "./Made";

/** The way in for someone new: a link to pass on. */
export function AddPerson() {
  const [name, setName] = useState("");
  const [role, setRole] = useState("annotator");
  const [made, setMade] = useState<(Made & { name: string }) | null>(null);
  const { problem, busy, run } = useAct();
  const send = (e: Event) => {
    e.preventDefault();
    void run(async () => {
      setMade({ ...(await invite(name.trim(), role)), name: name.trim() });
      setName("");
    });
  };
  return (
    <section aria-labelledby="add-h">
      <h2 id="add-h">{t("people.add")}</h2>
      <p class="label">{t("people.addHow")}</p>
      <form onSubmit={send}>
        <Field label={t("people.name")} value={name} onValue={setName} maxLength={80} required />
        <fieldset class="roles">
          <legend class="label">{t("people.role")}</legend>
          {mayGive(me.value?.user.role ?? "").map((r) => (
            <label key={r} class="check">
              <input type="radio" name="role" value={r} checked={role === r} onChange={() => setRole(r)} />
              <span><b>{t(`people.role.${r}`)}</b><span class="label">{t(`people.may.${r}`)}</span></span>
            </label>
          ))}
        </fieldset>
        <p class="bad" role="alert">{problem}</p>
        <button class="button main" disabled={busy}>{t("people.make")}</button>
      </form>
      {made && <MadeLink title={t("people.made", { name: made.name })} url={made.url} expires={made.expires} />}
    </section>
  );
}
