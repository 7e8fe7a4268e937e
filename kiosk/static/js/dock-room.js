// Keeps what has the focus clear of the dock, however tall the dock is (WCAG 2.4.11).

export class DockRoom {
  constructor($root) {
    const page = document.documentElement;
    new ResizeObserver(() => {
      page.style.setProperty("--dock", `${$root.offsetHeight + 16}px`);
    }).observe($root);
  }
}
