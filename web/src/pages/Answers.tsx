import { useState } from "preact/hooks";
import { t } from "../core/words";
import { Icon } from "../parts/Icon";
import { Page } from "../parts/Page";
import { type Brought, bring } from "../sync/bring";
import "../style/shared.css";
import "../style/pack.css";

/** Files of answers that devices could not send: a manager brings them in. */
export default function Answers() {
  const [done, setDone] = useState<readonly Done[]>([]);
  const [busy, setBusy] = useState(false);
  const take = async (files: readonly File[]) => {
    setBusy(true);
    for (const file of files) {
      const one = await bring(file).then((brought) => ({ name: file.name, brought }), (e: Error) => ({ name: file.name, problem: e.message || t("page.lineDown") }));
      setDone((d) => [one, ...d]);
    }
    setBusy(false);
  };
  const pick = (e: Event & { currentTarget: HTMLInputElement }) => {
    void take([...(e.currentTarget.files ?? [])]);
    e.currentTarget.value = "";
  };
  return (
    <Page title={t("answers.title")}>
      <div class="pack">
        <h1>{t("answers.title")}</h1>
        <p class="pack-lead">{t("answers.lead")}</p>
        <label class={busy ? "button main pack-go off" : "button main pack-go"}>
          <Icon name="add" />{t(busy ? "page.loading" : "answers.choose")}
          <input type="file" class="unseen" accept="application/json,.json" multiple disabled={busy} onChange={pick} />
        </label>
        <ul class="pack-files" aria-live="polite">{done.map((d, i) => <li key={done.length - i}><Result of={d} /></li>)}</ul>
      </div>
    </Page>
  );
}

interface Done {
  name: string;
  brought?: Brought;
  problem?: string;
}

function Result({ of }: { of: Done }) {
  const b = of.brought;
  return (
    <>
      <b>{of.name}</b>
      {of.problem && <p class="bad">{of.problem}</p>}
      {b && <p>{t("answers.result", { who: b.person, n: b.stored, m: b.duplicate })}</p>}
      {b && b.refused > 0 && <p class="bad">{t("answers.refused", { n: b.refused })}</p>}
      {b?.reasons.map((r) => <p key={r.id} class="label">{r.reason}</p>)}
    </>
  );
}
