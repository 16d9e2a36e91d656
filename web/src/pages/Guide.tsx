import { type Description, entries, type Entry, type Part, type Shape } from "../core/guide";
import { t } from "../core/words";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { get } from "../sync/api";
import "../style/shared.css";
import "../style/programs.css";

const FILE = "/api/openapi.json";

/** What programs can ask of this server, from its own description. */
export default function Guide() {
  const load = useLoad(() => get<Description>(FILE), []);
  return (
    <Page title={t("guide.title")}>
      <div class="guide">
        <h1>{t("guide.title")}</h1>
        <p class="label">{t("guide.lead")} <a class="link" href={FILE} download>{t("guide.file")}</a></p>
        <p>{t("guide.first")}</p>
        <pre><code>{`curl -H "Authorization: Bearer TOKEN" ${location.origin}/api/projects`}</code></pre>
        <Loaded load={load}>{(d) => <>{entries(d).map((g) => <Group key={g.noun} noun={g.noun} list={g.list} />)}</>}</Loaded>
      </div>
    </Page>
  );
}

function Group({ noun, list }: { noun: string; list: readonly Entry[] }) {
  return (
    <section aria-labelledby={`g-${noun}`}>
      <h2 id={`g-${noun}`}>{noun}</h2>
      {list.map((e) => <One key={e.verb + e.path} of={e} />)}
    </section>
  );
}

function One({ of: e }: { of: Entry }) {
  return (
    <details>
      <summary><code><span class="guide-verb">{e.verb}</span> {e.path}</code> <span class="label" lang="en">{e.words}</span></summary>
      <div class="guide-body">
        <p class="label">{e.roles.length > 0 ? `${t("guide.needs", { act: e.act })}. ${t("guide.people", { roles: e.roles.map((r) => t(`people.role.${r}`)).join(", ") })}` : t("guide.everybody")}</p>
        <Parts title={t("guide.params")} parts={e.params} />
        <Body title={t("guide.sends")} of={e.sends} />
        <Body title={t("guide.gets")} of={e.gets} />
      </div>
    </details>
  );
}

function Body({ title, of }: { title: string; of: Shape | null }) {
  if (!of) return null;
  if (of.file) return <p>{title}: {t("guide.bytes", { kind: of.file })}</p>;
  return <Parts title={title} parts={of.parts} />;
}

function Parts({ title, parts }: { title: string; parts: readonly Part[] }) {
  if (parts.length === 0) return null;
  return (
    <>
      <p>{title}</p>
      <ul>{parts.map((p) => <li key={p.name}><code>{p.name}{p.needed ? "" : "?"}: {p.kind}</code>{p.words && ` – ${p.words}`}</li>)}</ul>
    </>
  );
}
