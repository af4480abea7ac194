"use strict";
// Light or dark as the reader likes it; photos large with the keyboard; timelines the other way round.
(() => {
  const page = document.documentElement;
  const kept = (() => { try { return localStorage.getItem("hwabo-shade"); } catch { return null; } })();
  if (kept) page.dataset.shade = kept;
  document.querySelector(".shade").addEventListener("click", () => {
    const dark = page.dataset.shade ? page.dataset.shade === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    page.dataset.shade = dark ? "light" : "dark";
    try { localStorage.setItem("hwabo-shade", page.dataset.shade); } catch { /* private windows keep nothing */ }
  });

  for (const button of document.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => {
      const list = document.getElementById(button.dataset.turn);
      list.append(...[...list.children].reverse());
      const pressed = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(pressed));
      button.textContent = pressed ? "최신 순으로" : "오래된 순으로";
    });
  }

  const viewer = document.querySelector(".viewer");
  const links = () => [...document.querySelectorAll("[data-view]")];
  let at = -1;
  const show = (index) => {
    const all = links();
    at = (index + all.length) % all.length;
    const link = all[at], small = link.querySelector("img"), large = viewer.querySelector("img");
    large.src = link.href;
    large.alt = small.alt;
    viewer.querySelector(".caption").textContent = small.alt;
    viewer.querySelector(".tags").textContent = link.dataset.tags;
    viewer.querySelector(".reason").textContent = link.dataset.reason;
    if (!viewer.open) viewer.showModal();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(links().indexOf(link));
  });
  viewer.querySelector(".before").addEventListener("click", () => show(at - 1));
  viewer.querySelector(".after").addEventListener("click", () => show(at + 1));
  viewer.querySelector(".close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => { if (event.target === viewer || event.target.tagName === "FIGURE") viewer.close(); });
  viewer.addEventListener("close", () => { const link = links()[at]; if (link) link.focus(); });
  document.addEventListener("keydown", (event) => {
    if (viewer.open && event.key === "ArrowLeft") show(at - 1);
    if (viewer.open && event.key === "ArrowRight") show(at + 1);
    if (!viewer.open && event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); document.getElementById("q").focus(); }
  });
})();
