// What the terminal's script leaves to its page: where to connect, fonts, focus, the end.
"use strict";

const terminal = document.getElementById("terminal");

// From the address in the browser, so that a forwarded port works as it stands.
terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";

const WORDS = {
  1000: ["You have left Triage", "Everything you decided is kept."],
  1001: ["Triage was stopped", "Everything you decided is kept. Start it again with triage serve, and open its new link."],
  1013: ["Too many at once", ""],
};
const LOST = ["The connection is gone", "Everything you decided is kept."];

function ended({ code, reason }) {
  const [title, words] = WORDS[code] ?? LOST;
  document.querySelector("#ended h1").textContent = title;
  document.querySelector("#ended p").textContent = words || reason;
  // Whoever left with a key may come back with one.
  requestAnimationFrame(() => document.getElementById("again").focus());
}

window.WebSocket = class extends WebSocket {
  constructor(...about) {
    super(...about);
    this.addEventListener("close", ended);
  }

  // The terminal's script tells of keys and focus though nobody hears it any more.
  send(told) {
    if (this.readyState === WebSocket.OPEN) super.send(told);
  }
};

document.getElementById("again").addEventListener("click", () => location.reload());

const watch = new MutationObserver(() => {
  if (document.body.classList.contains("-first-byte")) {
    watch.disconnect();
    terminal.querySelector("textarea").focus();
  }
});
watch.observe(document.body, { attributes: true, attributeFilter: ["class"] });

// Cells are measured once, so the font must be there before the terminal is.
const begin = window.onload;
window.onload = null;
const faces = ["", "bold", "italic", "italic bold"].map((face) => document.fonts.load(`${face} 16px "Roboto Mono"`));
Promise.allSettled(faces).then(() => begin());
