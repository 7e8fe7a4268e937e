// Tells the server of a setting that was changed on this page, without leaving it. One after the
// other: each answer holds all settings, and a late one would take back what came after it.

let last = Promise.resolve();

export function tellServer(name, value) {
  last = last.then(async () => {
    const body = new URLSearchParams({ [name]: value, stay: "1", from: "/" });
    try {
      await fetch("/preferences", { method: "POST", body, redirect: "manual", keepalive: true });
    } catch {
      // The kiosk is starting again; on this page the setting holds.
    }
  });
}
