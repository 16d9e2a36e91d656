import { useState } from "preact/hooks";
import { usesPIN } from "../core/people";
import { t } from "../core/words";
import { Field } from "../parts/Field";
import { Page } from "../parts/Page";
import { Sessions } from "../parts/people/Sessions";
import { useAct } from "../parts/useAct";
import { me, refreshMe } from "../sync/me";
import { setOwnPIN } from "../sync/people";
import "../style/shared.css";
import "../style/people.css";

/** One's own account: the PIN for shared devices, and where one is signed in. */
export default function Account() {
  const user = me.value!.user;
  return (
    <Page title={t("account.title")}>
      <div class="account">
        <h1>{t("account.title")}</h1>
        <p class="label">{user.name} · {user.login} · {t(`people.role.${user.role}`)}</p>
        {usesPIN(user.role) && <OwnPIN has={me.value!.pin} />}
        <section aria-labelledby="where-h">
          <h2 id="where-h">{t("account.where")}</h2>
          <p class="label">{t("account.whereHow")}</p>
          <Sessions />
        </section>
      </div>
    </Page>
  );
}

function OwnPIN({ has }: { has: boolean }) {
  const [pin, setPin] = useState("");
  const [done, setDone] = useState(false);
  const { problem, busy, run } = useAct();
  const send = async (e: Event) => {
    e.preventDefault();
    if (await run(() => setOwnPIN(pin).then(refreshMe))) {
      setDone(true);
      setPin("");
    }
  };
  return (
    <section aria-labelledby="pin-h">
      <h2 id="pin-h">{t("account.pin")}</h2>
      <p class="label">{t(has ? "account.pinHas" : "account.pinNone")}</p>
      <form onSubmit={(e) => void send(e)}>
        <Field label={t("account.pinNew")} hint={t("account.pinHint")} type="password" value={pin} onValue={(v) => { setPin(v.replace(/\D/g, "").slice(0, 6)); setDone(false); }} autoComplete="off" required />
        <p class={problem ? "bad" : "good"} role="status">{problem || (done ? t("account.pinDone") : "")}</p>
        <button class="button main" disabled={busy || pin.length !== 6}>{t("account.pinSet")}</button>
      </form>
    </section>
  );
}
