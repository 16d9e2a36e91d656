import { useEffect, useState } from "preact/hooks";
import type { SharedDevice } from "../core/people";
import { t } from "../core/words";
import { Gate } from "../parts/Gate";
import { Field } from "../parts/Field";
import { Faces } from "../parts/people/Faces";
import { signIn, thisDevice } from "../sync/me";

/** Who is there: on a shared device by face and PIN, else by login and password. */
export default function SignIn() {
  const [device, setDevice] = useState<SharedDevice | null | undefined>(undefined);
  const [typed, setTyped] = useState(false);
  useEffect(() => void thisDevice().then(setDevice), []);
  if (device === undefined) return null;
  if (device && !typed) return <Faces device={device} onPassword={() => setTyped(true)} />;
  return <Password />;
}

function Password() {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      await signIn(login.trim().toLowerCase(), password);
    } catch (err) {
      setProblem(err instanceof Error ? err.message : t("page.lineDown"));
      setBusy(false);
    }
  };
  return (
    <Gate title={t("signin.title")} lead={t("signin.lead")}>
      <form onSubmit={send}>
        <Field label={t("signin.login")} value={login} onValue={setLogin} autoComplete="username" required plain />
        <Field label={t("signin.password")} type="password" value={password} onValue={setPassword} autoComplete="current-password" required />
        <p class="bad gate-problem" role="alert">{problem}</p>
        <button class="button main wide" disabled={busy}>{t("signin.do")}</button>
        <p class="label">{t("signin.lost")}</p>
      </form>
    </Gate>
  );
}
