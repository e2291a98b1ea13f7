// What every page has: light and dark by a button, kept in this browser alone.
document.querySelector(".bar nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

const root = document.documentElement;
const button = document.querySelector("[data-theme-button]");
const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const kept = { get() { try { return localStorage.getItem("theme"); } catch { return null; } }, set(value) { try { localStorage.setItem("theme", value); } catch { /* kept for this page only */ } } };

function show() {
  if (!button) return;
  button.textContent = dark() ? "Light" : "Dark";
  button.setAttribute("aria-label", `Show the pages in ${dark() ? "light" : "dark"}`);
  dispatchEvent(new Event("theme"));
}

if (["light", "dark"].includes(kept.get())) root.dataset.theme = kept.get();
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; kept.set(root.dataset.theme); show(); });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
show();
