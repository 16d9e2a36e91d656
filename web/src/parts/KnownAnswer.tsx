import { useState } from "preact/hooks";
import { nameOf } from "../core/naming";
import type { Class, ItemView } from "../core/project";
import { t } from "../core/words";
import { removeGold, setGold } from "../sync/projects";
import { ClassTile } from "./ClassTile";
import { Icon } from "./Icon";

/** Whether the class of a picture is a known answer, and the button that makes it one or takes it away. */
export function KnownAnswer({ project, classes, item }: { project: string; classes: readonly Class[]; item: ItemView }) {
  const [gold, setGoldNow] = useState(item.gold ?? "");
  const [problem, setProblem] = useState("");
  const place = classes.findIndex((c) => c.id === (gold || item.class));
  const c = classes[place];
  const change = async () => {
    try {
      await (gold ? removeGold(project, item.id) : setGold(project, item.id, item.class));
      setGoldNow(gold ? "" : item.class);
      setProblem("");
    } catch (e) {
      setProblem(e instanceof Error ? e.message : t("page.lineDown"));
    }
  };
  return (
    <section class="known" aria-labelledby="k-h">
      <div>
        <h3 id="k-h">{t("item.known")}</h3>
        <p class="label" role="status">{c && gold ? <><ClassTile class={c} place={place} size="caption" /> {t("item.knownIs", { name: nameOf(c) })}</> : t("item.knownWhy")}</p>
        {problem && <p class="bad" role="alert">{problem}</p>}
      </div>
      {c && <button type="button" class="button" aria-pressed={gold !== ""} onClick={change}><Icon name={gold ? "close" : "check"} />{t(gold ? "item.knownAway" : "item.knownSet", { name: nameOf(c) })}</button>}
    </section>
  );
}
