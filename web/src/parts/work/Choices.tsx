import { useState } from "preact/hooks";
import { nameOf, ruleOf } from "../../core/naming";
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

/** What there is to choose from. */
export interface ChoicesProps {
  project: string;
  classes: readonly Class[];
  onChoose: (c: Class) => void;
  /** Absent where "not sure" is no answer. */
  onUnsure?: () => void;
  /** The class that the child offers, empty for none. */
  offer?: string;
  /** What stands below a class's name in the place of its rule. */
  below?: (c: Class) => string;
}

/** One button for each class; on a phone "not sure" stands among them. */
export function Choices({ project, classes, onChoose, onUnsure, offer = "", below }: ChoicesProps) {
  const [search, setSearch] = useState("");
  const found = search ? classes.filter((c) => nameOf(c).toLowerCase().includes(search.toLowerCase())) : classes;
  const size = classes.length <= 5 ? "few" : classes.length <= 9 ? "some" : "many";
  return (
    <>
      {classes.length > SHOWN && (
        <input class="field" type="search" value={search} placeholder={t("work.search")} aria-label={t("work.search")} onInput={(e) => setSearch(e.currentTarget.value)} />
      )}
      <ul class={`choices choices-${size}`}>
        {shown(found, offer).map((c) => (
          <li key={c.id}>
            <button type="button" id={`choice-${c.id}`} class={c.id === offer ? "choice choice-offer" : "choice"} onClick={() => onChoose(c)} aria-keyshortcuts={c.id === offer ? `${c.key ?? ""} Enter`.trim() : c.key || undefined}>
              <ClassTile class={c} place={classes.indexOf(c)} size="choice" />
              <Example project={project} of={c} />
              <span class="choice-words"><b>{nameOf(c)}</b>{c.id === offer ? <span class="offer">{t("work.offer")}<kbd>{t("work.offerKey")}</kbd></span> : <Below text={below ? below(c) : size === "few" ? ruleOf(c) : ""} />}</span>
            </button>
          </li>
        ))}
        {onUnsure && (
          <li class="short">
            <button type="button" class="choice" onClick={onUnsure}><kbd>0</kbd><Icon name="question" /><span class="choice-words">{t("work.notSure")}</span></button>
          </li>
        )}
      </ul>
    </>
  );
}

/** The classes that are shown at once; the one that is offered is always among them. */
function shown(found: readonly Class[], offer: string): readonly Class[] {
  const first = found.slice(0, SHOWN);
  const hidden = found.slice(SHOWN).find((c) => c.id === offer);
  return hidden ? [...first.slice(0, -1), hidden] : first;
}

function Below({ text }: { text: string | undefined }) {
  return text ? <span>{text}</span> : null;
}

function Example({ project, of }: { project: string; of: Class }) {
  const item = of.examples?.[0];
  if (!item) return null;
  return <img class="choice-example" src={pictureUrl(project, item, 320)} alt="" loading="lazy" />;
}
