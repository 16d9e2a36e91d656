import { useEffect, useState } from "preact/hooks";
import { t } from "../core/words";
import { Field } from "../parts/Field";
import { Gate } from "../parts/Gate";
import { Loaded, useLoad } from "../parts/Loaded";
import { Problem } from "../sync/api";
import { useAct } from "../parts/useAct";
import { type LinkView, enrolDevice, link, takeLink } from "../sync/links";

/** A one-time link: the person behind it chooses name, login and password; a demo just opens. */
export default function Link({ token }: { token: string }) {
  const load = useLoad(() => link(token).catch(unlessGone), [token]);
  if (load.value === "gone") return <Gone />;
  return (
    <Loaded load={load}>
      {(l) => (l === "gone" ? null : l.kind === "demo" ? <Demo token={token} /> : l.kind === "device" ? <Enrol token={token} name={l.name} /> : l.login ? <Renew token={token} link={l} /> : <Choose token={token} link={l} />)}
    </Loaded>
  );
}

/** A link that opens nothing is no failure to ask again about. */
function unlessGone(e: unknown): "gone" {
  if (e instanceof Problem && e.status === 404) return "gone";
  throw e;
}

/** Says that a link opens nothing any more, and what to do then. */
function Gone() {
  return (
    <Gate title={t("link.gone")} lead={t("link.goneNext")}>
      <a class="button wide" href="/">{t("signin.do")}</a>
    </Gate>
  );
}

/** Opens the demo by itself; the button stays for a browser that did not. */
function Demo({ token }: { token: string }) {
  const [problem, setProblem] = useState("");
  const open = () => takeLink(token, {}).catch((e: Error) => setProblem(e.message));
  useEffect(() => void open(), [token]);
  return (
    <Gate title={t("link.demo")} lead={t("link.demoLead")}>
      <p class="bad gate-problem" role="alert">{problem}</p>
      <button type="button" class="button main wide" onClick={open}>{t("link.demoOpen")}</button>
    </Gate>
  );
}

/** Makes this browser a device that several people share. */
function Enrol({ token, name }: { token: string; name: string }) {
  const { problem, busy, run } = useAct();
  return (
    <Gate title={t("link.device", { name })} lead={t("link.deviceLead")}>
      <p class="bad gate-problem" role="alert">{problem}</p>
      <button type="button" class="button main wide" disabled={busy} onClick={() => void run(() => enrolDevice(token))}>{t("link.deviceDo")}</button>
    </Gate>
  );
}

/** A new password for somebody who is known. */
function Renew({ token, link: l }: { token: string; link: LinkView }) {
  const [password, setPassword] = useState("");
  const { problem, busy, send } = useTaking(token, () => ({ password }));
  return (
    <Gate title={t("link.renew")} lead={t("link.renewLead", { login: l.login! })}>
      <form onSubmit={send}>
        <input type="hidden" name="username" autoComplete="username" value={l.login} />
        <Field label={t("link.password")} hint={t("link.passwordHint")} type="password" value={password} onValue={setPassword} autoComplete="new-password" minLength={8} required />
        <p class="bad gate-problem" role="alert">{problem}</p>
        <button class="button main wide" disabled={busy}>{t("link.do")}</button>
      </form>
    </Gate>
  );
}

/** Uses a link when a form is sent; what was refused is said, and may be sent again. */
function useTaking(token: string, body: () => { name?: string; login?: string; password: string }) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      await takeLink(token, body());
    } catch (err) {
      setProblem(err instanceof Error ? err.message : t("page.lineDown"));
      setBusy(false);
    }
  };
  return { problem, busy, send };
}

function Choose({ token, link: l }: { token: string; link: LinkView }) {
  const [name, setName] = useState(l.name);
  const [login, setLogin] = useState(suggest(l.name));
  const [password, setPassword] = useState("");
  const { problem, busy, send } = useTaking(token, () => ({ name: name.trim(), login: login.trim().toLowerCase(), password }));
  return (
    <Gate title={l.kind === "owner" ? t("link.owner") : t("link.welcome", { name: l.name || t("link.you") })} lead={t(l.kind === "owner" ? "link.ownerLead" : "link.lead")}>
      <form onSubmit={send}>
        <Field label={t("link.name")} value={name} onValue={setName} autoComplete="name" required />
        <Field label={t("link.login")} hint={t("link.loginHint")} value={login} onValue={setLogin} autoComplete="username" required plain />
        <Field label={t("link.password")} hint={t("link.passwordHint")} type="password" value={password} onValue={setPassword} autoComplete="new-password" minLength={8} required />
        <p class="bad gate-problem" role="alert">{problem}</p>
        <button class="button main wide" disabled={busy}>{t("link.do")}</button>
      </form>
    </Gate>
  );
}

/** A login from a first name, when it is written in Latin letters. */
function suggest(name: string): string {
  const first = name.trim().split(/\s+/)[0]?.toLowerCase() ?? "";
  return /^[a-z0-9.-]+$/.test(first) ? first : "";
}
