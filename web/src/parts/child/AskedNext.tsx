import { type Between, type Waiting, reasons } from "../../core/explain";
import { nameOf } from "../../core/naming";
import type { Class } from "../../core/project";
import { t } from "../../core/words";
import { ClassTile } from "../ClassTile";

/** What it wants to ask next and why, in numbers: which pictures they are stays open until they are answered. */
export function AskedNext({ classes, waiting, between }: { classes: readonly Class[]; waiting: Waiting; between: readonly Between[] }) {
  const list = reasons(waiting);
  return (
    <section class="part" aria-labelledby="asks-h">
      <h2 id="asks-h">{t("project.next.title")}</h2>
      {list.length === 0 ? <p class="label">{t("project.next.none")}</p> : (
        <ul class="asks">{list.map(([why, n]) => <li key={why}>{t(`child.why.${why}`, { n })}</li>)}</ul>
      )}
      {between.length > 0 && (
        <>
          <h3>{t("child.between")}</h3>
          <ul class="asks">{between.map((b) => <Pair key={b.a + b.b} of={b} classes={classes} />)}</ul>
        </>
      )}
    </section>
  );
}

function Pair({ of, classes }: { of: Between; classes: readonly Class[] }) {
  return (
    <li class="asks-pair">
      <Name id={of.a} classes={classes} /> <span class="label">{t("child.or")}</span> <Name id={of.b} classes={classes} />
      <b>{t("child.pictures", { n: of.pictures })}</b>
    </li>
  );
}

function Name({ id, classes }: { id: string; classes: readonly Class[] }) {
  const place = classes.findIndex((c) => c.id === id);
  const c = classes[place];
  return c ? <span class="asks-class"><ClassTile class={c} place={place} size="caption" />{nameOf(c)}</span> : <span>{t("item.oldClass")}</span>;
}
