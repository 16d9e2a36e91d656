import { SHORTCUTS } from "../core/shortcuts";
import { t } from "../core/words";
import { Page } from "../parts/Page";
import { Shortcuts } from "../parts/Shortcuts";
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
          <Shortcuts groups={SHORTCUTS} />
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
