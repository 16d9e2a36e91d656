import { type ComponentType, render } from "preact";
import { lazy, Suspense } from "preact/compat";
import { followLinks, match, path } from "./core/route";
import { allWords, t } from "./core/words";
import { TilePatterns } from "./parts/ClassTile";
import { lockWhenIdle } from "./sync/idle";
import { lost, me, whoami } from "./sync/me";
import { keepSending } from "./sync/mine";
import { keepShell } from "./sync/shell";
import { measureLine } from "./sync/speed";
import "./style/tokens.css";
import "./style/base.css";
import "./style/shared.css";

type Part = { default: ComponentType<any> };

/** A page that is not kept on the device: its texts come with it. */
const far = (bring: () => Promise<Part>) => lazy(() => Promise.all([bring(), allWords()]).then(([page]) => page));

// What a person opens most stands first. Each page is a
// file of its own, so that a slow line carries only the page that is opened.
const SignIn = lazy(() => import("./pages/SignIn"));
const Link = far(() => import("./pages/Link"));
const Install = far(() => import("./pages/Install"));
const Nowhere = lazy(() => import("./pages/Nowhere"));
const routes: [string, ComponentType<any>][] = [
  ["/projects/:project/work", lazy(() => import("./pages/Work"))],
  ["/", lazy(() => import("./pages/Home"))],
  ["/projects/:project/pack", lazy(() => import("./pages/Pack"))],
  ["/projects/:project/grid", far(() => import("./pages/Tiles"))],
  ["/answers", far(() => import("./pages/Answers"))],
  ["/projects/:project", far(() => import("./pages/Project"))],
  ["/projects/:project/child", far(() => import("./pages/Child"))],
  ["/projects/:project/pictures", far(() => import("./pages/Items"))],
  ["/projects/:project/views/:view", far(() => import("./pages/Items"))],
  ["/projects/:project/pictures/:item", far(() => import("./pages/Item"))],
  ["/projects/:project/people", far(() => import("./pages/Skills"))],
  ["/me", far(() => import("./pages/Account"))],
  ["/me/work", far(() => import("./pages/MyWork"))],
  ["/projects/:project/table", far(() => import("./pages/Table"))],
  ["/projects/:project/review", far(() => import("./pages/Review"))],
  ["/new", far(() => import("./pages/New"))],
  ["/people", far(() => import("./pages/People"))],
  ["/programs", far(() => import("./pages/Programs"))],
  ["/server", far(() => import("./pages/Server"))],
  ["/api-guide", far(() => import("./pages/Guide"))],
  ["/help", far(() => import("./pages/Help"))],
];

/** The page of the address: a link and the setting up of a device open for anybody, all else asks who is there. */
function App() {
  const link = match("/link/:token", path.value);
  if (link) return <Link token={link.token!} />;
  if (match("/install", path.value)) return <Install />;
  if (lost.value && !me.value) return <Lost />;
  if (me.value === undefined) return null;
  if (me.value === null) return <SignIn />;
  for (const [pattern, Shown] of routes) {
    const places = match(pattern, path.value);
    if (places) return <Shown key={path.value} {...places} />;
  }
  return <Nowhere />;
}

function Lost() {
  return (
    <main class="hold" id="main" role="alert">
      <p>{lost.value}</p>
      <button type="button" class="button" onClick={() => void whoami()}>{t("page.again")}</button>
    </main>
  );
}

followLinks();
keepSending();
if (!match("/install", path.value)) keepShell(); // over plain http there is no worker to keep it
lockWhenIdle();
measureLine();
void whoami();
render(
  <Suspense fallback={null}>
    <TilePatterns />
    <App />
  </Suspense>,
  document.getElementById("app")!,
);
