// Runs before anything is drawn, in old syntax on purpose: it decides whether the page can run at all, and sets
// language and theme so that the first paint is already the right one.
(function () {
  var root = document.documentElement;
  function kept(key) {
    try { return window.localStorage.getItem(key); } catch (e) { return null; }
  }
  var lang = (/[?&]lang=(zh|en)\b/.exec(window.location.search) || [])[1] || kept("landfall.lang");
  if (lang !== "zh" && lang !== "en") lang = /^zh/i.test(navigator.language || "") ? "zh" : "en";
  root.lang = lang === "zh" ? "zh-CN" : "en";
  var theme = kept("landfall.theme");
  if (theme !== "light" && theme !== "dark") {
    theme = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("data-theme", theme);

  // The first picture is the sample's in its usual units: whoever comes for something else does not see it.
  var other = /[?&]sample=(?!wuzhong-2023(&|$))/.test(window.location.search) || /^#v=/.test(window.location.hash);
  if (other || kept("landfall.own") === "kept" || kept("landfall.unit") === "万元") root.setAttribute("data-other", "");

  // A function that does `ref.null func; drop`: valid only where reference types are known.
  var probe = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 7, 1, 5, 0, 208, 112, 26, 11];
  var able = false;
  try {
    // Compiled, not only looked at: the page's policy keeps older browsers from that (Chrome 96).
    able = "noModule" in HTMLScriptElement.prototype && !!new WebAssembly.Module(new Uint8Array(probe));
  } catch (e) { able = false; }
  if (able) {
    // After the first picture, and while the page's own script is read, its module is loaded. Where the page has started
    // one by then, or this one fails, the page's is used.
    var engine = document.currentScript.getAttribute("data-engine");
    if (!engine) return;
    window.requestAnimationFrame(function () {
      window.setTimeout(function () {
        if (window.landfallEngine === null) return;
        var early = window.landfallEngine = new Worker(engine, { name: "landfall-engine" });
        early.onerror = function () { window.landfallEngine = null; };
      });
    });
    return;
  }
  root.setAttribute("data-unsupported", "");
  document.addEventListener("DOMContentLoaded", function () {
    document.getElementById("unsupported").hidden = false;
  });
})();
