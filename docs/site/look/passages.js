/* Search shows the words around what it found by fetching the page, which a browser refuses where the site is opened from disk.
   Then the same page comes as a script, which it does not refuse: see `keep_passages` in conf.py. */
"use strict";

const PASSAGES = {};

if (window.location.protocol === "file:") {
  window.fetch = (address) =>
    new Promise((found) => {
      const name = String(address).replace(/^\.\//, "").replace(/\.html$/, "");
      const script = document.createElement("script");
      const tell = () => found({ text: () => PASSAGES[name] || "" });
      script.src = `_static/passages/${name}.js`;
      script.onload = tell;
      script.onerror = tell;
      document.head.appendChild(script);
    });
}
