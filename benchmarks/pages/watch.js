// Runs in a page before anything of its own: notes in `seen` what the browser tells of the page, and in the session's
// storage when the heart was touched and when it turned, should a new page be the answer to a touch.
(() => {
  const HEART = 'button[aria-label="Like"]';
  const seen = { fcp: 0, lcp: 0, largest: '', shifts: [], tasks: [] };
  window.seen = seen;

  const observe = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.fcp = startTime;
  });
  observe('largest-contentful-paint', ({ startTime, element }) => {
    seen.lcp = startTime;
    seen.largest = element?.localName ?? '';
  });
  observe('layout-shift', ({ startTime, value, hadRecentInput }) => {
    if (!hadRecentInput) seen.shifts.push({ at: startTime, value });
  });
  observe('longtask', ({ startTime, duration }) => seen.tasks.push({ at: startTime, duration }));

  const touched = ({ target, timeStamp }) => {
    const heart = target.closest(HEART);
    if (!heart) return;
    sessionStorage.before = heart.ariaPressed;
    sessionStorage.touched = performance.timeOrigin + timeStamp;
  };
  const look = () => {
    const now = document.querySelector(HEART)?.ariaPressed;
    if (!now || !sessionStorage.touched || sessionStorage.turned || now === sessionStorage.before) return;
    sessionStorage.turned = performance.timeOrigin + performance.now();
  };
  addEventListener('pointerdown', touched, { capture: true, passive: true });
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['aria-pressed'],
  });
})();
