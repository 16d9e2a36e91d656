import { useState } from "preact/hooks";
import { nameOf } from "../../core/naming";
import { type Class, pictureUrl } from "../../core/project";
import { t } from "../../core/words";
import { ClassTile } from "../ClassTile";
import { Icon } from "../Icon";

/** How many classes are shown at once; more are searched by typing. */
const SHOWN = 18;

const FLASH = 120;

/** Inverts the button of a class for a moment; it is done past the drawing of the page, to cost no frame. */
export function flash(id: string): void {
  const button = document.getElementById(`choice-${id}`);
  button?.classList.add("choice-pressed");
  setTimeout(() => button?.classList.remove("choice-pressed"), FLASH);
}

/** One button for each class; on a phone "not sure" stands among them. */
export function Choices({ project, classes, onChoose, onUnsure }: { project: string; classes: readonly Class[]; onChoose: (c: Class) => void; onUnsure: () => void }) {
  const [search, setSearch] = useState("");
  const found = search ? classes.filter((c) => nameOf(c).toLowerCase().includes(search.toLowerCase())) : classes;
  const size = classes.length <= 5 ? "few" : classes.length <= 9 ? "some" : "many";
  return (
    <>
      {classes.length > SHOWN && (
        <input class="field" type="search" value={search} placeholder={t("work.search")} aria-label={t("work.search")} onInput={(e) => setSearch(e.currentTarget.value)} />
      )}
      <ul class={`choices choices-${size}`}>
        {found.slice(0, SHOWN).map((c) => (
          <li key={c.id}>
            <button type="button" id={`choice-${c.id}`} class="choice" onClick={() => onChoose(c)} aria-keyshortcuts={c.key || undefined}>
              <ClassTile class={c} place={classes.indexOf(c)} size="choice" />
              <Example project={project} of={c} />
              <span class="choice-words"><b>{nameOf(c)}</b>{size === "few" && c.words && <span>{c.words}</span>}</span>
            </button>
          </li>
        ))}
        <li class="short">
          <button type="button" class="choice" onClick={onUnsure}><kbd>0</kbd><Icon name="question" /><span class="choice-words">{t("work.notSure")}</span></button>
        </li>
      </ul>
    </>
  );
}

function Example({ project, of }: { project: string; of: Class }) {
  const item = of.examples?.[0];
  if (!item) return null;
  return <img class="choice-example" src={pictureUrl(project, item, 320)} alt="" loading="lazy" />;
}
