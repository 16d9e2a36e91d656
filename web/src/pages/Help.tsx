import type { ComponentChildren } from "preact";
import { t } from "../core/words";
import { Page } from "../parts/Page";
import "../style/shared.css";
import "../style/help.css";

/** Help in one place: how the loop works, what the figures mean, every key. */
export default function Help() {
  return (
    <Page title={t("help.title")}>
      <div class="help">
        <h1>{t("help.title")}</h1>
        <section aria-labelledby="loop-h">
          <h2 id="loop-h">{t("help.loop")}</h2>
          <ol class="help-loop">{[1, 2, 3, 4, 5].map((n) => <li key={n}>{t(`help.loop${n}`)}</li>)}</ol>
        </section>
        <section aria-labelledby="keys-h" id="keys">
          <h2 id="keys-h">{t("help.keys")}</h2>
          <Keys title={t("help.keysWork")} rows={[
            [<><kbd>1</kbd> … <kbd>9</kbd></>, "help.key.class"], [<kbd>0</kbd>, "help.key.notSure"], [<kbd>S</kbd>, "help.key.skip"], [<kbd>Z</kbd>, "help.key.undo"],
          ]} />
          <Keys title={t("help.keysBrowse")} rows={[
            [<><kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd></>, "help.key.arrows"], [<kbd>Enter</kbd>, "help.key.enter"],
            [<><kbd>←</kbd> <kbd>→</kbd></>, "help.key.steps"], [<kbd>Esc</kbd>, "help.key.esc"], [<kbd>Tab</kbd>, "help.key.tab"],
          ]} />
        </section>
        <section aria-labelledby="figures-h">
          <h2 id="figures-h">{t("help.words")}</h2>
          {[1, 2, 3].map((n) => <p key={n}>{t(`help.words${n}`)}</p>)}
        </section>
        <section aria-labelledby="line-h">
          <h2 id="line-h">{t("help.line")}</h2>
          <p>{t("help.line1")}</p>
        </section>
      </div>
    </Page>
  );
}

function Keys({ title, rows }: { title: string; rows: [ComponentChildren, string][] }) {
  return (
    <>
      <h3>{title}</h3>
      <dl class="help-keys">
        {rows.map(([keys, word]) => <div key={word}><dt>{keys}</dt><dd>{t(word)}</dd></div>)}
      </dl>
    </>
  );
}
