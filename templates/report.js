const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const every = (query, act, within = document) => within.querySelectorAll(query).forEach(act);
const make = (tag, more) => Object.assign(document.createElement(tag), more);
const press = (part, act) => part.addEventListener("click", act);
const say = (words) => { byId("said").textContent = words; };
every("[data-needs-script]", (part) => { part.hidden = false; });

/* The theme: the reader's choice is kept where the browser allows it. */
const kept = (act) => { try { return act(localStorage); } catch { return null; } };
const theme = byId("theme"), dark = matchMedia("(prefers-color-scheme: dark)");
const darkNow = () => root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
const nameTheme = () => { theme.textContent = darkNow() ? "Light page" : "Dark page"; };
const chosen = kept((store) => store.theme);
if (/^(dark|light)$/.test(chosen)) root.dataset.theme = chosen;
press(theme, () => {
  root.dataset.theme = darkNow() ? "light" : "dark";
  kept((store) => store.theme = root.dataset.theme);
  nameTheme();
});
dark.addEventListener("change", nameTheme);
nameTheme();

/* The ledger's filter. */
const rows = "[data-severity], .agreeing li";
const show = (wanted) => {
  let count = 0;
  every(rows, (row) => {
    row.hidden = wanted !== "all" && !wanted.split(" ").includes(row.dataset.severity || "none");
    count += !row.hidden;
  });
  every(".ledger tbody, .agreeing", (part) => { part.hidden = !part.querySelector(`:is(${rows}):not([hidden])`); });
  every(".agreeing", (part) => { part.open = wanted === "none"; });
  every("button[data-show]", (button) => button.setAttribute("aria-pressed", button.dataset.show === wanted));
  byId("ledger-said").textContent = count + " shown";
};
every("button[data-show]", (button) => press(button, () => show(button.dataset.show)));

/* A link to a row that the filter or a closed fold hides brings it back. */
const reveal = () => {
  const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("[hidden]")) show("all");
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

/* Tables that sort by the column whose name is pressed; empty cells last. */
const value = (row, i) => {
  const text = row.cells[i].dataset.value || row.cells[i].textContent.trim(), number = parseFloat(text);
  return !text || text === "–" ? null : isNaN(number) ? text.toLowerCase() : number;
};
const compare = (a, b) => typeof a === typeof b ? (a < b ? -1 : a > b) : typeof a === "number" ? -1 : 1;
every("table.sortable", (table) => every("thead th", (head, i) => {
  const button = make("button", { type: "button" });
  button.append(...head.childNodes);
  head.append(button);
  press(button, () => {
    const up = head.getAttribute("aria-sort") !== "ascending", body = table.tBodies[0];
    every("[aria-sort]", (other) => other.removeAttribute("aria-sort"), table);
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = [...body.rows].map((row) => [value(row, i), row]);
    rows.sort(([a], [b]) => a === null || b === null ? (a === null) - (b === null) : compare(a, b) * (up ? 1 : -1));
    body.append(...rows.map(([, row]) => row));
    say("Sorted by " + button.textContent + (up ? ", ascending" : ", descending"));
  });
}, table));

/* Headings hand out their own address. */
every("main :is(h2, h3, h4)[id]", (head) => {
  const ariaLabel = "Copy link to " + head.textContent;
  const button = make("button", { type: "button", className: "copy", textContent: "#", ariaLabel });
  press(button, async () => {
    const address = location.href.split("#")[0] + "#" + head.id;
    try { await navigator.clipboard.writeText(address); say("Link copied"); } catch { location.hash = head.id; }
  });
  head.append(button);
});

/* Everything as JSON. */
press(byId("save-data"), () => {
  const href = URL.createObjectURL(new Blob([byId("report-data").textContent], { type: "application/json" }));
  make("a", { href, download: "report.json" }).click();
});

/* Printing opens every fold, and closes again what it opened. */
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  opened.forEach((fold) => { fold.open = true; });
});
addEventListener("afterprint", () => opened.forEach((fold) => { fold.open = false; }));
