// While the file has the focus, a number picks what the desk may do; Enter then decides, as in any form.
const form = document.querySelector("[data-choose]");
const options = form ? [...form.querySelectorAll("input[name=do]")] : [];
form?.addEventListener("keydown", event => {
  const picked = options[Number(event.key) - 1];
  if (!picked || picked.matches(":disabled") || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select")) return;
  picked.checked = true;
  picked.focus();
  event.preventDefault();
});
document.querySelector(".pile [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
