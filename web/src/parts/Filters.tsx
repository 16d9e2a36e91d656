import type { ComponentChildren } from "preact";
import { nameOf } from "../core/naming";
import type { Class } from "../core/project";
import { day, DOUBTS, flipped, type FlagName, type ListName, moment, STAGES, type Tally, type Wanted } from "../core/wanted";
import { number, t } from "../core/words";
import { may } from "../sync/me";
import { ClassTile } from "./ClassTile";

/** What the filters show. */
export interface FiltersProps {
  classes: readonly Class[];
  wanted: Wanted;
  tally: Tally | null;
  onWant: (w: Wanted) => void;
}

/** The filters of the browse page, each with how many pictures it would show. */
export function Filters(props: FiltersProps) {
  const { classes, tally } = props;
  return (
    <>
      <Name {...props} />
      <fieldset>
        <legend>{t("browse.class")}</legend>
        {classes.map((c, i) => (
          <Member key={c.id} {...props} list="classes" one={c.id} n={tally?.classes[c.id]}><ClassTile class={c} place={i} size="line" /><span>{nameOf(c)}</span></Member>
        ))}
      </fieldset>
      {(tally?.batches ?? []).length > 0 && (
        <fieldset class="filters-long">
          <legend>{t("batch.title")}</legend>
          {tally!.batches!.map((b) => <Member key={b.id} {...props} list="batches" one={b.id} n={b.n}><span>{b.name}</span></Member>)}
        </fieldset>
      )}
      <fieldset>
        <legend>{t("browse.answers")}</legend>
        {STAGES.map((s) => <Member key={s} {...props} list="stages" one={s} n={tally?.stages[s]}><span>{t(`browse.state.${s}`)}</span></Member>)}
        <Flag {...props} flag="differ" n={tally?.differ} />
        <Flag {...props} flag="against" n={tally?.against} />
      </fieldset>
      <fieldset>
        <legend>{t("browse.howSure")}</legend>
        {DOUBTS.map((d) => <Member key={d} {...props} list="doubts" one={d} n={tally?.doubts[d]}><span>{t(`browse.doubt.${d}`)}</span></Member>)}
      </fieldset>
      <More {...props} />
    </>
  );
}

/** What is asked for more seldom; open when it is. */
function More(props: FiltersProps) {
  const { classes, tally, wanted: w } = props;
  const people = tally?.annotators ?? [];
  const open = Boolean(w.thinks?.length || w.annotators?.length || w.gold || w.removed || w.cameFrom || w.cameTo || w.answeredFrom || w.answeredTo);
  return (
    <details open={open}>
      <summary>{t("browse.more")}</summary>
      <fieldset>
        <legend>{t("browse.thinks")}</legend>
        {classes.map((c, i) => (
          <Member key={c.id} {...props} list="thinks" one={c.id} n={tally?.thinks[c.id]}><ClassTile class={c} place={i} size="line" /><span>{nameOf(c)}</span></Member>
        ))}
      </fieldset>
      {people.length > 0 && (
        <fieldset>
          <legend>{t("browse.by")}</legend>
          {people.map((p) => <Member key={p.id} {...props} list="annotators" one={p.id} n={p.n}><span>{p.name}</span></Member>)}
        </fieldset>
      )}
      <Days {...props} title="browse.came" from="cameFrom" to="cameTo" />
      <Days {...props} title="browse.answered" from="answeredFrom" to="answeredTo" />
      {(may("set-gold") || may("manage-project")) && (
        <fieldset>
          <legend>{t("browse.other")}</legend>
          {may("set-gold") && <Flag {...props} flag="gold" n={tally?.gold} />}
          {may("manage-project") && <Flag {...props} flag="removed" />}
        </fieldset>
      )}
    </details>
  );
}

type MemberProps = FiltersProps & { list: ListName; one: string; n: number | undefined; children: ComponentChildren };

function Member({ wanted: w, onWant, list, one, n, children }: MemberProps) {
  const had: string[] = w[list] ?? [];
  return (
    <label class="check">
      <input type="checkbox" checked={had.includes(one)} onChange={() => onWant(flipped(w, list, one))} />
      {children}
      <span class="label">{number(n ?? 0)}</span>
    </label>
  );
}

function Flag({ wanted: w, onWant, flag, n }: FiltersProps & { flag: FlagName; n?: number | undefined }) {
  return (
    <label class="check">
      <input type="checkbox" checked={Boolean(w[flag])} onChange={() => onWant({ ...w, [flag]: !w[flag] })} />
      <span>{t(`browse.flag.${flag}`)}</span>
      {n !== undefined && <span class="label">{number(n)}</span>}
    </label>
  );
}

function Name({ wanted: w, onWant }: FiltersProps) {
  return (
    <label class="fieldset filters-name">
      <span class="label">{t("browse.text")}</span>
      <input class="field" type="search" value={w.text ?? ""} maxLength={200} onChange={(e) => onWant({ ...w, text: e.currentTarget.value.trim() })} />
    </label>
  );
}

type Edge = "cameFrom" | "cameTo" | "answeredFrom" | "answeredTo";

/** From a day to a day, both in. */
function Days({ wanted: w, onWant, title, from, to }: FiltersProps & { title: string; from: Edge; to: Edge }) {
  return (
    <fieldset>
      <legend>{t(title)}</legend>
      <label class="fieldset"><span class="label">{t("browse.from")}</span>
        <input class="field" type="date" value={day(w[from])} onChange={(e) => onWant({ ...w, [from]: moment(e.currentTarget.value) })} /></label>
      <label class="fieldset"><span class="label">{t("browse.to")}</span>
        <input class="field" type="date" value={w[to] ? day(w[to]! - 1) : ""} onChange={(e) => onWant({ ...w, [to]: moment(e.currentTarget.value, 1) })} /></label>
    </fieldset>
  );
}
