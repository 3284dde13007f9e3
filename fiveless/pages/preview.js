// Says of the cell that is chosen, by mouse or keyboard, what became of it; without this the page still lists all findings.
(() => {
  const lines = JSON.parse(document.getElementById("lines").textContent);
  const panel = document.getElementById("why");
  const heading = panel.querySelector("h2");
  const list = panel.querySelector("ul");
  let chosen = null;

  // The address of a cell, by the headings of its row and column.
  function address(cell) {
    const table = cell.closest("table");
    const column = map(table)[cell.parentElement.rowIndex - 1].indexOf(cell);
    return table.tHead.rows[0].cells[column].textContent + cell.parentElement.cells[0].textContent;
  }

  function explain(cell) {
    heading.textContent = `${cell.closest("table").getAttribute("aria-label")} › ${address(cell)}　${cell.textContent}`;
    const codes = (cell.dataset.w || "").split(" ").filter(Boolean);
    const said = codes.length ? codes.map((code) => lines[parseInt(code, 36)]) : [panel.dataset.empty];
    list.replaceChildren(...said.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }));
    panel.hidden = false;
    document.body.classList.add("explaining");
  }

  function choose(cell) {
    const before = cell.closest("table").querySelector("td[tabindex='0']");
    if (before) before.tabIndex = -1;
    cell.tabIndex = 0;
    chosen = cell;
    cell.focus();
  }

  function close() {
    panel.hidden = true;
    document.body.classList.remove("explaining");
    if (chosen) chosen.focus({ preventScroll: true });
  }

  // Where each cell of a table lies, merged ones in all their places.
  function map(table) {
    if (table.places) return table.places;
    const places = [];
    [...table.tBodies[0].rows].forEach((row, r) => {
      let c = 0;
      for (const cell of row.cells) {
        while ((places[r] ||= [])[c]) c += 1;
        for (let y = 0; y < cell.rowSpan; y += 1)
          for (let x = 0; x < cell.colSpan; x += 1) (places[r + y] ||= [])[c + x] = cell;
      }
    });
    return (table.places = places);
  }

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function move(event) {
    const cell = event.target.closest("td");
    if (event.key === "Escape") return close();
    if (!cell || event.altKey || event.metaKey) return undefined;
    const places = map(cell.closest("table"));
    let r = places.findIndex((row) => row.includes(cell));
    let c = places[r].indexOf(cell);
    let next = cell;
    if (event.key in steps) {
      const [down, right] = steps[event.key];
      while (next === cell) {
        r += down;
        c += right;
        next = places[r] && places[r][c];
      }
    } else if (event.key === "Home") {
      next = places[event.ctrlKey ? 0 : r][1];
    } else if (event.key === "End") {
      const row = places[event.ctrlKey ? places.length - 1 : r];
      next = row[row.length - 1];
    } else {
      return undefined;
    }
    event.preventDefault();
    if (next && next.tagName === "TD") choose(next);
    return undefined;
  }

  for (const table of document.querySelectorAll("table[role=grid]")) {
    const first = table.tBodies[0].querySelector("td");
    if (first) first.tabIndex = 0;
    table.addEventListener("click", (event) => {
      const cell = event.target.closest("tbody td");
      if (cell) choose(cell);
    });
    table.addEventListener("focusin", (event) => {
      const cell = event.target.closest("tbody td");
      if (cell) {
        chosen = cell;
        explain(cell);
      }
    });
  }
  document.addEventListener("keydown", move);
  panel.querySelector("button").addEventListener("click", close);
  const follow = () => {
    const cell = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (cell && cell.tagName === "TD") choose(cell);
  };
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => event.target.matches("a[href^='#']") && event.target.hash === location.hash && follow());
  follow();
})();
