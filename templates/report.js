"use strict";
const root = document.documentElement;
const every = (query, act) => document.querySelectorAll(query).forEach(act);
every("[data-needs-script]", (part) => { part.hidden = false; });

const theme = document.getElementById("theme");
const darkNow = () => root.dataset.theme
  ? root.dataset.theme === "dark"
  : matchMedia("(prefers-color-scheme: dark)").matches;
const nameTheme = () => { theme.textContent = darkNow() ? "Light page" : "Dark page"; };
theme.addEventListener("click", () => { root.dataset.theme = darkNow() ? "light" : "dark"; nameTheme(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);
nameTheme();

const said = document.getElementById("ledger-said");
const show = (wanted) => {
  let count = 0;
  every("tr[data-severity]", (row) => {
    row.hidden = wanted !== "all" && !wanted.split(" ").includes(row.dataset.severity);
    count += !row.hidden;
  });
  every(".ledger tbody", (body) => { body.hidden = !body.querySelector("tr[data-severity]:not([hidden])"); });
  every("button[data-show]", (button) => button.setAttribute("aria-pressed", button.dataset.show === wanted));
  said.textContent = count + (count === 1 ? " statistic shown" : " statistics shown");
};
every("button[data-show]", (button) => button.addEventListener("click", () => show(button.dataset.show)));

/* A link to a row that the filter or a closed fold hides brings it back. */
const reveal = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("[hidden]")) show("all");
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

/* Printing opens every fold, and closes again what it opened. */
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((fold) => { fold.open = true; });
});
addEventListener("afterprint", () => opened.forEach((fold) => { fold.open = false; }));
