"""A page in a browser -> what is wrong with it for those who see, hear and use it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(frozen=True)
class Look:
    """What is wrong with a page in a scheme of colours, and its ground."""

    complaints: tuple[str, ...]
    strangers: tuple[str, ...]
    names: list[str]
    contrasts: list[str]
    ground: str


def look_at(page: "Page", complaints: list[str], strangers: list[str]) -> Look:
    """Look at an open page; what it complained of and whom it asked is taken out of the lists."""
    names, contrasts, ground = (page.evaluate(each) for each in (CHECKS, CONTRASTS, GROUND))
    look = Look(tuple(complaints), tuple(strangers), names, contrasts, ground)
    complaints.clear()
    strangers.clear()
    return look


CHECKS = """() => {
  const wrong = [];
  const shown = e => e.getClientRects().length > 0;
  const name = e => (e.getAttribute('aria-label') || [...(e.labels || [])].map(l => l.textContent).join(' ')
    || (e.type === 'submit' ? e.value || e.textContent : e.tagName === 'INPUT' ? '' : e.textContent) || '').trim();
  for (const e of document.querySelectorAll('input:not([type=hidden]),select,button,a[href],summary'))
    if (shown(e) && !name(e)) wrong.push('no name: ' + e.outerHTML);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(other => other === id).length > 1) wrong.push('twice: ' + id);
  for (const e of document.querySelectorAll('[aria-labelledby]'))
    if (!document.getElementById(e.getAttribute('aria-labelledby'))) wrong.push('labelled by nothing: ' + e.outerHTML);
  let level = 0;
  for (const e of document.querySelectorAll('h1,h2,h3,h4')) {
    const at = +e.tagName[1];
    if (level && at > level + 1) wrong.push(`h${level} then h${at}: ` + e.textContent);
    level = at;
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  if (document.querySelectorAll('main').length !== 1) wrong.push('not one main');
  if (!document.documentElement.lang || !document.title) wrong.push('no lang or title');
  for (const c of document.querySelectorAll('ul>:not(li),ol>:not(li)')) wrong.push('in a list: ' + c.outerHTML);
  for (const e of document.querySelectorAll('th')) if (!e.scope) wrong.push('th without scope: ' + e.outerHTML);
  return wrong;
}"""


CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = color => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const line = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * line(r) + 0.7152 * line(g) + 0.0722 * line(b);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (!color.endsWith(', 0)')) return rgb(color);
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest('svg,noscript,.v')) continue;
    const a = light(rgb(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 120));
  }
  return [...poor];
}"""

GROUND = "getComputedStyle(document.body).backgroundColor"
