// What pages share: the CSRF token for htmx, times in the reader's zone, theme switch, toasts, copy buttons,
// a session that ended while somebody was typing. No page needs it to be of use.
(function () {
  'use strict';
  var meta = function (name) { return document.querySelector('meta[name="' + name + '"]'); };

  // ---- Times: relative up to a day, then date and time; exact on hover -------------------------------------------
  var exact = new Intl.DateTimeFormat(undefined, {dateStyle: 'full', timeStyle: 'long'});
  var clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit'});
  var day = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short'});
  var year = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short', year: 'numeric'});
  var event = new Intl.DateTimeFormat(undefined, {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short'});
  var relative = new Intl.RelativeTimeFormat(undefined, {numeric: 'auto', style: 'short'});

  function words(then, now) {
    var seconds = Math.round((then - now) / 1000);
    var size = Math.abs(seconds);
    if (size < 45) { return seconds > 0 ? 'in a moment' : 'just now'; }
    if (size < 3570) { return relative.format(Math.round(seconds / 60), 'minute'); }
    if (size < 86400) { return relative.format(Math.round(seconds / 3600), 'hour'); }
    return (then.getFullYear() === now.getFullYear() ? day : year).format(then) + ', ' + clock.format(then);
  }
  // The end of an event: the time alone on the day it begins.
  function ending(t, then) {
    var begin = t.parentNode.querySelector('time[data-event]');
    var first = begin ? new Date(begin.getAttribute('datetime')) : null;
    return first && first.toDateString() === then.toDateString() ? clock.format(then) : event.format(then);
  }
  function times(root) {
    var now = new Date();
    (root.querySelectorAll ? root : document).querySelectorAll('time[datetime]').forEach(function (t) {
      var then = new Date(t.getAttribute('datetime'));
      if (isNaN(then)) { return; }
      var text = t.hasAttribute('data-exact') ? exact.format(then)
        : t.hasAttribute('data-event') ? event.format(then)
        : t.hasAttribute('data-event-end') ? ending(t, then)
        : words(then, now);
      if (t.textContent !== text) { t.textContent = text; }
      if (!t.title) { t.title = exact.format(then); }
    });
  }

  // ---- Toasts ------------------------------------------------------------------------------------------------------
  function toast(text, kind) {
    var place = document.getElementById('toasts');
    if (!place || !text) { return; }
    var one = document.createElement('div');
    one.className = 'toast' + (kind === 'bad' ? ' toast-bad' : '');
    one.textContent = text;
    place.appendChild(one);
    setTimeout(function () { one.remove(); }, kind === 'bad' ? 12000 : 5000);
  }
  document.addEventListener('postroom:toast', function (e) {
    var d = e.detail || {};
    toast(d.value || d.text, d.kind);
  });

  // ---- CSRF and sessions that ended -------------------------------------------------------------------------------
  var waiting = null;
  document.addEventListener('htmx:configRequest', function (e) {
    var token = meta('csrf-token');
    if (token && e.detail.verb !== 'get') { e.detail.headers[meta('csrf-header').content] = token.content; }
  });
  function freshToken() {
    return fetch('/session', {headers: {'Accept': 'application/json'}, credentials: 'same-origin'})
      .then(function (r) { return r.json(); })
      .then(function (s) {
        meta('csrf-token').content = s.token;
        document.querySelectorAll('input[name="_csrf"]').forEach(function (i) { i.value = s.token; });
        return s;
      });
  }
  function askToSignIn(detail) {
    waiting = detail;
    var dialog = document.getElementById('session-ended');
    if (dialog && !dialog.open) { dialog.showModal(); }
  }
  document.addEventListener('htmx:responseError', function (e) {
    var xhr = e.detail.xhr;
    if (xhr.getResponseHeader('X-Postroom-Session')) {
      // A poll that finds the session ended is no reason to interrupt; what somebody did is.
      if (e.detail.requestConfig.verb !== 'get') { askToSignIn(e.detail); }
    } else if (xhr.status === 403) {
      toast('You may not do this.', 'bad');
    } else if (xhr.status >= 500) {
      toast('That did not work: the server had a problem. What you typed is still here.', 'bad');
    } else if (xhr.status === 404) {
      toast('This is no longer here. Reload the page.', 'bad');
    }
  });
  document.addEventListener('htmx:sendError', function (e) {
    if (e.detail.requestConfig.verb !== 'get') {
      toast('Postroom cannot be reached. What you typed is still here; try again.', 'bad');
    }
  });
  document.addEventListener('htmx:beforeSwap', function (e) {
    if (e.detail.xhr.status === 422) { e.detail.shouldSwap = true; e.detail.isError = false; }
  });

  // ---- Clicks ------------------------------------------------------------------------------------------------------
  document.addEventListener('click', function (e) {
    var button = e.target.closest('[data-action]');
    if (!button) { return; }
    switch (button.getAttribute('data-action')) {
      case 'theme': {
        var root = document.documentElement;
        var dark = root.getAttribute('data-theme') === 'dark' || (!root.hasAttribute('data-theme')
          && matchMedia('(prefers-color-scheme: dark)').matches);
        var next = dark ? 'light' : 'dark';
        root.setAttribute('data-theme', next);
        try { localStorage.setItem('postroom-theme', next); } catch (x) { /* storage is switched off */ }
        break;
      }
      case 'copy': {
        var from = document.getElementById(button.getAttribute('data-copy'));
        var text = from.value === undefined ? from.textContent.trim() : from.value;
        if (navigator.clipboard) {
          navigator.clipboard.writeText(text).then(function () { toast('Copied.'); });
        } else if (from.select) {
          from.select();
        }
        break;
      }
      case 'stop-request': htmx.trigger(document.getElementById(button.getAttribute('data-stop')), 'htmx:abort'); break;
      case 'open-dialog': document.getElementById(button.getAttribute('data-dialog')).showModal(); break;
      case 'close-dialog': button.closest('dialog').close(); break;
      case 'try-again':
        freshToken().then(function (s) {
          if (!s.signedIn) { toast('You are not signed in yet.', 'bad'); return; }
          document.getElementById('session-ended').close();
          var was = waiting;
          waiting = null;
          if (!was) { return; }
          if (was.elt.tagName === 'FORM') { was.elt.requestSubmit(); } else { was.elt.click(); }
        });
        break;
    }
  });

  // ---- Forms whose parts depend on a choice: data-shows="field=value other" ---------------------------------------
  function parts(form) {
    form.querySelectorAll('[data-shows]').forEach(function (part) {
      var rule = part.getAttribute('data-shows').split('=');
      var field = form.elements[rule[0]];
      var value = field && (field.type === 'checkbox' ? String(field.checked) : field.value);
      part.hidden = rule[1].split(' ').indexOf(value) < 0;
    });
  }
  document.addEventListener('change', function (e) {
    var form = e.target.form;
    if (!form) { return; }
    parts(form);
    var port = e.target.getAttribute('data-port');
    var usual = e.target.selectedOptions && e.target.selectedOptions[0].getAttribute('data-usual-port');
    if (port && usual) { form.elements[port].value = usual; }
  });

  // Messages beside fields: the field is marked for everybody, and no message hides in a closed fold.
  function marks() {
    document.querySelectorAll('.field > .error').forEach(function (message) {
      var control = message.parentNode.querySelector('input, select, textarea');
      if (!control) { return; }
      if (message.textContent) {
        control.setAttribute('aria-invalid', 'true');
        var fold = message.closest('details');
        if (fold) { fold.open = true; }
      } else {
        control.removeAttribute('aria-invalid');
      }
    });
  }

  function ready(root) {
    times(root);
    (root.querySelectorAll ? root : document).querySelectorAll('form').forEach(parts);
    if (root.matches && root.matches('form')) { parts(root); }
  }
  document.addEventListener('DOMContentLoaded', function () {
    ready(document);
    setInterval(function () { times(document); }, 30000);
  });
  document.addEventListener('htmx:afterSettle', function (e) {
    ready(e.target);
    marks();
    if (e.target.matches && e.target.matches('.problems[tabindex]')) { e.target.focus(); }
  });
})();
