/* What the pages do better with JavaScript. Without it they do the same by links and forms. */
'use strict';
(() => {
const $ = (what, from = document) => from.querySelector(what);
const all = (what, from = document) => [...from.querySelectorAll(what)];
const make = (tag, values, ...parts) => {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...parts);
  return made;
};
const form = $('#f'), box = $('#q'), root = new URL('.', $('link[rel=search]').href).pathname;

/* ---- results without a new page: the same address, its parts put in place */
let said, coming, here = location.pathname + location.search;
async function show(url, push = true) {
  coming?.abort();
  coming = new AbortController();
  let page, reply;
  $('main').setAttribute('aria-busy', 'true');
  try {
    reply = await fetch(url, {signal: coming.signal, headers: {'Pressmark-Fetch': '1'}});
    page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  } catch (error) {
    if (error.name !== 'AbortError') location.href = url;
    return;
  }
  $('main').removeAttribute('aria-busy');
  const main = $('main', page), head = $('.head', page);
  if (!main || !head || !$('#results', page)) { location.href = reply.url; return; }
  const at = document.activeElement, {name, value} = at ?? {};
  const open = new Map(all('details[data-f]').map(each => [each.dataset.f, each.open]));
  const typing = at === box;
  const side = $('#filters'), new_side = $('#filters', page);
  if (side && new_side && $('#results')) {  // the node stays, so that an open panel stays open
    side.replaceChildren(...new_side.childNodes);
    $('#results').replaceWith($('#results', page));
  } else $('main').replaceWith(main);
  if (!typing) box.value = $('#q', page).value;
  const chips = $('.chips', page);
  $('.chips')?.remove();
  if (chips) $('.desk .tips').after(chips);
  document.title = page.title;
  $('#hl')?.replaceWith($('#hl', page) ?? '');
  for (const [place, what] of [['head', 'head>[rel=alternate]'], ['body', 'body>[method]']]) {  // the feed, and the panels' forms
    for (const each of all(what)) each.remove();
    document[place].append(...all(what, page));
  }
  const right = $('link[rel=canonical]', page)?.getAttribute('href') ?? reply.url;
  if (push) history.pushState(null, '', right + (side && new_side ? location.hash : ''));
  here = location.pathname + location.search;
  for (const each of all('details[data-f]')) if (open.get(each.dataset.f)) each.open = true;
  if (name && !typing) all(`[name="${CSS.escape(name)}"]`).find(each => each.value === value || !/checkbox|radio/.test(each.type))?.focus();
  if (said) said.textContent = ($('#count') ?? $('h1')).textContent;
  drag();
  remember();
  if (at?.classList.contains('over')) $('#results .over')?.focus();
}
const fields = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
const asked = () => form.getAttribute('action') + '?' + fields();
if (form?.classList.contains('page')) {
  form.addEventListener('change', event => {
    if (event.target.form === form && event.target !== box && !(event.target.name in {from: 1, to: 1} && !event.target.checkValidity())) show(asked());
  });
  form.addEventListener('submit', event => {
    if (event.submitter?.name) return;
    event.preventDefault();
    close();
    show(asked()).then(() => scrollTo(0, 0));
  });
  addEventListener('popstate', () => { if (here !== location.pathname + location.search) show(location.href, false); });
}

/* ---- the histogram: a value under the pointer and by keyboard; dragging sets From and To */
function drag() {
  const over = $('#results .over'), rows = all('#results .over ~ details tbody tr');
  if (!over || !rows.length) return;
  const period = n => rows[n].cells[0].firstChild.value || rows[n].cells[0].textContent;  // empty ones have no button
  const chart = $('svg', over), last = rows.length - 1, area = () => chart.getBoundingClientRect();
  const value = n => `${period(n)}: ${rows[n].cells[1].textContent.trim()}`;
  const band = chart.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'rect'));
  const tip = over.appendChild(make('p', {className: 's tip'}));
  band.setAttribute('class', 'sel');
  band.setAttribute('height', '84%');
  let from = null, at = last;
  Object.assign(over, {tabIndex: 0, role: 'slider', ariaLabel: $('#time').textContent, ariaValueMin: 1, ariaValueMax: last + 1});
  const place = event => Math.min(last, Math.max(0, Math.floor((event.clientX - area().left) / area().width * rows.length)));
  const show_at = n => {
    at = n;
    const [a, b] = from === null ? [n, n] : [from, n].sort((x, y) => x - y);
    band.setAttribute('x', a / rows.length * 100 + '%');
    band.setAttribute('width', (b - a + 1) / rows.length * 100 + '%');
    tip.textContent = a === b ? value(a) : over.dataset.span.replace('{first}', period(a)).replace('{last}', period(b));
    over.ariaValueNow = n + 1;
    over.ariaValueText = tip.textContent;
    over.classList.add('lit');
  };
  const choose_span = () => {
    const [a, b] = from === null ? [at, at] : [from, at].sort((x, y) => x - y);
    from = null;
    $('[name=from]').value = period(a);
    $('[name=to]').value = period(b);
    show(asked());
  };
  const leave = () => { if (from === null) over.classList.remove('lit'); };
  over.ariaValueNow = at + 1;
  over.ariaValueText = value(at);
  over.addEventListener('focus', () => { if (over.matches(':focus-visible')) show_at(at); });
  over.addEventListener('blur', leave);
  over.addEventListener('pointerleave', leave);
  over.addEventListener('pointermove', event => show_at(place(event)));
  over.addEventListener('pointerdown', event => { from = place(event); over.setPointerCapture(event.pointerId); show_at(from); });
  over.addEventListener('pointercancel', () => { from = null; leave(); });
  over.addEventListener('pointerup', event => { if (from !== null) { show_at(place(event)); choose_span(); } });
  over.addEventListener('keydown', event => {
    const to = {ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: last}[event.key];
    if (event.key === 'Enter' || event.key === ' ') choose_span();
    else if (event.key === 'Escape') { from = null; show_at(at); }
    else if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    else { from = event.shiftKey ? from ?? at : null; show_at(Math.min(last, Math.max(0, to))); }
    event.preventDefault();
  });
}
drag();

/* ---- completions: a list box under the field; Enter without a choice searches what was typed */
let list, timer, chosen = -1;
function close() {
  clearTimeout(timer);
  if (list) { list.remove(); list = null; box.ariaExpanded = 'false'; box.removeAttribute('aria-activedescendant'); }
  chosen = -1;
}
function choose(to) {
  const options = all('li', list);
  chosen = (to + options.length) % options.length;
  options.forEach((each, n) => each.ariaSelected = n === chosen);
  box.setAttribute('aria-activedescendant', options[chosen].id);
}
async function complete() {
  const typed = box.value.trim();
  if (typed.length < 2) return close();
  let texts, says;
  try { [, texts, says] = await (await fetch(root + 'suggest?' + fields())).json(); } catch { return; }
  if (box.value.trim() !== typed || document.activeElement !== box) return;
  close();
  if (!texts.length) { said.textContent = ''; return; }
  list = make('ul', {id: 'list', role: 'listbox', ariaLabel: box.dataset.list}, ...texts.map((text, n) => {
    const option = make('li', {id: 'o' + n, role: 'option', ariaSelected: 'false'},
      make('bdi', {}, text), make('span', {className: 's q'}, ' ' + says[n]));
    option.addEventListener('pointerdown', event => { event.preventDefault(); take(text); });
    return option;
  }));
  box.parentNode.append(list);
  box.ariaExpanded = 'true';
  said.textContent = box.dataset.some.replace('{n}', texts.length);
}
function take(text) { box.value = text; close(); form.requestSubmit(); }
if (box && form) {
  Object.assign(box, {role: 'combobox', ariaAutoComplete: 'list', ariaExpanded: 'false'}).setAttribute('aria-controls', 'list');
  said = make('p', {className: 'v', role: 'status'});
  box.parentNode.after(said);
  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(complete, 150); });
  box.addEventListener('blur', close);
  box.addEventListener('keydown', event => {
    if (!list) return;
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === 'Enter' && chosen >= 0) take($('bdi', all('li', list)[chosen]).textContent);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
}

/* ---- a panel in place; Escape and Close lead back */
const enter = () => $('.aim:target:not(:focus-within) :is(input,select)')?.focus();
function shut(event) {
  const link = $(':target:is(.aim,#filters)') && $(`main a[href="${location.hash}"]`);
  if (!link) return;
  event.preventDefault();
  location.hash = 'count';
  link.focus();
}
enter();
addEventListener('hashchange', enter);
document.addEventListener('click', event => { if (event.target.closest?.('.aim a[href="#count"],.close')) shut(event); });
document.addEventListener('keydown', event => { if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) shut(event); });

/* ---- in an article: the arrows of the find bar step from mark to mark */
const places = {};
document.addEventListener('click', event => {
  const arrow = event.target.closest?.('[data-find]');
  if (!arrow) return;
  const n = arrow.dataset.find, marks = all(`mark[id^="w${n}-"]`);
  places[n] = ((places[n] ?? (arrow.dataset.step > 0 ? -1 : 0)) + +arrow.dataset.step + marks.length) % marks.length;
  arrow.hash = marks[places[n]].id;
});

/* ---- beside a text to take: a button that copies it */
for (const each of navigator.clipboard ? all('[data-copy]') : []) {
  const button = make('button', {type: 'button', className: 's'}, each.dataset.copy);
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(each.textContent.replace(/[\u200b\u00ad]/g, '').replace(/\s+/g, ' ').trim());
    button.textContent = each.dataset.done;
  });
  each.after(' ', button);
}

/* ---- beside the SVG of a chart: the same as PNG */
for (const file of all('a[data-png]')) {
  const button = make('button', {type: 'button'}, 'PNG');
  button.addEventListener('click', async () => {
    const image = new Image(), canvas = make('canvas');
    image.src = file.href;
    try {
      await image.decode();
    } catch {  // no picture came: the address says why
      location.href = file.href;
      return;
    }
    canvas.width = image.width * 2;
    canvas.height = image.height * 2;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    make('a', {href: canvas.toDataURL(), download: 'trends.png'}).click();
  });
  file.after(button);
}

/* ---- the searches of this tab: the browser alone has them, till the tab closes */
function remember() {
  const count = $('#results[data-total] #count'), list = $('#history ol');
  try {
    const known = JSON.parse(sessionStorage.getItem('searches') ?? '[]');
    if (count) {
      const one = [location.pathname + location.search, $('.chips') ? all('.chips .chip').map(each => each.firstChild === each.lastChild ? each.textContent : each.textContent.slice(0, -$('.v', each).textContent.length)).join(', ') : document.title, count.textContent];
      sessionStorage.setItem('searches', JSON.stringify([one, ...known.filter(each => each[0] !== one[0])].slice(0, 20)));
    }
    if (!list || !known.length) return;
    list.replaceChildren(...known.map(([url, text, found]) =>
      make('li', {}, make('a', {href: url, dir: 'auto'}, text), make('span', {className: 's q'}, ' ' + found))));
    list.parentNode.hidden = false;
  } catch { /* a browser that keeps nothing */ }
}
remember();

/* ---- beside a value of a facet that is pointed at: leave it out */
function offer(event) {
  const row = event.target.closest?.('#filters [data-f]>label'), tick = row && $('[type=checkbox]', row);
  if (!tick || !$('#filters').dataset.not || $('button', row)) return;
  for (const each of all('#filters [data-f]>label button')) each.remove();
  const not = $('#filters').dataset.not;
  const button = make('button', {name: 'not.' + tick.name, value: tick.value, className: 'plain s', ariaLabel: not + ' ' + tick.nextSibling.textContent.trim()}, not);
  tick.checked || row.append(button);
}
document.addEventListener('pointerover', offer);
document.addEventListener('focusin', offer);

/* ---- a request to the scheduler: its page is read until it ends */
function follow() {
  if (!$('[data-follow]')) return;
  setTimeout(async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
      const old = $('main'), now = $('main', page), at = document.activeElement.outerHTML;
      if (now && now.innerHTML !== old.innerHTML) old.replaceWith(now);
      all('a,button', now).find(each => each.outerHTML === at)?.focus();
    } catch { /* asked again */ }
    follow();
  }, 2000);
}
follow();

/* ---- keys; off in fields, and by the button on the page of help */
const off = () => { try { return localStorage.getItem('keys') === 'off'; } catch { return false; } };
const step = by => {
  const links = all('.hit h3 a');
  const at = links.findIndex(each => each.closest('.hit').contains(document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
};
const keys = {
  '/': () => { box?.focus(); box?.select(); },
  j: () => step(1),
  k: () => step(-1),
  o: () => { const hit = document.activeElement?.closest('.hit'); if (hit) $('h3 a', hit).click(); },
  '[': () => $('a[rel=prev]')?.click(),
  ']': () => $('a[rel=next]')?.click(),
  m: () => {
    const at = getSelection(), field = $('#quote');
    if (at.isCollapsed || !field) return;
    const part = at.getRangeAt(0).cloneContents();
    all('figure,.apart', part).forEach(e => e.remove());
    field.value = part.textContent.trim() || field.value;
    field.closest('details').open = true;
    $('#pn').focus();
  },
  '?': () => { location.href = root + 'help/search#keys'; },
};
document.addEventListener('keydown', event => {
  const act = keys[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || off()) return;
  if (event.target.matches?.('input:not([type=checkbox]),select,textarea')) return;
  event.preventDefault();
  act();
});
const turn = $('#turn');
if (turn) {
  const name = () => { turn.textContent = turn.dataset[off() ? 'on' : 'off']; };
  turn.hidden = false;
  name();
  turn.addEventListener('click', () => { try { localStorage.setItem('keys', off() ? 'on' : 'off'); } catch { /* not kept */ } name(); });
}
})();
