// What every page has: light and dark by a button, kept in this browser alone.
document.querySelector(".bar nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

for (const link of document.querySelectorAll("[data-share]")) link.addEventListener("click", async event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  link.dispatchEvent(new Event("share"));
  const said = link.textContent;
  try { await navigator.clipboard.writeText(link.href); link.textContent = "Address copied"; setTimeout(() => { link.textContent = said; }, 2000); }
  catch { location.href = link.href; }
});

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
