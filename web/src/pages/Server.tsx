import { t } from "../core/words";
import { BackupCommands } from "../parts/server/BackupCommands";
import { BackupsNow } from "../parts/server/BackupsNow";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { backups } from "../sync/backups";
import "../style/shared.css";
import "../style/people.css";
import "../style/server.css";

/** What whoever runs the server looks after: its backups. */
export default function Server() {
  const load = useLoad(backups, []);
  return (
    <Page title={t("server.title")}>
      <Loaded load={load}>
        {(of) => (
          <div class="people">
            <div class="people-list">
              <h1>{t("server.title")}</h1>
              <BackupsNow of={of} />
            </div>
            <div class="people-add"><BackupCommands of={of} /></div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
