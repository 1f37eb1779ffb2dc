/**
 * The script of the report: filters, folded claims for the printer (what the reader has unfolded is printed too), and boxes that scroll made reachable by keyboard. It is
 * the only script that the page's policy lets run. It makes no HTML from text.
 */
export const PAGE_SCRIPT = `
(() => {
  'use strict';
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const claims = [...document.querySelectorAll('article.claim')].map(article => ({
    article,
    row: document.querySelector('li[data-claim="' + CSS.escape(article.id) + '"]'),
    verdict: article.dataset.verdict,
    expected: article.dataset.expected === 'yes',
    text: [...article.querySelectorAll('h4, .about')].map(each => each.textContent).join(' ').toLowerCase(),
  }));
  const sections = [...document.querySelectorAll('section.part')];

  const apply = () => {
    const verdicts = new Set([...form.querySelectorAll('input[name=verdict]:checked')].map(each => each.value));
    const onlyUnexpected = form.elements.unexpected?.checked ?? false;
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(word => word !== '');
    let count = 0;
    for (const { article, row, verdict, expected, text } of claims) {
      const visible = verdicts.has(verdict) && !(onlyUnexpected && expected) && words.every(word => text.includes(word));
      article.hidden = !visible;
      if (row) row.hidden = !visible;
      if (visible) count += 1;
    }
    for (const section of sections) section.hidden = !section.querySelector('article.claim:not([hidden])');
    for (const part of document.querySelectorAll('.contents > li')) part.hidden = !part.querySelector('li:not([hidden])');
    shown.textContent = count + ' of ' + claims.length + ' claims';
    markScrolling();
  };

  // A box that scrolls has to be reachable without a mouse; one that does not is no stop on the way.
  const markScrolling = () => {
    for (const box of document.querySelectorAll('.formula, .scroll, pre')) {
      // Of two forms of a formula one is there for screen readers only.
      const shown = box.clientHeight > 1;
      if (shown && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  };

  // In a box that scrolls the mark of the slip is what one came for.
  const bringMarks = () => {
    for (const mark of document.querySelectorAll('.formula .slip, .formula .repair')) {
      const box = mark.closest('.formula');
      const [inner, outer] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
      if (inner.right > outer.right - 16) box.scrollLeft += inner.right - outer.right + 32;
    }
  };

  // A link leads to its claim even when the filter hides it, and unfolds it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest('[hidden]')) {
      form.reset();
      apply();
    }
    const fold = target.querySelector(':scope > details.fold');
    if (fold) fold.open = true;
    target.scrollIntoView();
  };

  // An equation that stands elsewhere is copied when it is asked for.
  const fill = details => {
    const source = document.getElementById(details.dataset.of);
    if (!source || details.dataset.filled) return;
    details.dataset.filled = 'yes';
    const copy = source.cloneNode(true);
    copy.removeAttribute('id');
    details.querySelector('p').replaceWith(copy);
    markScrolling();
  };
  document.addEventListener('toggle', event => {
    if (event.target.matches && event.target.matches('details')) {
      if (event.target.open && event.target.dataset.of) fill(event.target);
      markScrolling();
    }
  }, true);

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details.fold:not([open])')];
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
    folded = [];
  });

  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  addEventListener('hashchange', reveal);
  addEventListener('resize', () => {
    markScrolling();
    bringMarks();
  });
  form.hidden = false;
  apply();
  reveal();
  bringMarks();
  if (document.fonts)
    document.fonts.ready.then(() => {
      markScrolling();
      bringMarks();
    });
})();
`;
