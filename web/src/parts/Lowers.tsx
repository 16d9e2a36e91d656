import { useEffect, useRef, useState } from "preact/hooks";
import { live } from "../core/project";
import type { Mismatch, WorkProject } from "../core/skill";
import { t } from "../core/words";
import { appeal, mismatches } from "../sync/work";
import { Icon } from "./Icon";
import { Loaded, useLoad } from "./Loaded";
import { SaidSettled } from "./SaidSettled";
import { Sheet } from "./work/Sheet";

interface LowersProps {
  projects: readonly WorkProject[];
  of: WorkProject;
  onChoose: (id: string) => void;
}

/** What lowers one's score: the settled pictures on which one's own answer differs, newest first. */
export function Lowers({ projects, of, onChoose }: LowersProps) {
  return (
    <section class="mine-lowers" aria-labelledby="lowers-h">
      <div class="part-head">
        <h2 id="lowers-h">{t("mine.lowers")}</h2>
        {projects.length > 1 && (
          <select class="field mine-choose" aria-label={t("mine.project")} value={of.id} onChange={(e) => onChoose(e.currentTarget.value)}>
            {projects.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}
          </select>
        )}
        <p class="label ask-legend"><Icon name="person" size={18} />{t("mine.ask")}</p>
      </div>
      <Pages key={of.id} of={of} />
    </section>
  );
}

/** The pages read so far, and a way to read on. */
function Pages({ of }: { of: WorkProject }) {
  const load = useLoad(() => mismatches(of.id, ""), [of.id]);
  const [more, setMore] = useState<{ list: Mismatch[]; next: string } | null>(null);
  const [problem, setProblem] = useState("");
  const read = (next: string) =>
    mismatches(of.id, next).then((p) => {
      setProblem("");
      setMore({ list: [...(more?.list ?? []), ...p.mismatches], next: p.next });
    }, (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown")));
  return (
    <Loaded load={load}>
      {(first) => {
        const list = [...first.mismatches, ...(more?.list ?? [])];
        const next = more ? more.next : first.next;
        return (
          <>
            {list.length === 0 && <p class="mine-none">{t(next ? "mine.noneYet" : "mine.none")}</p>}
            <ul class="lowers">{list.map((m) => <Card key={m.task} of={of} one={m} />)}</ul>
            {problem && <p class="bad" role="alert">{problem}</p>}
            {next && <p><button type="button" class="button" onClick={() => void read(next)}>{t("mine.more")}</button></p>}
          </>
        );
      }}
    </Loaded>
  );
}

function Card({ of, one }: { of: WorkProject; one: Mismatch }) {
  const [large, setLarge] = useState(false);
  const classes = live(of.labels.classes);
  return (
    <li>
      <button type="button" class="shot lower-shot" aria-label={t("mine.enlarge")} onClick={() => setLarge(true)}><img src={one.thumb} alt="" loading="lazy" /></button>
      <SaidSettled said={one.said} settled={one.settled} classes={classes} />
      <Ask project={of.id} one={one} />
      {large && (
        <Sheet title={t("mine.picture")} onClose={() => setLarge(false)}>
          <img class="lower-large" src={one.url} alt={t("mine.picture")} />
          <SaidSettled said={one.said} settled={one.settled} classes={classes} />
        </Sheet>
      )}
    </li>
  );
}

/** Asks for a person, once; then says in the same place where that stands. */
function Ask({ project, one }: { project: string; one: Mismatch }) {
  const [state, setState] = useState(one.appeal);
  const [problem, setProblem] = useState("");
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state !== one.appeal) said.current?.focus(); // the button she pressed is gone
  }, [state]);
  const ask = () => appeal(project, one.task).then(() => setState("open"), (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown")));
  if (state === "") {
    return (
      <div class="lower-ask">
        <button type="button" class="button" onClick={() => void ask()}><Icon name="person" size={20} /><span>{t("mine.askOne")}</span></button>
        {problem && <p class="bad" role="alert">{problem}</p>}
      </div>
    );
  }
  const open = state === "open";
  return (
    <p class={open ? "lower-ask asked" : "lower-ask looked"} ref={said} tabIndex={-1}>
      <Icon name={open ? "person" : "check"} size={20} />
      <span class="short-word" aria-hidden="true">{t(open ? "mine.askedShort" : "mine.lookedShort")}</span>
      <span class="long-word">{t(open ? "mine.asked" : "mine.looked")}</span>
    </p>
  );
}
