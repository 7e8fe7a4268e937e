// Back: to the screen the visitor came from, when that was one of the kiosk's own.

export class BackLink {
  constructor($root) {
    $root.addEventListener("click", (event) => {
      const from = document.referrer;
      if (!from.startsWith(location.origin) || from === location.href || history.length < 2) return;
      event.preventDefault();
      history.back();
    });
  }
}
