import type { Everybody } from "../core/people";
import type { ProjectCard } from "../core/project";
import { t } from "../core/words";
import { AddPerson } from "../parts/people/AddPerson";
import { Devices } from "../parts/people/Devices";
import { PersonRow } from "../parts/people/PersonRow";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { me } from "../sync/me";
import { people } from "../sync/people";
import { projects } from "../sync/projects";
import "../style/shared.css";
import "../style/people.css";

/** Everybody of the organisation, the way in for someone new, and the devices they share. */
export default function People() {
  const load = useLoad(() => Promise.all([people(), projects()]), []);
  return (
    <Page title={me.value?.org.name ?? ""} tab="people">
      <Loaded load={load}>{([all, list]) => <Shown all={all} projects={list} again={load.again} />}</Loaded>
    </Page>
  );
}

function Shown({ all, projects: list, again }: { all: Everybody; projects: readonly ProjectCard[]; again: () => void }) {
  return (
    <div class="people">
      <section class="people-list" aria-labelledby="people-h">
        <h1 id="people-h">{t("people.title")}</h1>
        <ul class="persons">{all.people.map((p) => <PersonRow key={p.id} person={p} projects={list} again={again} />)}</ul>
        {all.former > 0 && <p class="label people-former">{t(all.former === 1 ? "people.formerOne" : "people.formerSome", { n: all.former })}</p>}
      </section>
      <div class="people-add">
        <AddPerson />
        <Devices people={all.people} />
      </div>
    </div>
  );
}
