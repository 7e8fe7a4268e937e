// The part of the screen where the page is seen: below the cover of low reach, above the dock.
// The style sheet says where it is, by the room it keeps round what is scrolled to.

export function viewOfPage() {
  const style = getComputedStyle(document.getElementById("main"));
  const top = parseFloat(style.scrollMarginTop) || 0;
  const bottom = innerHeight - (parseFloat(style.scrollMarginBottom) || 0);
  return { top, bottom, height: bottom - top };
}
