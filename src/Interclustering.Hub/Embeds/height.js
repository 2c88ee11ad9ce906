// In the page around frames of the national agenda: each frame gets the height that it tells of itself, and scrolls no more.
// A number is taken, from a frame of the site that this script is from, for that frame; nothing else.
(() => {
  const site = new URL(document.currentScript.src).origin;
  const frames = () => [...document.querySelectorAll('iframe')].filter((frame) => frame.src.startsWith(`${site}/`));
  addEventListener('message', (event) => {
    const height = event.data?.interclusteringHeight;
    if (event.origin !== site || !Number.isInteger(height) || height < 1) return;
    const frame = frames().find((each) => each.contentWindow === event.source);
    if (frame) frame.style.height = `${Math.min(height, 20000)}px`;
  });
  // One that was there before has told it already.
  const ask = () => frames().forEach((frame) => frame.contentWindow?.postMessage('interclusteringHeight', '*'));
  ask();
  addEventListener('load', ask);
})();
