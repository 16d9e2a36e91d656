import { useEffect, useState } from "preact/hooks";
import { newId } from "../../core/id";
import { type Device, type Person, usesPIN } from "../../core/people";
import { date, t } from "../../core/words";
import { type MadeLink as Made, devices, enrolLink, putDevice, removeDevice } from "../../sync/people";
import { install } from "../../sync/install";
import { Field } from "../Field";
import { Icon } from "../Icon";
import { Loaded, useLoad } from "../Loaded";
import { useAct } from "../useAct";
import { MadeLink } from "./Made";

/** The PCs and phones that several people share, each signing in with her PIN. */
export function Devices({ people }: { people: readonly Person[] }) {
  const load = useLoad(devices, []);
  const [fresh, setFresh] = useState<Device | null>(null);
  const may = people.filter((p) => usesPIN(p.role));
  return (
    <section class="devices" aria-labelledby="devices-h">
      <h2 id="devices-h">{t("device.title")}</h2>
      <p class="label">{t("device.how")}</p>
      <InstallLink />
      <Loaded load={load}>{(list) => <>{list.map((d) => <Row key={d.id} device={d} people={may} again={load.again} />)}</>}</Loaded>
      {fresh ? <Edit device={fresh} people={may} done={() => { setFresh(null); load.again(); }} />
        : <p><button type="button" class="button" onClick={() => setFresh({ id: newId(), name: "", people: may.map((p) => p.id), enrolled: 0 })}><Icon name="plus" size={20} />{t("device.add")}</button></p>}
    </section>
  );
}

/** The way to the page that lets another device trust this server, where one needs it. */
function InstallLink() {
  const [there, setThere] = useState(false);
  useEffect(() => void install().then((i) => setThere(i !== "none"), () => undefined), []);
  return there ? <p><a href="/install">{t("device.install")}</a></p> : null;
}

function Row({ device: d, people, again }: { device: Device; people: readonly Person[]; again: () => void }) {
  const [editing, setEditing] = useState(false);
  const [link, setLink] = useState<Made | null>(null);
  const { problem, busy, run } = useAct();
  if (editing) return <Edit device={d} people={people} done={() => { setEditing(false); again(); }} />;
  const names = people.filter((p) => d.people.includes(p.id)).map((p) => p.name);
  return (
    <div class="device">
      <p><b>{d.name}</b> <span class={d.enrolled ? "label" : "device-waits"}>{d.enrolled ? t("device.enrolled", { day: date(d.enrolled) }) : t("device.waits")}</span></p>
      <p class="label">{names.length > 0 ? names.join(", ") : t("device.nobody")}</p>
      <p class="acts">
        <button type="button" class="button" disabled={busy} onClick={() => void run(async () => setLink(await enrolLink(d.id)))}>{t("device.link")}</button>
        <button type="button" class="link" onClick={() => setEditing(true)}>{t("device.change")}</button>
        <button type="button" class="link" disabled={busy} onClick={() => void run(async () => (await removeDevice(d.id), again()))}>{t("device.remove")}</button>
      </p>
      <p class="bad" role="alert">{problem}</p>
      {link && <MadeLink title={t("device.open", { name: d.name })} url={link.url} expires={link.expires} />}
    </div>
  );
}

function Edit({ device: d, people, done }: { device: Device; people: readonly Person[]; done: () => void }) {
  const [name, setName] = useState(d.name);
  const [chosen, setChosen] = useState<readonly string[]>(d.people);
  const { problem, busy, run } = useAct();
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const save = (e: Event) => {
    e.preventDefault();
    void run(async () => (await putDevice({ id: d.id, name: name.trim(), people: chosen.filter((id) => people.some((p) => p.id === id)) }), done()));
  };
  return (
    <form class="device" onSubmit={save}>
      <Field label={t("device.name")} hint={t("device.nameHint")} value={name} onValue={setName} maxLength={80} required />
      <fieldset class="given">
        <legend class="label">{t("device.people")}</legend>
        {people.map((p) => <label key={p.id} class="check"><input type="checkbox" checked={chosen.includes(p.id)} onChange={() => toggle(p.id)} /><span>{p.name}</span></label>)}
      </fieldset>
      <p class="bad" role="alert">{problem}</p>
      <p class="acts">
        <button class="button" disabled={busy}>{t("device.save")}</button>
        <button type="button" class="link" onClick={done}>{t("page.leave")}</button>
      </p>
    </form>
  );
}
