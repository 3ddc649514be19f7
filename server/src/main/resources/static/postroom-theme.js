// Chooses light or dark before the first paint. Loaded in <head>, not deferred.
(function () {
  var kept = null;
  try { kept = localStorage.getItem('postroom-theme'); } catch (e) { /* storage is switched off */ }
  if (kept === 'light' || kept === 'dark') {
    document.documentElement.setAttribute('data-theme', kept);
  }
})();
