// In a frame: tells the page around it how high the content is, at each change and when it is asked. Nothing else is told.
(() => {
  if (parent === window) return;
  // A frame that WordPress has found by itself has a secret in its address: the page listens to messages with it only (wp-embed.js).
  const secret = /secret=([A-Za-z0-9]+)/.exec(location.hash)?.[1];
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    parent.postMessage({ interclusteringHeight: height }, '*');
    if (secret) parent.postMessage({ message: 'height', value: height, secret }, '*');
  };
  new ResizeObserver(tell).observe(document.documentElement);
  addEventListener('message', (event) => {
    if (event.source === parent && event.data === 'interclusteringHeight') tell();
  });
  if (!secret) return;
  // That frame opens no page by itself. It may ask the page around to go to one of its own site.
  for (const link of document.querySelectorAll('a[href]')) {
    if (link.host !== location.host) link.hidden = true;
    else if (!link.target) link.hash = location.hash;
    else link.addEventListener('click', (event) => {
      event.preventDefault();
      parent.postMessage({ message: 'link', value: link.href, secret }, '*');
    });
  }
})();
