import { useState } from "preact/hooks";
import { type Person, mayGive, usesPIN } from "../../core/people";
import { initials } from "../../core/naming";
import type { ProjectCard } from "../../core/project";
import { date, t } from "../../core/words";
import { may, me } from "../../sync/me";
import { type MadeLink as Made, changePerson, newPIN, newPassword, removePerson } from "../../sync/people";
import { Icon } from "../Icon";
import { useAct } from "../useAct";
import { MadeLink, MadePIN } from "./Made";
import { Sessions } from "./Sessions";

interface RowProps {
  person: Person;
  projects: readonly ProjectCard[];
  again: () => void;
}

/** One person: who she is, and, opened, what whoever leads her may do. */
export function PersonRow({ person: p, projects, again }: RowProps) {
  const who = (
    <>
      <span class="face" aria-hidden="true">{initials(p.name)}</span>
      <span class="person-who"><b>{p.name}</b><span class="label">{p.login}</span></span>
      <span class="person-role">{t(`people.role.${p.role}`)}{p.locked && <span class="person-locked">{t("people.locked")}</span>}</span>
      <span class="label person-since">{t("people.since", { day: date(p.created) })}</span>
    </>
  );
  if (!p.leads) return <li class="person">{who}</li>;
  return (
    <li>
      <details class="person-open">
        <summary class="person">{who}<Icon name="down" size={20} /></summary>
        <Acts person={p} projects={projects} again={again} />
      </details>
    </li>
  );
}

function Acts({ person: p, projects, again }: RowProps) {
  const [link, setLink] = useState<Made | null>(null);
  const [pin, setPin] = useState("");
  const [seen, setSeen] = useState(false);
  const { problem, busy, run } = useAct();
  const change = (c: Parameters<typeof changePerson>[1]) => void run(async () => (await changePerson(p.id, c), again()));
  return (
    <div class="person-acts">
      <label class="fieldset"><span class="label">{t("people.role")}</span>
        <select class="field" value={p.role} disabled={busy} onChange={(e) => change({ role: e.currentTarget.value })}>
          {mayGive(me.value?.user.role ?? "").map((r) => <option key={r} value={r}>{t(`people.role.${r}`)}</option>)}
        </select>
      </label>
      {p.role === "client" && <Given person={p} projects={projects} onGive={(list) => change({ projects: list })} />}
      <p class="acts">
        <button type="button" class="button" disabled={busy} onClick={() => void run(async () => setLink(await newPassword(p.id)))}>{t("people.newPassword")}</button>
        {usesPIN(p.role) && <button type="button" class="button" disabled={busy} onClick={() => void run(async () => (setPin(await newPIN(p.id)), again()))}>{t(p.locked ? "people.unlockPin" : "people.newPin")}</button>}
        {may("end-sessions") && <button type="button" class="button" aria-expanded={seen} onClick={() => setSeen(!seen)}>{t("people.where")}</button>}
      </p>
      <p class="bad" role="alert">{problem}</p>
      {link && <MadeLink title={t("people.passwordFor", { name: p.name })} url={link.url} expires={link.expires} />}
      {pin && <MadePIN name={p.name} pin={pin} />}
      {seen && <Sessions of={p.id} />}
      <Remove person={p} busy={busy} onRemove={() => void run(async () => (await removePerson(p.id), again()))} />
    </div>
  );
}

function Given({ person: p, projects, onGive }: { person: Person; projects: readonly ProjectCard[]; onGive: (list: string[]) => void }) {
  const toggle = (id: string) => onGive(p.projects.includes(id) ? p.projects.filter((one) => one !== id) : [...p.projects, id]);
  return (
    <fieldset class="given">
      <legend class="label">{t("people.given")}</legend>
      {projects.length === 0 && <p class="label">{t("people.givenNone")}</p>}
      {projects.map((one) => (
        <label key={one.id} class="check">
          <input type="checkbox" checked={p.projects.includes(one.id)} onChange={() => toggle(one.id)} /><span>{one.name}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Removing asks once more, and says what stays. */
function Remove({ person: p, busy, onRemove }: { person: Person; busy: boolean; onRemove: () => void }) {
  const [sure, setSure] = useState(false);
  if (!sure) return <p><button type="button" class="link" onClick={() => setSure(true)}>{t("people.remove")}</button></p>;
  return (
    <div class="sure" role="group" aria-label={t("people.remove")}>
      <p>{t("people.removeWhat", { name: p.name })}</p>
      <p class="acts">
        <button type="button" class="button" disabled={busy} onClick={onRemove}>{t("people.removeYes", { name: p.name })}</button>
        <button type="button" class="link" onClick={() => setSure(false)}>{t("page.leave")}</button>
      </p>
    </div>
  );
}
