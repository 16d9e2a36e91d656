import { useState } from "preact/hooks";
import { t } from "../../core/words";
import { addToken } from "../../sync/programs";
import { Field } from "../Field";
import { useAct } from "../useAct";
import { Choices } from "./Choices";
import { Secret } from "./Secret";

const DAYS = [30, 365, 0];

/** Lets a program in. */
export function AddToken({ acts, again }: { acts: readonly string[]; again: () => void }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>(["list-projects", "export"]);
  const [days, setDays] = useState(365);
  const [secret, setSecret] = useState("");
  const { problem, busy, run } = useAct();
  const send = (e: Event) => {
    e.preventDefault();
    void run(async () => {
      setSecret((await addToken(name.trim(), chosen, days)).secret);
      setName("");
      again();
    });
  };
  return (
    <section aria-labelledby="add-token-h">
      <h2 id="add-token-h">{t("programs.addToken")}</h2>
      <p class="label">{t("programs.addTokenHow")}</p>
      <form onSubmit={send}>
        <Field label={t("programs.tokenName")} value={name} onValue={setName} maxLength={80} required />
        <Choices legend={t("programs.may")} all={acts} chosen={chosen} words={(a) => t(`programs.act.${a}`)} onChange={setChosen} />
        <label class="fieldset">
          <span class="label">{t("programs.until")}</span>
          <select class="field" value={String(days)} onChange={(e) => setDays(Number(e.currentTarget.value))}>
            {DAYS.map((d) => <option key={d} value={String(d)}>{d === 0 ? t("programs.forever") : t("programs.days", { n: d })}</option>)}
          </select>
        </label>
        <p class="bad" role="alert">{problem}</p>
        <button class="button main" disabled={busy}>{t("programs.makeToken")}</button>
      </form>
      {secret && <Secret title={t("programs.secret")} lead={t("programs.secretOnce")} text={secret} />}
    </section>
  );
}
