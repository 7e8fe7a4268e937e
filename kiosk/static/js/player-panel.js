// What is seen of the reading aloud: the bar's Listen, the player's own buttons, and its words.

export class PlayerPanel {
  // `$link` is the bar's Listen, which becomes a button here; `press(act)` is called for each press.
  constructor($link, press) {
    this.$button = replaceByButton($link);
    this.$player = document.querySelector("[data-player]");
    this.$status = this.$player.querySelector("[data-status]");
    this.$toggle = this.$player.querySelector("[data-toggle]");
    this.$offer = this.$player.querySelector("[data-offer]");
    this.$button.addEventListener("click", () => press("toggle"));
    this.$player.addEventListener("click", (event) => {
      const $act = event.target.closest("[data-act]");
      if ($act) press($act.dataset.act);
    });
  }

  open() {
    this.$player.hidden = false;
  }

  close() {
    this.$player.hidden = true;
  }

  label(playing) {
    this.$player.classList.toggle("k-is-paused", !playing);
    this.$toggle.textContent = playing ? this.$toggle.dataset.pause : this.$toggle.dataset.play;
    this.$button.setAttribute("aria-pressed", String(playing));
  }

  // At the end of the page the controls make room for what could come next (A11Y-49).
  ended(over) {
    const held = this.$player.contains(document.activeElement);
    this.$player.classList.toggle("k-has-ended", over);
    this.$offer.hidden = !over;
    if (over && held) this.$offer.querySelector("button").focus({ preventScroll: true });
  }

  // Words in the player: the status's own, by name, with a value where they need one; or none.
  tell(name, value = "") {
    this.$status.textContent = name ? this.$status.dataset[name].replace("{}", value) : "";
  }

  // There is no voice; whoever wants may try again.
  fail() {
    this.open();
    this.ended(false);
    this.label(false);
    this.tell("failed");
  }

  focusToggle() {
    this.$toggle.closest("button").focus({ preventScroll: true });
  }
}

function replaceByButton($link) {
  const $button = document.createElement("button");
  $button.type = "button";
  $button.className = $link.className;
  $button.append(...$link.childNodes);
  $button.setAttribute("aria-pressed", "false");
  $link.replaceWith($button);
  return $button;
}
