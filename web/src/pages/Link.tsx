import { useEffect, useState } from "preact/hooks";
import { t } from "../core/words";
import { Field } from "../parts/Field";
import { Gate } from "../parts/Gate";
import { Loaded, useLoad } from "../parts/Loaded";
import { type LinkView, link, takeLink } from "../sync/links";

/** A one-time link: the person behind it chooses name, login and password; a demo just opens. */
export default function Link({ token }: { token: string }) {
  const load = useLoad(() => link(token), [token]);
  if (load.problem && load.value === null) return <Gone problem={load.problem} />;
  return (
    <Loaded load={load}>
      {(l) => (l.kind === "demo" ? <Demo token={token} /> : <Choose token={token} link={l} />)}
    </Loaded>
  );
}

/** Says that a link opens nothing any more, and what to do then. */
function Gone({ problem }: { problem: string }) {
  return (
    <Gate title={t("link.gone")} lead={problem}>
      <p class="link-next">{t("link.goneNext")}</p>
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

function Choose({ token, link: l }: { token: string; link: LinkView }) {
  const [name, setName] = useState(l.name);
  const [login, setLogin] = useState(l.login ?? suggest(l.name));
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      await takeLink(token, { name: name.trim(), login: login.trim().toLowerCase(), password });
    } catch (err) {
      setProblem(err instanceof Error ? err.message : t("page.lineDown"));
      setBusy(false);
    }
  };
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
