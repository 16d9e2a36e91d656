import { useState } from "preact/hooks";
import { initials } from "../core/naming";
import type { Person } from "../core/project";
import { date, t } from "../core/words";
import { Field } from "../parts/Field";
import { Icon } from "../parts/Icon";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { me } from "../sync/me";
import { invite, people } from "../sync/projects";
import "../style/shared.css";
import "../style/people.css";

const ROLES = ["annotator", "reviewer", "manager", "client", "owner"];

/** Everybody of the organisation, and the way in for someone new: a link to pass on. */
export default function People() {
  const load = useLoad(people, []);
  return (
    <Page title={me.value?.org.name ?? ""} tab="people">
      <div class="people">
        <section class="people-list" aria-labelledby="people-h">
          <h1 id="people-h">{t("people.title")}</h1>
          <Loaded load={load}>{(list) => <List list={list} />}</Loaded>
        </section>
        <AddPerson />
      </div>
    </Page>
  );
}

function List({ list }: { list: readonly Person[] }) {
  return (
    <ul class="persons">
      {list.map((p) => (
        <li key={p.id}>
          <span class="face" aria-hidden="true">{initials(p.name)}</span>
          <span class="person-who"><b>{p.name}</b><span class="label">{p.login}</span></span>
          <span class="person-role">{t(`people.role.${p.role}`)}</span>
          <span class="label">{t("people.since", { day: date(p.created) })}</span>
        </li>
      ))}
    </ul>
  );
}

function AddPerson() {
  const [name, setName] = useState("");
  const [role, setRole] = useState("annotator");
  const [made, setMade] = useState<{ url: string; expires: number; name: string } | null>(null);
  const [problem, setProblem] = useState("");
  const send = async (e: Event) => {
    e.preventDefault();
    try {
      setMade({ ...(await invite(name.trim(), role)), name: name.trim() });
      setName("");
      setProblem("");
    } catch (err) {
      setProblem(err instanceof Error ? err.message : t("page.lineDown"));
    }
  };
  return (
    <section class="people-add" aria-labelledby="add-h">
      <h2 id="add-h">{t("people.add")}</h2>
      <p class="label">{t("people.addHow")}</p>
      <form onSubmit={send}>
        <Field label={t("people.name")} value={name} onValue={setName} maxLength={80} required />
        <fieldset class="roles">
          <legend class="label">{t("people.role")}</legend>
          {ROLES.map((r) => (
            <label key={r} class="check">
              <input type="radio" name="role" value={r} checked={role === r} onChange={() => setRole(r)} />
              <span><b>{t(`people.role.${r}`)}</b><span class="label">{t(`people.may.${r}`)}</span></span>
            </label>
          ))}
        </fieldset>
        <p class="bad" role="alert">{problem}</p>
        <button class="button main">{t("people.make")}</button>
      </form>
      {made && <Made url={made.url} expires={made.expires} name={made.name} />}
    </section>
  );
}

function Made({ url, expires, name }: { url: string; expires: number; name: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (field: HTMLInputElement | null) => {
    field?.select();
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      setCopied(document.execCommand("copy"));
    }
  };
  return (
    <div class="made" role="status">
      <p><b>{t("people.made", { name })}</b></p>
      <p class="label">{t("people.once", { day: date(expires) })}</p>
      <div class="made-row">
        <input id="made-url" class="field" readOnly value={url} aria-label={t("people.link")} onFocus={(e) => e.currentTarget.select()} />
        <button type="button" class="button" onClick={() => copy(document.querySelector<HTMLInputElement>("#made-url"))}>
          <Icon name={copied ? "check" : "copy"} size={20} />{t(copied ? "people.copied" : "people.copy")}
        </button>
      </div>
    </div>
  );
}
