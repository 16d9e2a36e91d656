import { useEffect, useState } from "preact/hooks";
import { path } from "../core/route";
import { forPage, letters, type ShortcutGroup, shortcutsOf, switchLetters } from "../core/shortcuts";
import { t } from "../core/words";
import { may } from "../sync/me";
import { Sheet } from "./work/Sheet";
import "../style/help.css";

/** The keys of the page that is shown, in a sheet that "?" opens. */
export function ShortcutSheet() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.key !== "?" || !forPage(e)) return;
      e.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  if (!open) return null;
  return (
    <Sheet title={t("help.keysHere")} onClose={() => setOpen(false)}>
      <Shortcuts groups={shortcutsOf(path.value)} />
      <p class="help-more"><a class="link" href="/help">{t("help.more")}</a></p>
    </Sheet>
  );
}

/** Groups of keys with what each does, those of others left out, and the switch of the letters among them. */
export function Shortcuts({ groups }: { groups: readonly ShortcutGroup[] }) {
  return (
    <div class="shortcuts">
      {groups.filter((g) => !g.for || may(g.for)).map((g) => (
        <section key={g.title}>
          <h3>{t(g.title)}</h3>
          <dl class="help-keys">
            {g.rows.filter((r) => !r.for || may(r.for)).map((r) => <div key={r.word}><dt>{r.keys.map((k) => (k === "…" ? " … " : <kbd key={k}>{k}</kbd>))}</dt><dd>{t(r.word)}</dd></div>)}
          </dl>
        </section>
      ))}
      <label class="check"><input type="checkbox" checked={letters.value} onChange={(e) => switchLetters(e.currentTarget.checked)} /><span>{t("help.letters")}<span class="label">{t("help.lettersNext")}</span></span></label>
    </div>
  );
}
