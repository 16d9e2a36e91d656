import { type Case, type Taught, byClass } from "../../core/explain";
import { nameOf, personName } from "../../core/naming";
import type { Class } from "../../core/project";
import { t } from "../../core/words";
import { ClassTile } from "../ClassTile";

/** Who taught it this: a hard picture of each class, and the taught pictures it went by. */
export function Cases({ classes, cases }: { classes: readonly Class[]; cases: readonly Case[] }) {
  return (
    <section class="part" aria-labelledby="cases-h">
      <div class="part-head">
        <h2 id="cases-h">{t("child.cases.title")}</h2>
        <p class="label">{t("child.cases.how")}</p>
      </div>
      {cases.length === 0 ? <p class="label">{t("child.cases.none")}</p> : <ul class="cases">{cases.map((l) => <One key={l.thumb} case={l} classes={classes} />)}</ul>}
    </section>
  );
}

function One({ case: l, classes }: { case: Case; classes: readonly Class[] }) {
  const same = l.settled === l.thought;
  return (
    <li class="case">
      <span class="shot"><img src={l.thumb} alt={t("child.cases.alt")} loading="lazy" /></span>
      <div class="case-words">
        <p><Name id={l.settled} classes={classes} /> <span class="label">{t("child.cases.people")}</span></p>
        <p><Name id={l.thought} classes={classes} /> <span class="label">{t(same ? "child.cases.too" : "child.cases.but")}</span></p>
        {l.rightOf10 > 0 && <p class="label">{t("work.thisSure", { n: l.rightOf10 })}</p>}
      </div>
      <div class="case-near">
        {byClass(l).map(([id, list]) => (
          <div key={id} class="case-row">
            <p class="label">{t("child.cases.from")} <Name id={id} classes={classes} /></p>
            <ul>{list.map((one) => <Near key={one.thumb} of={one} />)}</ul>
          </div>
        ))}
      </div>
    </li>
  );
}

function Near({ of }: { of: Taught }) {
  const who = of.yours ? t("item.you") : (of.by ?? []).map(personName).join(", ");
  return <li class="shot"><img src={of.thumb} alt={t("child.cases.nearAlt")} loading="lazy" />{who && <span class="tag">{who}</span>}</li>;
}

function Name({ id, classes }: { id: string; classes: readonly Class[] }) {
  const place = classes.findIndex((c) => c.id === id);
  const c = classes[place];
  return c ? <span class="asks-class"><ClassTile class={c} place={place} size="caption" /><b>{nameOf(c)}</b></span> : <b>{t("item.oldClass")}</b>;
}
