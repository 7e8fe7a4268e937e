// Keeps what one visitor looked at from the next. A page of an earlier visit, met by Back, by
// forward or in the browser's memory of pages, gives way to the first screen before it is seen.
// It must run before the page is drawn, so it is a script of its own in the head, not a module.

(() => {
  const KEY = "visit";

  // The visit of this tab: a number made up for it, which Finish forgets.
  function now() {
    const visit = sessionStorage.getItem(KEY) ?? `${Date.now()}-${Math.random()}`;
    sessionStorage.setItem(KEY, visit);
    return visit;
  }

  // Each entry of the history is stamped with its visit. One with another's stamp, or met again
  // without any, is not this visitor's.
  function isOurs(visit) {
    const stamp = history.state?.visit;
    const [entry] = performance.getEntriesByType("navigation");
    return stamp ? stamp === visit : entry?.type !== "back_forward";
  }

  function check({ persisted = false } = {}) {
    const visit = now();
    const ours = isOurs(visit);
    if (history.state?.visit !== visit) history.replaceState({ ...history.state, visit }, "");
    if (!ours && (persisted || location.pathname !== "/")) return leave();
    if (location.pathname !== "/") sessionStorage.setItem("been-on", "yes");
  }

  // The first screen is met anew; another page gives way to it. The stamp is ours by now: an
  // address that is replaced by itself keeps its state, and would be left again and again.
  function leave() {
    document.documentElement.hidden = true;
    if (location.pathname === "/") location.reload();
    else location.replace("/");
  }

  check();
  addEventListener("hashchange", () => check()); // a place inside the page is an entry of its own
  addEventListener("pageshow", ({ persisted }) => persisted && check({ persisted }));
  // The answer to Finish clears the storage too, but only where the browser trusts the address.
  addEventListener("submit", ({ target }) => {
    if (new URL(target.action).pathname !== "/finish") return;
    sessionStorage.clear();
    localStorage.clear();
  });
})();
