/* What a page needs beside Streamlit: charts as narrow as paper when they are printed, grids that begin where reading
   does, and Streamlit's own words, which it has in English alone, in the reader's language. It runs in the page itself and knows nothing but what it is given. */

/* Charts keep the width that they have on the screen: on paper they are made as narrow as A4 is between its margins. */
function fitPaper() {
  if (window.fitsPaper) return;
  window.fitsPaper = true;
  const drawn = '.js-plotly-plot, [data-testid="stDataFrame"], [data-testid="stDeckGlJsonChart"]';
  const fit = width => document.querySelectorAll(drawn).forEach(one => {
    one.style.zoom = width ? Math.min(1, width / one.offsetWidth) : '';
  });
  window.addEventListener('beforeprint', () => fit(700));
  window.addEventListener('afterprint', () => fit(0));
}

/* The grid lays its columns out from left to right: where reading starts on the right, a grid that is wider than its place
   begins there. */
function showStart() {
  if (window.showsStart) return;
  window.showsStart = true;
  const start = grid => {
    if (grid.dataset.shown || document.documentElement.dir !== 'rtl' || grid.scrollWidth <= grid.clientWidth) return;
    grid.dataset.shown = 'start';
    grid.scrollLeft = grid.scrollWidth;
  };
  const sized = new ResizeObserver(changes => changes.forEach(change => start(change.target.closest('.dvn-scroller'))));
  const watch = node => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const grid of [node, ...node.querySelectorAll('.dvn-scroller')]) {
      if (!grid.matches('.dvn-scroller')) continue;
      sized.observe(grid);
      if (grid.firstElementChild) sized.observe(grid.firstElementChild);
    }
  };
  new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(watch)))
    .observe(document.body, {subtree: true, childList: true});
  watch(document.body);
}

/* `digits` are the reader's ten, which Streamlit's page numbers are to have; `words` are pairs of a text as Streamlit has it and as the reader is to have it, none where the reader's language is
   Streamlit's own. Only whole texts are replaced, and none of articles, records, tables or charts. */
function putWords(words, digits) {
  const attributes = ['aria-label', 'title', 'placeholder', 'aria-valuetext'];
  const ours = 'article, textarea, code, .js-plotly-plot, [data-testid="stHtml"], [data-testid="stDataFrame"], '
    + '[data-testid="stMarkdownContainer"], [data-testid="stCaptionContainer"]';
  const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

  function translator(pairs) {
    const whole = new Map(), parts = [];
    for (const [from, to] of pairs) {
      if (!from.includes('{rest}')) whole.set(from, to);
      else parts.push([new RegExp('^' + from.split('{rest}').map(escape).join('(.+)') + '$'), to]);
    }
    return text => {
      const known = whole.get(text.trim());
      if (known !== undefined) return text.replace(text.trim(), () => known);
      for (const [pattern, to] of parts) {
        const found = text.match(pattern);
        if (found) return to.replace('{rest}', () => found[1]);
      }
      return text;
    };
  }

  function put(node, translate, digits) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement || node.parentElement.closest(ours)) return;
      const isNumber = node.parentElement.closest('[data-testid="stPagination"]');
      const text = isNumber ? node.data.replace(/[0-9\u0660-\u0669]/g, one => digits[one.charCodeAt(0) & 15]) : translate(node.data);
      if (text !== node.data) node.data = text;
    } else if (node.nodeType === Node.ELEMENT_NODE && node.tagName !== 'SCRIPT' && node.tagName !== 'STYLE') {
      for (const name of attributes) {
        const was = node.getAttribute(name), text = was && translate(was);
        if (text !== was) node.setAttribute(name, text);
      }
      node.childNodes.forEach(child => put(child, translate, digits));
    }
  }

  const before = window.wordsPut;
  if (before) {
    before.observer.disconnect();
    put(document.body, translator(before.words.map(([own, theirs]) => [theirs, own])), '0123456789');
    window.wordsPut = null;
  }
  if (!words.length) return;
  const translate = translator(words);
  const observer = new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(node => put(node, translate, digits));
      else if (change.type === 'characterData') put(change.target, translate, digits);
      else {
        const was = change.target.getAttribute(change.attributeName), text = was && translate(was);
        if (text !== was) change.target.setAttribute(change.attributeName, text);
      }
    }
  });
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
  window.wordsPut = {observer, words};
  put(document.body, translate, digits);
}
