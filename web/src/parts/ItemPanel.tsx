import { initials, nameOf, personName } from "../core/naming";
import type { Class, ItemView, ProjectView, VoteView } from "../core/project";
import { said, tenths, weights } from "../core/say";
import { date, t } from "../core/words";
import { ClassTile } from "./ClassTile";
import { Icon } from "./Icon";
import { History } from "./History";
import { KnownAnswer } from "./KnownAnswer";
import { TaughtRows } from "./TaughtRows";
import { may } from "../sync/me";

/** What is known of one picture. */
export interface ItemPanelProps {
  project: ProjectView;
  classes: readonly Class[];
  item: ItemView;
  /** Looks for pictures like it. */
  onLike: () => void;
}

/** State, the way to pictures like it, weights, answers, the child, and what taught it. */
export function ItemPanel({ project, classes, item, onLike }: ItemPanelProps) {
  return (
    <>
      <State project={project.id} classes={classes} item={item} />
      <section><button type="button" class="button" aria-keyshortcuts="L" onClick={onLike}><Icon name="alike" />{t("item.like")}<kbd>L</kbd></button></section>
      {item.answers > 0 && <Weights classes={classes} item={item} />}
      <Answers classes={classes} item={item} />
      {may("set-gold") && (item.class || item.gold) && <KnownAnswer key={item.id} project={project.id} classes={classes} item={item} />}
      {(item.taughtBy ?? []).length > 0 && <TaughtRows project={project.id} classes={classes} taught={item.taughtBy ?? []} />}
      <History key={item.id} project={project.id} item={item.id} classes={project.labelSet.classes} />
    </>
  );
}

type Of = Pick<ItemPanelProps, "classes" | "item">;

function State({ project, classes, item }: Of & { project: string }) {
  const place = classes.findIndex((c) => c.id === item.class);
  const c = classes[place];
  return (
    <section class="one-state">
      {c && <ClassTile class={c} place={place} size="small" />}
      <div>
        <h2>{c ? t(item.state === "done" ? "item.settled" : item.state === "review" ? "item.review" : "item.unsettled", { name: nameOf(c) }) : t("item.noAnswer")}</h2>
        <p class="label">{sentence(classes, item)}{item.round > 0 && ` (${t("item.round", { n: item.round })})`}</p>
        {item.batch && <p class="label">{t("item.batch")} <a class="link" href={`/projects/${project}/pictures?batch=${item.batch.id}`}>{item.batch.name}</a></p>}
        {item.removed ? <p class="few">{t("item.removed", { day: date(item.removed) })}</p> : null}
      </div>
    </section>
  );
}

/** "2 said Pest, 1 Leaf only. One more answer is asked for." */
function sentence(classes: readonly Class[], item: ItemView): string {
  const s = said(item.votes ?? []);
  const name = (stored: string) => {
    const c = classes.find((x) => x.name === stored);
    return c ? nameOf(c) : stored;
  };
  const parts = s.classes.map((x) => t("item.said", { n: x.n, name: name(x.name) }));
  if (s.notSure > 0) parts.push(t("item.notSure", { n: s.notSure }));
  const end = t(item.state === "done" ? "item.enough" : item.state === "review" ? "item.expert" : item.answers === 0 ? "item.first" : "item.oneMore");
  return parts.length > 0 ? t("item.sentence", { said: parts.join(", "), end }) : end;
}

function Weights({ classes, item }: Of) {
  return (
    <section aria-labelledby="w-h">
      <h3 id="w-h">{t("item.weights")}</h3>
      <ul class="weights">
        {weights(item, classes).slice(0, 8).map((w) => {
          const x = tenths(w.p);
          return (
            <li key={w.class.id}>
              <ClassTile class={w.class} place={w.place} size="line" />
              <span class="weight-name">{nameOf(w.class)}</span>
              <Bar of={w.class} place={w.place} share={w.p} />
              <span class="label">{t(x.word, { n: x.n })}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Bar({ of, place, share }: { of: Class; place: number; share: number }) {
  return (
    <span class="weight-bar" aria-hidden="true">
      <span class="weight-fill" style={{ width: `${Math.max(2, share * 100)}%` }}><ClassTile class={of} place={place} size="bar" /></span>
    </span>
  );
}

function Answers({ classes, item }: Of) {
  const votes = item.votes ?? [];
  const others = item.others ?? [];
  const earlier = item.earlier ?? [];
  if (votes.length + earlier.length + others.length === 0 && !item.thought && !item.decided) return null;
  return (
    <section aria-labelledby="a-h">
      <h3 id="a-h">{t("item.answers")}</h3>
      <ul class="votes">
        {votes.map((v, i) => <Vote key={i} vote={v} place={i} classes={classes} />)}
        {item.decided && <Reviewer classes={classes} decided={item.decided} />}
        {item.thought && <Child classes={classes} thought={item.thought} />}
        {others.map((o) => <Other key={o.source} classes={classes} said={o} />)}
      </ul>
      {earlier.length > 0 && (
        <>
          <h3>{t("item.earlier")}</h3>
          <ul class="votes votes-earlier">{earlier.map((v, i) => <Vote key={i} vote={v} place={i} classes={classes} />)}</ul>
        </>
      )}
    </section>
  );
}

function Vote({ vote, place, classes }: { vote: VoteView; place: number; classes: readonly Class[] }) {
  const who = (vote.annotator && personName(vote.annotator)) || t("item.someone", { n: place + 1 });
  return (
    <li>
      <span class="face" aria-hidden="true">{initials(who)}</span>
      <span class="vote-who">{who}</span>
      <Said answer={vote.answer} place={classes.findIndex((c) => c.name === vote.class)} name={vote.class} classes={classes} />
      <span class="label">{[vote.stored ? date(vote.stored) : "", t(vote.afterSeen ? "item.afterSeen" : "item.blind")].filter(Boolean).join(", ")}</span>
    </li>
  );
}

/** What was answered; a class that is no longer in the list by its old name. */
function Said({ answer, place, name, classes }: { answer: string; place: number; name: string; classes: readonly Class[] }) {
  const c = classes[place];
  if (answer === "class") return <span class="vote-what">{c ? <><ClassTile class={c} place={place} size="caption" />{nameOf(c)}</> : name || t("item.oldClass")}</span>;
  return <span class="vote-what">{t(answer === "skip" ? "item.skipped" : answer === "strike" ? "item.struck" : "item.wasNotSure")}</span>;
}

function Reviewer({ classes, decided }: { classes: readonly Class[]; decided: NonNullable<ItemView["decided"]> }) {
  return (
    <li class="vote-decided">
      <span class="face" aria-hidden="true"><Icon name="check" size={18} /></span>
      <span class="vote-who">{t("item.reviewer")}</span>
      <Said answer="class" place={classes.findIndex((c) => c.id === decided.class)} name="" classes={classes} />
      <span class="label">{t("item.decided", { day: date(decided.stored) })}</span>
      {decided.note && <q class="vote-note">{decided.note}</q>}
    </li>
  );
}

function Child({ classes, thought }: { classes: readonly Class[]; thought: { class: string; rightOf10: number } }) {
  return (
    <li>
      <span class="face-child"><Icon name="child" size={24} /></span>
      <span class="vote-who">{t("item.child")}</span>
      <Said answer="class" place={classes.findIndex((c) => c.id === thought.class)} name="" classes={classes} />
      <span class="label">{t("item.childSure", { n: thought.rightOf10 })}</span>
    </li>
  );
}

/** What a model elsewhere said, by the table it came with. */
function Other({ classes, said }: { classes: readonly Class[]; said: { source: string; class: string; p: number } }) {
  return (
    <li>
      <span class="face" aria-hidden="true"><Icon name="download" size={18} /></span>
      <span class="vote-who">{t("item.other")}</span>
      <Said answer="class" place={classes.findIndex((c) => c.id === said.class)} name="" classes={classes} />
      <span class="label">{said.p > 0 ? t("item.otherSure", { source: said.source, n: tenths(said.p).n }) : said.source}</span>
    </li>
  );
}
