// What is asked of every page, beside axe: to be said in its own language, to fit a small phone, to show where the focus
// is, to give fingers room. Each gives a list of faults in words; an empty one is good.
window.everyone = {
  async axe(runOnly) {
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
    const told = ({ html }) => html.slice(0, 160);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(told).join(" | ")}`);
  },

  // Waits until the page has followed the system into the dark, or out of it.
  async turned(dark) {
    const root = document.documentElement;
    const done = () => matchMedia("(prefers-color-scheme: dark)").matches === dark && (root.dataset.bsTheme === "dark") === dark;
    while (root.dataset.theme === "auto" && !done()) await new Promise(requestAnimationFrame);
  },

  moving() {
    return document.getAnimations().filter((one) => one.playState === "running").map((one) => `moves: ${one.animationName}`);
  },

  wide() {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const beyond = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return [`wider than ${innerWidth}: ${beyond.slice(0, 3).map((one) => one.outerHTML.slice(0, 140)).join(" | ")}`];
  },

  // WCAG 2.5.8: every target 24 pixels wide and high, or with so much room that a circle of that size on it touches
  // no other target. A link in a sentence is as high as its line.
  small() {
    const pressed = "a[href], button, summary, select, input:not([type=hidden]), textarea, [role=tab], [tabindex='0']";
    const inText = (one) => one.matches("a") && getComputedStyle(one).display === "inline" && one.closest("p, li, dd, td, figcaption");
    const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.classList.contains("hidden");
    const bounds = (one) => {
      const around = one.matches("input") && one.closest("label");
      const box = (around || one).getBoundingClientRect();
      return { one, left: box.left, right: box.right, top: box.top, bottom: box.bottom, width: box.width, height: box.height };
    };
    const modal = document.querySelector("dialog:modal");
    const all = [...(modal ?? document).querySelectorAll(pressed)].filter(seen).map(bounds).filter(({ width, height }) => width && height);
    const tight = ({ width, height }) => width < 23.9 || height < 23.9;
    const near = (box, other) => {
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      const [dx, dy] = [Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)];
      return Math.hypot(dx, dy) < 12;
    };
    const apart = (box, other) => box.one === other.one || box.one.contains(other.one) || other.one.contains(box.one);
    const wrong = all.filter((box) => tight(box) && !inText(box.one) && all.some((other) => !apart(box, other) && near(box, other)));
    return wrong.map(({ one, width, height }) => `small, ${Math.round(width)}×${Math.round(height)}: ${one.outerHTML.slice(0, 140)}`);
  },

  // Everything that can hold the focus and looks, with all that is around it, the same when it does.
  unseen() {
    const around = (one) => [one, one.parentElement, one.closest("label, fieldset, li, .drop, summary")].filter(Boolean);
    const look = (one) => around(one).map((each) => {
      const style = getComputedStyle(each);
      const ring = style.outlineStyle === "none" || !parseFloat(style.outlineWidth) ? "none" : `${style.outlineWidth} ${style.outlineColor}`;
      return `${ring} ${style.boxShadow}`;
    }).join();
    const wrong = [];
    for (const one of everyone.stops()) {
      document.activeElement.blur();
      const before = look(one);
      one.focus({ preventScroll: true });
      if (document.activeElement === one && look(one) === before) wrong.push(`no focus seen: ${one.outerHTML.slice(0, 140)}`);
    }
    return wrong;
  },

  // What Tab stops at, in the order of the document; of choices that exclude each other it stops at one.
  stops() {
    const possible = "a[href], button, summary, select, input:not([type=hidden]), textarea, [tabindex]";
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0;
    const choices = (one) => [...document.getElementsByName(one.name)].filter((other) => other.type === "radio");
    const chosen = (one) => (choices(one).find((other) => other.checked) ?? choices(one)[0]) === one;
    const alone = (one) => one.type !== "radio" || chosen(one);
    return [...document.querySelectorAll(possible)].filter((one) => shown(one) && alone(one));
  },

  // Keeps where the focus goes from now on.
  follow() {
    everyone.way = [];
    document.addEventListener("focusin", ({ target }) => everyone.way.push(target));
  },

  // Steps of the focus that lead backwards for the eye: up within one part of the page, or left in one line of it.
  astray() {
    const part = (one) => one.closest("header, nav, .head, .act-bar, .actions, .scan, .paper-pictures, fieldset, form, li, tr, section, aside, main");
    const wrong = [];
    everyone.way.slice(1).forEach((one, at) => {
      const before = everyone.way[at];
      if (part(one) !== part(before)) return;
      const [from, to] = [before.getBoundingClientRect(), one.getBoundingClientRect()];
      const [up, same] = [to.bottom <= from.top, to.top < from.bottom && from.top < to.bottom];
      if (up || (same && to.right <= from.left)) wrong.push(`astray: ${before.outerHTML.slice(0, 100)} → ${one.outerHTML.slice(0, 100)}`);
    });
    return wrong;
  },

  // Chinese that nothing marks as Chinese on an English page, English sentences on a Chinese one. Codes, names of keys
  // and what stands in the language of programs are nobody's.
  speech() {
    const han = /\p{Script=Han}/u;
    const english = /[A-Za-z]{3,},? [a-z]{2,}/;
    const wrong = [];
    const judge = (element, text, where) => {
      if (element.closest("script, style, template, noscript, code, pre, kbd, .mono") || !text.trim()) return;
      const chinese = element.closest("[lang]").lang.startsWith("zh");
      if (!(chinese ? english : han).test(text)) return;
      wrong.push(`${where} “${text.trim().slice(0, 60)}” in ${element.outerHTML.slice(0, 140)}`);
    };
    const root = document.documentElement;
    if (!root.lang) return ["the page has no language"];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) judge(texts.currentNode.parentElement, texts.currentNode.data, "text");
    const typed = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";
    for (const field of document.querySelectorAll(typed)) judge(field, field.defaultValue, "value");
    if (!root.lang.startsWith("zh")) return wrong; // an attribute cannot mark a part of itself
    for (const element of document.querySelectorAll("body *")) {
      for (const { name, value } of element.attributes) {
        if (/^(title|aria-label|placeholder|alt|data-text-.*)$/.test(name)) judge(element, value, name);
      }
    }
    return wrong;
  },
};
