// Tells how a print job goes, once a second, in a place that screen readers speak (role=status).
// Without this the page asks for itself again every two seconds.

const EVERY_MS = 1000;

export class PrintWatch {
  constructor($root) {
    this.$root = $root;
    // The page's own reload would begin the speech anew; from here on it is asked for quietly.
    stop();
    this.ask();
  }

  async ask() {
    let job;
    try {
      const answer = await fetch(this.$root.dataset.job, { headers: { Accept: "application/json" } });
      if (answer.status === 404) return this.gone();
      job = await answer.json();
    } catch {
      return this.later(); // the kiosk is starting again; it will answer
    }
    this.show(job);
    if (job.ended) return this.end(job);
    if (!("left" in this.$root.dataset)) dispatchEvent(new CustomEvent("kiosk:printing"));
    this.later();
  }

  later() {
    setTimeout(() => this.ask(), EVERY_MS);
  }

  show(job) {
    const $lines = [...this.$root.querySelectorAll("p")];
    if ($lines.map(($line) => $line.textContent).join() === job.lines.join()) return;
    this.$root.dataset.state = job.state;
    this.$root.replaceChildren(
      ...job.lines.map((text, index) => {
        const $line = document.createElement("p");
        $line.className = "k-s";
        $line.id = `print-${index + 1}`;
        $line.textContent = text;
        return $line;
      }),
    );
    dispatchEvent(new CustomEvent("kiosk:changed"));
  }

  end(job) {
    for (const $form of document.querySelectorAll("[data-while-open]")) $form.hidden = true;
    if (job.state !== "failed") return;
    for (const $other of document.querySelectorAll("[data-when-failed]")) $other.hidden = false;
  }

  gone() {
    if ("left" in this.$root.dataset) this.$root.remove();
    else location.assign("/");
  }
}
