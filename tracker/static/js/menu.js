// Folds the menu on a phone; it comes open, so that it works without this. Runs before the page below is drawn.
"use strict";
{
  const menu = document.querySelector("[data-menu]");
  if (menu) {
    const wide = matchMedia("(min-width: 700px)");
    const fit = () => {
      menu.open = wide.matches;
    };
    fit();
    wide.addEventListener("change", fit);
  }
}
