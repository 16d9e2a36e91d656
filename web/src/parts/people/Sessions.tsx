import type { Session } from "../../core/people";
import { moment, t } from "../../core/words";
import { endSession, sessions } from "../../sync/people";
import { Loaded, useLoad } from "../Loaded";
import { useAct } from "../useAct";

/** Where somebody is signed in, one's own without `of`; each can be ended. */
export function Sessions({ of }: { of?: string }) {
  const load = useLoad(() => sessions(of), [of]);
  const { problem, busy, run } = useAct();
  const end = (s: Session) => void run(async () => (await endSession(s.id, of), load.again()));
  return (
    <Loaded load={load}>
      {(list) => (
        <>
          {list.length === 0 && <p class="label">{t("account.nowhere")}</p>}
          <ul class="sessions">
            {list.map((s) => (
              <li key={s.id}>
                <span><b>{s.device || s.agent || t("account.unknown")}</b>{s.device && s.agent && <span class="label">{s.agent}</span>}
                  <span class="label">{s.this ? t("account.this") : t("account.seen", { when: moment(s.seen) })}</span></span>
                {!s.this && <button type="button" class="button" disabled={busy} onClick={() => end(s)}>{t("account.end")}</button>}
              </li>
            ))}
          </ul>
          <p class="bad" role="alert">{problem}</p>
        </>
      )}
    </Loaded>
  );
}
