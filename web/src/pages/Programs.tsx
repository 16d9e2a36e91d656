import { t } from "../core/words";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { AddHook } from "../parts/programs/AddHook";
import { AddToken } from "../parts/programs/AddToken";
import { HookRow } from "../parts/programs/HookRow";
import { TokenRow } from "../parts/programs/TokenRow";
import { hooks, tokens } from "../sync/programs";
import { projects } from "../sync/projects";
import "../style/shared.css";
import "../style/people.css";
import "../style/programs.css";

/** Programs that are let in by a token, and addresses that are told of what happens. */
export default function Programs() {
  const load = useLoad(() => Promise.all([tokens(), hooks(), projects()]), []);
  return (
    <Page title={t("programs.title")}>
      <Loaded load={load}>
        {([some, told, list]) => (
          <div class="people">
            <div class="people-list">
              <h1>{t("programs.title")}</h1>
              <p class="label">{t("programs.lead")} <a class="link" href="/api-guide">{t("programs.guide")}</a></p>
              <section aria-labelledby="tokens-h">
                <h2 id="tokens-h">{t("programs.tokens")}</h2>
                {some.tokens.length === 0 && <p class="label">{t("programs.noTokens")}</p>}
                <ul class="programs">{some.tokens.map((one) => <TokenRow key={one.token} of={one} again={load.again} />)}</ul>
              </section>
              <section aria-labelledby="hooks-h">
                <h2 id="hooks-h">{t("programs.hooks")}</h2>
                {told.hooks.length === 0 && <p class="label">{t("programs.noHooks")}</p>}
                <ul class="programs">{told.hooks.map((one) => <HookRow key={one.hook} of={one} projects={list} again={load.again} />)}</ul>
              </section>
            </div>
            <div class="people-add">
              <AddToken acts={some.acts} again={load.again} />
              <AddHook kinds={told.kinds} projects={list} again={load.again} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
