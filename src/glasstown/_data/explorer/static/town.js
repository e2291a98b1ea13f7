// The map of a town and the month lever: every dot is painted from one byte a month; nothing is computed here but where to paint.
const data = JSON.parse(document.getElementById("data").textContent);
const map = document.getElementById("map"), canvas = document.getElementById("dots"), lever = document.getElementById("lever");
const who = document.getElementById("who"), legend = document.getElementById("legend");
const BLACK = 16, WRONGLY = 32, BARRED = 64, UNABLE = 128, UNGRADED = 15, SVG = "http://www.w3.org/2000/svg";
const view = { at: data.at, colour: new URLSearchParams(location.search).get("colour") ?? "lists", picked: -1, playing: 0 };
const town = { fixed: null, frames: [], places: [] };
const css = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const count = number => number.toLocaleString("en-US");

// ------------------------------------------------------------------ what is painted
// In a folder of files there is nobody to ask: the frames lie in a script of their own, packed.
function unpacked() {
  const packed = Uint8Array.from(atob(globalThis.glasstownFrames), letter => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
}
const lifeOf = each => !data.published || data.lives.includes(each) ? data.life.replace("{}", each) : null;

async function load() {
  const answer = data.published ? unpacked() : await fetch(data.frames);
  if (!answer.ok) { setTimeout(load, 1500); return; }
  const bytes = new Uint8Array(await answer.arrayBuffer()), n = data.n, numbers = new DataView(bytes.buffer);
  let start = 4;
  for (const size of [data.wide, data.narrow]) {
    const axis = first => Float32Array.from({ length: n }, (_, each) => numbers.getUint16(first + 2 * each, true) / 50);
    town.places.push({ width: size[0], height: size[1], step: numbers.getUint16(town.places.length * 2, true) / 100, x: axis(start), y: axis(start + 2 * n) });
    start += 4 * n;
  }
  town.fixed = bytes.subarray(start, start += n);
  let before = new Uint8Array(n);
  for (let month = 0; month < data.months; month++) {
    const frame = bytes.slice(start, start += n);
    for (let each = 0; each < n; each++) frame[each] ^= before[each];
    town.frames.push(before = frame);
  }
  canvas.hidden = false;
  map.classList.add("ready");
  show();
}

// ------------------------------------------------------------------ which mark somebody has (legend.py says the same)
function marked(byte, each) {
  const grade = byte & 15, kinds = data.kinds[view.colour], last = kinds.length - 1;
  if (view.colour === "fifth") return ((town.fixed[each] & 7) - 1) % 5;
  if (view.colour === "grade") return grade === 0 ? last : grade === UNGRADED ? last - 1 : grade - 1;
  if (view.colour === "pay") return byte & UNABLE ? (byte & BLACK ? 1 : 0) : grade === 0 ? last : last - 1;
  if (byte & WRONGLY) return 1;
  if (byte & BLACK) return 0;
  if (byte & BARRED) return 2;
  return grade === 0 ? 5 : grade !== UNGRADED && grade > data.base + 1 ? 3 : 4;
}

const layout = () => town.places[map.clientWidth < 520 ? 1 : 0];

function paint() {
  if (!town.frames.length) return;
  const place = layout(), kinds = data.kinds[view.colour], frame = town.frames[view.at - 1], ratio = window.devicePixelRatio || 1;
  const scale = map.clientWidth / place.width * ratio;
  canvas.width = place.width * scale; canvas.height = place.height * scale;
  const pen = canvas.getContext("2d"), groups = kinds.map(() => []);
  for (let each = 0; each < data.n; each++) groups[marked(frame[each], each)].push(each);
  pen.scale(scale, scale);
  const order = kinds.map((kind, n) => n).sort((a, b) => (kinds[a].shape !== "dot") - (kinds[b].shape !== "dot") || b - a);
  for (const n of order) shapes(pen, kinds[n], groups[n], place);
  if (view.picked >= 0) {
    pen.strokeStyle = css("glass"); pen.lineWidth = 2; pen.beginPath();
    pen.arc(place.x[view.picked], place.y[view.picked], Math.max(place.step, 5), 0, 7); pen.stroke();
  }
}

function shapes(pen, kind, members, place) {
  const step = place.step, colour = css(kind.colour);
  if (kind.shape === "dot") {
    const size = step * .36; pen.fillStyle = colour;
    if (size < 1.3) for (const each of members) pen.fillRect(place.x[each] - size, place.y[each] - size, 2 * size, 2 * size);
    else { pen.beginPath(); for (const each of members) { pen.moveTo(place.x[each] + size, place.y[each]); pen.arc(place.x[each], place.y[each], size, 0, 7); } pen.fill(); }
    return;
  }
  const size = Math.max(step * .52, 2.4);
  pen.fillStyle = kind.shape === "disc" ? colour : css("sheet"); pen.strokeStyle = colour; pen.lineWidth = Math.max(step * .3, 1.6);
  for (const each of members) {
    pen.beginPath();
    if (kind.shape === "square") pen.rect(place.x[each] - size, place.y[each] - size, 2 * size, 2 * size);
    else pen.arc(place.x[each], place.y[each], size, 0, 7);
    pen.fill();
    if (kind.shape !== "disc") pen.stroke();
  }
}

// ------------------------------------------------------------------ what stands beside it
function element(name, values = {}, ...children) {
  const made = name.startsWith("svg:") ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function mark(kind) {
  const shape = { disc: ["circle", { cx: 7, cy: 7, r: 4.8, class: `f-${kind.colour}` }], ring: ["circle", { cx: 7, cy: 7, r: 4.6, "stroke-width": 2.8, class: `s-${kind.colour}` }],
    square: ["rect", { x: 2.6, y: 2.6, width: 8.8, height: 8.8, "stroke-width": 2, class: `s-${kind.colour}` }], dot: ["circle", { cx: 7, cy: 7, r: 3.4, class: `f-${kind.colour}` }] }[kind.shape];
  return element("svg:svg", { viewBox: "0 0 14 14", class: "dot-mark", "aria-hidden": "true" }, element(`svg:${shape[0]}`, shape[1]));
}

function tell() {
  const kinds = data.kinds[view.colour], counts = kinds.map(() => 0), frame = town.frames[view.at - 1];
  if (frame) {
    for (let each = 0; each < data.n; each++) counts[marked(frame[each], each)]++;
    legend.replaceChildren(...kinds.map((kind, n) => element("li", {}, mark(kind), element("span", {}, kind.words), element("b", {}, count(counts[n])))));
  }
  for (const row of document.querySelectorAll("[data-account]")) account(row, data.series[row.dataset.account], data.roles[row.dataset.account]);
  document.getElementById("when").textContent = data.days[view.at - 1];
  document.getElementById("month").textContent = view.at;
  lever.value = view.at; lever.setAttribute("aria-valuetext", data.days[view.at - 1]);
}

function account(row, series, role) {
  row.querySelector("b").textContent = count(series[view.at - 1]);
  const wide = 92, tall = 24, high = Math.max(...series, 1) * 1.08, n = Math.max(series.length - 1, 1);
  const points = series.map((value, month) => `${(month / n * wide).toFixed(1)} ${(tall - 1 - value / high * (tall - 3)).toFixed(1)}`);
  const line = (kind, some) => element("svg:path", { class: `d-${kind}`, d: some.length ? `M${some.join("L")}` : "" });
  const [x, y] = points[view.at - 1].split(" ");
  row.querySelector("svg").replaceChildren(element("svg:path", { class: "d-axis", d: `M0 ${tall}L${wide} ${tall}` }), line("rest", points.slice(view.at - 1)),
    line(role, points.slice(0, view.at)), element("svg:circle", { class: `d-dot-${role}`, cx: x, cy: y, r: 2.8 }));
  const where = new URL(row.href);
  where.searchParams.set("m", view.at);
  row.href = where.href;
}

function address() {
  if (data.published) return;  // a page on a disk has no address to keep
  const query = new URLSearchParams(location.search);
  query.set("m", view.at);
  if (view.colour === "lists") query.delete("colour"); else query.set("colour", view.colour);
  history.replaceState(null, "", `?${query}`);
  const share = document.getElementById("share"), shared = new URL(share.href);
  shared.searchParams.set("m", view.at);
  if (view.colour === "lists") shared.searchParams.delete("colour"); else shared.searchParams.set("colour", view.colour);
  share.href = shared.href;
}

let waiting = 0;
function show() {
  paint(); tell(); card();
  clearTimeout(waiting); waiting = setTimeout(address, 250);
}

function go(month) { view.at = Math.min(Math.max(month, 1), data.months); show(); }

// ------------------------------------------------------------------ somebody
function card() {
  if (view.picked < 0 || !town.frames.length) return;
  const kinds = data.kinds[view.colour], kind = kinds[marked(town.frames[view.at - 1][view.picked], view.picked)];
  const name = `${data.kind === "person" ? "Person" : "Firm"} ${view.picked}`;
  who.classList.add("picked");
  who.replaceChildren(element("h3", {}, name), element("p", { class: "small" }, mark(kind), ` ${kind.words}, ${data.days[view.at - 1]}`),
    element("p", { class: "small" }, lifeOf(view.picked) ? element("a", { href: lifeOf(view.picked) }, "Open this life") : "This life is not among those in this folder."));
}

function pick(each) { view.picked = Math.min(Math.max(each, 0), data.n - 1); paint(); card(); }

canvas.addEventListener("click", event => {
  const place = layout(), box = canvas.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * place.width, y = (event.clientY - box.top) / box.height * place.height;
  let best = -1, least = Math.max(place.step * 1.6, 12) ** 2;
  const frame = town.frames[view.at - 1], kinds = data.kinds[view.colour];
  for (let each = 0; each < data.n; each++) {
    const far = (place.x[each] - x) ** 2 + (place.y[each] - y) ** 2, near = kinds[marked(frame[each], each)].shape === "dot" ? far : far / 4;
    if (near < least) { least = near; best = each; }
  }
  if (best >= 0) pick(best);
});

map.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -15, ArrowDown: 15 }[event.key];
  if (step !== undefined) pick(view.picked < 0 ? 0 : view.picked + step);
  else if (event.key === "Enter" && view.picked >= 0) { if (lifeOf(view.picked)) location.href = lifeOf(view.picked); }
  else if (event.key === "t" || event.key === "T") location.href = data.published ? data.table : `${data.table}&m=${view.at}${view.colour === "lists" ? "" : `&colour=${view.colour}`}`;
  else if (event.key === ",") go(view.at - 1);
  else if (event.key === ".") go(view.at + 1);
  else if (event.key === "p" || event.key === "P") play();
  else return;
  event.preventDefault();
});

// ------------------------------------------------------------------ time
const keys = document.getElementById("keys"), speed = document.getElementById("speed");
const playing = keys.querySelector("[data-go=play]"), arrow = playing.querySelector("path"), [RUN, REST] = [arrow.getAttribute("d"), "M3 2h3v10H3zM8 2h3v10H8z"];

function play() {
  if (view.playing) { clearInterval(view.playing); view.playing = 0; }
  else {
    if (view.at >= data.months) go(1);
    view.playing = setInterval(() => view.at < data.months ? go(view.at + 1) : play(), 1000 / Number(speed.querySelector("select").value));
  }
  playing.setAttribute("aria-pressed", String(Boolean(view.playing)));
  playing.setAttribute("aria-label", view.playing ? "Stop" : "Play");
  arrow.setAttribute("d", view.playing ? REST : RUN);
}

keys.addEventListener("click", event => {
  const asked = event.target.closest("[data-go]")?.dataset.go;
  if (asked === "play") play(); else if (asked) go({ first: 1, back: view.at - 1, on: view.at + 1 }[asked]);
});
speed.querySelector("select").addEventListener("change", () => { if (view.playing) { play(); play(); } });
lever.addEventListener("input", () => go(Number(lever.value)));
document.getElementById("colours").addEventListener("click", event => {
  const chosen = event.target.closest("[data-colour]");
  if (!chosen || event.ctrlKey || event.metaKey || !town.frames.length) return;
  event.preventDefault();
  view.colour = chosen.dataset.colour;
  for (const each of document.querySelectorAll("[data-colour]")) if (each === chosen) each.setAttribute("aria-current", "true"); else each.removeAttribute("aria-current");
  show();
});
document.getElementById("share").addEventListener("share", address);
keys.hidden = false; speed.hidden = false; document.getElementById("go").hidden = true;
addEventListener("theme", paint);
new ResizeObserver(paint).observe(map);
load();
