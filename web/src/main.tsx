import { type ComponentType, render } from "preact";
import { lazy, Suspense } from "preact/compat";
import { followLinks, match, path } from "./core/route";
import { t } from "./core/words";
import { TilePatterns } from "./parts/ClassTile";
import { lost, me, whoami } from "./sync/me";
import { keepSending } from "./sync/mine";
import "./style/base.css";
import "./style/shared.css";

// What a person opens most stands first. Each page is a
// file of its own, so that a slow line carries only the page that is opened.
const SignIn = lazy(() => import("./pages/SignIn"));
const Link = lazy(() => import("./pages/Link"));
const routes: [string, ComponentType<any>][] = [
  ["/projects/:project/work", lazy(() => import("./pages/Work"))],
  ["/", lazy(() => import("./pages/Home"))],
  ["/projects/:project", lazy(() => import("./pages/Project"))],
  ["/projects/:project/pictures", lazy(() => import("./pages/Items"))],
  ["/projects/:project/pictures/:item", lazy(() => import("./pages/Item"))],
  ["/new", lazy(() => import("./pages/New"))],
  ["/people", lazy(() => import("./pages/People"))],
  ["/help", lazy(() => import("./pages/Help"))],
];

/** The page of the address: a link opens for anybody, all else asks who is there. */
function App() {
  const link = match("/link/:token", path.value);
  if (link) return <Link token={link.token!} />;
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

function Nowhere() {
  return (
    <main class="hold" id="main">
      <p>{t("page.nowhere")}</p>
      <a class="button" href="/">{t("home.title")}</a>
    </main>
  );
}

followLinks();
keepSending();
void whoami();
render(
  <Suspense fallback={null}>
    <TilePatterns />
    <App />
  </Suspense>,
  document.getElementById("app")!,
);
