import { nameOf } from "../core/naming";
import type { Class } from "../core/project";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";

/** What one said oneself and what the picture was settled as. */
export function SaidSettled({ said, settled, classes }: { said: string; settled: string; classes: readonly Class[] }) {
  return (
    <dl class="said-settled">
      <div><dt>{t("mine.you")}</dt><dd><ClassName of={said} classes={classes} /></dd></div>
      <div><dt>{t("mine.settled")}</dt><dd><ClassName of={settled} classes={classes} /></dd></div>
    </dl>
  );
}

/** A class in a line of text: its tile and its name. */
export function ClassName({ of, classes }: { of: string; classes: readonly Class[] }) {
  const place = classes.findIndex((c) => c.id === of);
  const c = classes[place];
  if (!c) return <span>{t("item.oldClass")}</span>;
  return <span class="class-name"><ClassTile class={c} place={place} size="line" /><span>{nameOf(c)}</span></span>;
}
