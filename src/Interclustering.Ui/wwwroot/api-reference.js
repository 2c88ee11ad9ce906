// The reference reads the description itself; without this script the page still links to it.
const place = document.getElementById('reference');
// It brings a main landmark of its own into ours; a page has one.
new MutationObserver(() => place.querySelectorAll('main:not([role])').forEach((element) => element.setAttribute('role', 'group'))).observe(place, { childList: true, subtree: true });
globalThis.Scalar.createApiReference(place, {
  url: place.dataset.document,
  withDefaultFonts: false,
  hideClientButton: true,
  telemetry: false,
});
