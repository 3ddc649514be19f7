// The agent's page: keys, drafts, live updates that never disturb. The page is of use without it.
(function () {
  'use strict';
  if (window.postroomInbox) { return; }
  window.postroomInbox = true;

  var $ = function (id) { return document.getElementById(id); };
  var onPage = function () { return $('inbox') !== null; };
  var openId = function () { var c = $('conversation'); return c ? c.getAttribute('data-id') : null; };

  // Heights that this page gave to the old answer box are not for the new one, and the page's policy forbids style attributes.
  var settled = function () { if (window.htmx) { htmx.config.attributesToSettle = ['class']; } };
  settled();
  document.addEventListener('DOMContentLoaded', settled);

  // ---- Merging: what changed is replaced, what is new slides in, everything else stays as it is -----------------------
  function busyIn(node) {
    var active = document.activeElement;
    return active && active !== document.body && node.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
  }
  function merge(place, fresh) {
    var had = {};
    var added = [];
    Array.prototype.forEach.call(place.children, function (one) { had[one.getAttribute('data-key')] = one; });
    var focused = document.activeElement && place.contains(document.activeElement)
      ? document.activeElement.closest('[data-key]') : null;
    var focusKey = focused ? focused.getAttribute('data-key') : null;
    var at = place.firstElementChild;
    Array.prototype.slice.call(fresh.children).forEach(function (one) {
      var key = one.getAttribute('data-key');
      var old = had[key];
      delete had[key];
      if (old && old.getAttribute('data-version') === one.getAttribute('data-version')) {
        if (old !== at) { place.insertBefore(old, at); } else { at = at.nextElementSibling; }
        return;
      }
      if (old) {
        var opened = old.querySelectorAll('details');
        one.querySelectorAll('details').forEach(function (d, i) { if (opened[i] && opened[i].open) { d.open = true; } });
        if (old === at) { at = at.nextElementSibling; }
        old.remove();
      } else {
        added.push(one);
        one.classList.add('slides-in');
      }
      place.insertBefore(one, at);
      htmx.process(one);
    });
    Object.keys(had).forEach(function (key) { had[key].remove(); });
    if (focusKey && !place.contains(document.activeElement)) {
      var again = place.querySelector('[data-key="' + CSS.escape(focusKey) + '"] a, [data-key="' + CSS.escape(focusKey) + '"] button');
      if (again) { again.focus({preventScroll: true}); }
    }
    return added;
  }
  function settle(root) { root.dispatchEvent(new CustomEvent('htmx:afterSettle', {bubbles: true})); frames(root); }
  function read(address) {
    return fetch(address, {headers: {'HX-Request': 'true', 'Accept': 'text/html'}, credentials: 'same-origin'}).then(function (r) {
      if (r.status === 401) { signedOut(); throw new Error('signed out'); }
      return r.text().then(function (text) {
        return {ok: r.ok, page: new DOMParser().parseFromString(text, 'text/html')};
      });
    });
  }

  // ---- Keeping list and conversation up to date -------------------------------------------------------------------------
  function keepingScroll(box, work) {
    // The first row that is seen stays where it is, whatever comes above it.
    var top = box.scrollTop;
    if (top < 4) { return work(); }
    var edge = box.getBoundingClientRect().top;
    var anchor = Array.prototype.find.call(box.children, function (one) { return one.getBoundingClientRect().bottom > edge; });
    var before = anchor ? anchor.getBoundingClientRect().top : 0;
    var result = work();
    if (anchor && box.contains(anchor)) { box.scrollTop += anchor.getBoundingClientRect().top - before; }
    return result;
  }
  function refreshList() {
    var list = $('list');
    if (!list || document.querySelector('#find.htmx-request, #list.htmx-request')) { return Promise.resolve(); }
    var rows = $('rows');
    var shown = rows ? rows.querySelectorAll('li:not(.more)').length : 0;
    var chosen = list.querySelector('.views a[aria-current]');
    var address = chosen ? chosen.getAttribute('hx-get') : '/inbox/list';
    address += (address.indexOf('?') < 0 ? '?' : '&') + 'size=' + Math.max(40, Math.min(shown, 400))
      + (openId() ? '&current=' + encodeURIComponent(openId()) : '');
    return read(address).then(function (answer) {
      var now = list.querySelector('.views a[aria-current]');
      if (!answer.ok || (now && chosen && now.getAttribute('hx-get') !== chosen.getAttribute('hx-get'))) { return; }
      var freshRows = answer.page.getElementById('rows');
      var views = answer.page.getElementById('views');
      if (views && views.querySelectorAll('a').length !== $('views').querySelectorAll('a').length) {
        $('views').replaceWith(views);
        htmx.process(views);
      } else if (views && $('views').textContent !== views.textContent) {
        views.querySelectorAll('a').forEach(function (a, i) {
          var mine = $('views').querySelectorAll('a')[i];
          if (mine) { mine.innerHTML = a.innerHTML; }
        });
      }
      if (!rows || !freshRows) {
        if (rows || freshRows) {
          list.innerHTML = answer.page.body.innerHTML;
          htmx.process(list);
          settle(list);
          mark();
        }
        return;
      }
      var added = keepingScroll(rows, function () { return merge(rows, freshRows); });
      var news = added.filter(function (one) { return one.getAttribute('data-fresh') === 'true'; });
      if (news.length > 0) { say(news.length === 1 ? 'One new conversation' : news.length + ' new conversations'); }
      settle(rows);
      mark();
    });
  }
  function refreshConversation() {
    var id = openId();
    if (!id || document.querySelector('#conversation.htmx-request, #answer.htmx-request')) { return Promise.resolve(); }
    return read('/inbox/' + encodeURIComponent(id) + location.search).then(function (answer) {
      if (!answer.ok || openId() !== id) { return; }
      var head = answer.page.getElementById('talk-head');
      var mine = $('talk-head');
      if (head && head.getAttribute('data-version') !== mine.getAttribute('data-version') && !mine.contains(document.activeElement)) {
        mine.replaceWith(head);
        htmx.process(head);
        settle(head);
        reveal(head);
      }
      var thread = $('thread');
      var lost = answer.page.getElementById('undelivered');
      if ($('undelivered') && !lost) { $('undelivered').remove(); }
      if (lost && !$('undelivered')) { thread.before(lost); htmx.process(lost); }
      var end = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
      var added = merge(thread, answer.page.getElementById('thread'));
      if (added.length > 0) {
        say(added.length === 1 ? 'A new message in this conversation' : added.length + ' new messages in this conversation');
        if (end) { added[0].scrollIntoView({block: 'nearest'}); }
      }
      settle(thread);
      var context = answer.page.getElementById('context');
      if (context && $('context') && !$('context').contains(document.activeElement)) {
        context.removeAttribute('hx-swap-oob');
        $('context').innerHTML = context.innerHTML;
        htmx.process($('context'));
        settle($('context'));
      }
    });
  }
  function say(words) { var place = $('spoken'); if (place) { place.textContent = words; } }

  var due = null;
  var running = false;
  var changed = {};
  function refreshSoon(ids) {
    ids.forEach(function (id) { changed[id] = true; });
    if (due || running || !onPage()) { return; }
    due = setTimeout(function () {
      due = null;
      running = true;
      var now = changed;
      changed = {};
      var work = [refreshList()];
      if (now['*'] || now[openId()]) { work.push(refreshConversation()); }
      Promise.allSettled(work).then(function () {
        setTimeout(function () {
          running = false;
          if (Object.keys(changed).length > 0) { refreshSoon([]); }
        }, 900);
      });
    }, 100);
  }

  // ---- News: server-sent events while the page is seen, a look every ten seconds where they fail ------------------------
  var source = null;
  var ended = false;
  function live(word, dot) {
    var place = $('live');
    if (!place) { return; }
    place.hidden = false;
    place.firstElementChild.className = 'dot ' + dot;
    $('live-word').textContent = word;
  }
  function listen() {
    if (source || ended || document.hidden || !onPage() || !window.EventSource) { return; }
    source = new EventSource('/inbox/live');
    source.addEventListener('hello', function () { live('Live', 'dot-good'); refreshSoon(['*']); });
    source.addEventListener('changed', function (e) { refreshSoon(e.data.split(' ')); });
    source.onerror = function () {
      live('Reconnecting', 'dot-warn');
      if (source && source.readyState === EventSource.CLOSED) { source = null; }
    };
  }
  function stop() { if (source) { source.close(); source = null; } }
  function signedOut() { ended = true; stop(); live('Signed out: sign in in a new tab', 'dot-bad'); }
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) { stop(); } else { ended = false; listen(); refreshSoon(['*']); }
  });
  window.addEventListener('pagehide', stop);
  setInterval(function () {
    if (document.hidden || ended || !onPage()) { return; }
    if (!source || source.readyState !== EventSource.OPEN) { refreshSoon(['*']); listen(); }
  }, 10000);

  // ---- Frames are as tall as what is in them. They keep their origin so that this page may look; nothing runs in them ----
  function fit(frame) {
    try {
      var doc = frame.contentDocument;
      if (!doc || !doc.body || doc.URL === 'about:blank') { return; }
      var measure = function () {
        var high = Math.ceil(doc.body.getBoundingClientRect().height);
        var wide = doc.documentElement.scrollWidth > frame.clientWidth;
        if (high > 0) { frame.style.height = Math.min(high + (wide ? 18 : 2), 12000) + 'px'; }
      };
      measure();
      new ResizeObserver(measure).observe(doc.body);
      doc.querySelectorAll('img').forEach(function (img) { img.addEventListener('load', measure); });
    } catch (x) { /* a sign-in page of another origin, or none: the usual height stays */ }
  }
  function frames(root) {
    root.querySelectorAll('iframe.frame').forEach(function (frame) {
      if (frame.hasAttribute('data-fitted')) { return; }
      frame.setAttribute('data-fitted', '');
      frame.addEventListener('load', function () { fit(frame); });
      if (frame.contentDocument && frame.contentDocument.readyState === 'complete') { fit(frame); }
    });
  }

  // ---- The answer: draft, height, chosen files ------------------------------------------------------------------------
  var key = function (id) { return 'postroom-draft-' + id; };
  function keep() {
    var form = $('answer');
    if (!form) { return; }
    var f = form.elements;
    try {
      if (f.text.value || f.to.value !== f.to.defaultValue || f.cc.value !== f.cc.defaultValue) {
        sessionStorage.setItem(key(form.getAttribute('data-id')),
          JSON.stringify({text: f.text.value, to: f.to.value, cc: f.cc.value, quote: f.quote.checked}));
      } else {
        sessionStorage.removeItem(key(form.getAttribute('data-id')));
      }
    } catch (x) { /* storage is full or switched off */ }
  }
  function forget(id) { try { sessionStorage.removeItem(key(id)); } catch (x) { /* switched off */ } }
  function restore() {
    var form = $('answer');
    if (!form || form.hasAttribute('data-restored')) { return; }
    form.setAttribute('data-restored', '');
    var kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(key(form.getAttribute('data-id')))); } catch (x) { /* not ours */ }
    if (kept && !form.elements.text.value) {
      form.elements.text.value = kept.text;
      form.elements.to.value = kept.to;
      form.elements.cc.value = kept.cc;
      form.elements.quote.checked = kept.quote;
      people(form);
    }
    grow(form.elements.text);
  }
  function grow(area) {
    area.style.height = 'auto';
    area.style.height = Math.min(area.scrollHeight + 2, innerHeight * 0.45) + 'px';
  }
  function people(form) {
    var to = $('answer-to-shown');
    if (to) { to.textContent = form.elements.to.value + (form.elements.cc.value && !$('answer-cc-shown') ? ' · Cc ' + form.elements.cc.value : ''); }
    if ($('answer-cc-shown')) { $('answer-cc-shown').textContent = form.elements.cc.value ? ' · Cc ' + form.elements.cc.value : ''; }
  }
  function size(bytes) { return bytes < 1e6 ? Math.max(1, Math.round(bytes / 1000)) + ' KB' : (bytes / 1e6).toFixed(1) + ' MB'; }
  function files(input) {
    var place = $('answer-chosen');
    var all = 0;
    place.textContent = '';
    Array.prototype.forEach.call(input.files, function (file, i) {
      all += file.size;
      var li = document.createElement('li');
      li.textContent = file.name + ' ' + size(file.size);
      var off = document.createElement('button');
      off.type = 'button';
      off.textContent = '×';
      off.setAttribute('aria-label', 'Remove ' + file.name);
      off.setAttribute('data-inbox', 'remove-file');
      off.setAttribute('data-index', i);
      li.appendChild(off);
      place.appendChild(li);
    });
    var limit = Number(input.form.getAttribute('data-limit'));
    var tooMuch = all > limit;
    if (tooMuch) {
      var note = document.createElement('li');
      note.className = 'too-much';
      note.textContent = size(all) + ' together: at most 25 MB can be sent. Remove some, or send a link instead.';
      place.appendChild(note);
    }
    input.setCustomValidity(tooMuch ? 'At most 25 MB can be sent together. Remove some files.' : '');
    place.hidden = input.files.length === 0;
  }
  // Files chosen one after another add up, as people expect.
  var chosen = null;
  document.addEventListener('click', function (e) {
    if (e.target.id === 'answer-files') { chosen = Array.prototype.slice.call(e.target.files); }
  });
  document.addEventListener('change', function (e) {
    if (e.target.id === 'answer-files') {
      if (chosen && chosen.length > 0) {
        var both = new DataTransfer();
        chosen.concat(Array.prototype.slice.call(e.target.files)).forEach(function (f) { both.items.add(f); });
        e.target.files = both.files;
      }
      chosen = null;
      files(e.target);
    } else if (e.target.form && e.target.form.id === 'answer') { keep(); }
  });
  document.addEventListener('input', function (e) {
    var form = e.target.form;
    if (!form || form.id !== 'answer') { return; }
    if (e.target.name === 'text') { grow(e.target); }
    if (e.target.name === 'to' || e.target.name === 'cc') { people(form); }
    keep();
  });
  document.addEventListener('inbox:answered', function (e) {
    forget(e.detail.id);
    document.dispatchEvent(new CustomEvent('postroom:toast', {detail: {text: 'Your answer is on its way.'}}));
    refreshSoon([]);
  });
  document.addEventListener('inbox:closed', function (e) {
    undo(e.detail.id, e.detail.before);
    refreshSoon([]);
  });
  function undo(id, before) {
    var toast = document.createElement('div');
    toast.className = 'toast';
    var number = $('conversation') && $('conversation').getAttribute('data-number');
    var words = document.createElement('span');
    words.textContent = (number ? '#' + number : 'The conversation') + ' is closed.';
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'link-button';
    button.textContent = 'Undo';
    button.addEventListener('click', function () {
      toast.remove();
      var here = openId() === id;
      htmx.ajax('POST', '/inbox/' + id + '/reopen', {values: {to: before}, target: here ? '#conversation' : '#inbox', swap: here ? 'outerHTML' : 'none'})
        .then(function () { refreshSoon([id]); });
    });
    toast.append(words, button);
    $('toasts').appendChild(toast);
    setTimeout(function () { toast.remove(); }, 10000);
  }

  // ---- Merged or split: said, with a way back ------------------------------------------------------------------------------
  document.addEventListener('inbox:rearranged', function (e) {
    var d = e.detail;
    var toast = document.createElement('div');
    toast.className = 'toast';
    var words = document.createElement('span');
    words.textContent = d.text;
    toast.append(words);
    if (d.undo) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'link-button';
      button.textContent = 'Undo';
      button.addEventListener('click', function () {
        toast.remove();
        htmx.ajax('POST', d.undo, {values: d.into ? {into: d.into} : {}, target: '#conversation', swap: 'outerHTML'})
          .then(function () { refreshSoon([]); });
      });
      toast.append(button);
    }
    $('toasts').appendChild(toast);
    setTimeout(function () { toast.remove(); }, 10000);
    refreshSoon([]);
  });

  // ---- Keys -------------------------------------------------------------------------------------------------------------
  function rows() { return Array.prototype.slice.call(document.querySelectorAll('#rows a.row')); }
  function move(by) {
    var all = rows();
    if (all.length === 0) { return; }
    var at = all.indexOf(document.activeElement);
    if (at < 0) { at = all.findIndex(function (a) { return a.getAttribute('aria-current') === 'true'; }); }
    var to = at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by));
    all[to].focus();
    all[to].scrollIntoView({block: 'nearest'});
  }
  function mark() {
    var id = openId();
    rows().forEach(function (a) {
      var here = id && a.closest('[data-key]').getAttribute('data-key') === id;
      if (here) { a.setAttribute('aria-current', 'true'); } else { a.removeAttribute('aria-current'); }
    });
  }
  document.addEventListener('keydown', function (e) {
    if (!onPage() || e.defaultPrevented) { return; }
    var typing = e.target.closest && e.target.closest('input, textarea, select, [contenteditable]');
    if ((e.ctrlKey || e.metaKey) && e.key === 'Enter' && e.target.closest && e.target.closest('#answer')) {
      e.preventDefault();
      $('answer').requestSubmit(document.querySelector('#answer .answer-send'));
      return;
    }
    if (document.querySelector('dialog[open]')) { return; }
    if (e.key === 'Escape') {
      if (typing) { e.target.blur(); } else { $('inbox').classList.remove('shows-about'); }
      return;
    }
    if (typing && e.target.type !== 'checkbox') { return; }
    if (e.ctrlKey || e.metaKey || e.altKey) { return; }
    var done = true;
    switch (e.key) {
      case 'j': move(1); break;
      case 'k': move(-1); break;
      case 'r': if ($('answer-text')) { $('answer-text').focus(); $('answer-text').scrollIntoView({block: 'nearest'}); } break;
      case 'e': { var b = document.querySelector('[data-inbox="close"]'); if (b) { b.click(); } break; }
      case '/': $('inbox').classList.remove('shows-main'); $('q').focus(); $('q').select(); break;
      case '?': $('keys').showModal(); break;
      default: done = false;
    }
    if (done) { e.preventDefault(); }
  });

  // ---- Clicks -----------------------------------------------------------------------------------------------------------
  document.addEventListener('click', function (e) {
    var one = e.target.closest('[data-inbox]');
    if (one) {
      switch (one.getAttribute('data-inbox')) {
        case 'pictures': {
          var frame = one.closest('.message').querySelector('iframe.frame');
          try {
            // Without an entry in the history: Back leads to the conversation before.
            frame.contentWindow.location.replace(one.href);
            e.preventDefault();
          } catch (x) { /* then the link does it */ }
          one.closest('.pictures').hidden = true;
          break;
        }
        case 'about': {
          var on = $('inbox').classList.toggle('shows-about');
          document.querySelectorAll('.talk-about').forEach(function (b) { b.setAttribute('aria-expanded', String(on)); });
          break;
        }
        case 'remove-file': {
          var input = $('answer-files');
          var left = new DataTransfer();
          Array.prototype.forEach.call(input.files, function (f, i) { if (i !== Number(one.getAttribute('data-index'))) { left.items.add(f); } });
          input.files = left.files;
          files(input);
          input.focus();
          break;
        }
        case 'back':
          if (innerWidth <= 720) {
            e.preventDefault();
            $('inbox').classList.remove('shows-main');
            history.pushState(null, '', one.getAttribute('href'));
          }
          break;
      }
    }
    var link = e.target.closest('.problems a[href^="#answer-"]');
    if (link) {
      e.preventDefault();
      var people = document.querySelector('.answer-people');
      if (people) { people.open = true; }
      $(link.getAttribute('href').slice(1)).focus();
    }
  });

  // ---- After each swap ----------------------------------------------------------------------------------------------------
  function reveal(root) { root.querySelectorAll('.only-script').forEach(function (b) { b.hidden = false; }); }
  function newest() {
    var all = document.querySelectorAll('#thread > .message');
    var last = all[all.length - 1];
    if (last && all.length > 1 && innerWidth > 720) { last.scrollIntoView({block: 'start'}); }
  }
  document.addEventListener('htmx:afterSwap', function (e) {
    if (!onPage()) { return; }
    var target = e.detail.target;
    if (target.id === 'conversation' || target.id === 'list') { arrived(target.id === 'list'); }
    if (target.id === 'list') {
      var suffix = ($('rows') && $('rows').getAttribute('data-suffix')) || search();
      history.replaceState(history.state, '', location.pathname + (suffix || ''));
    }
  });
  function search() {
    var here = document.querySelector('#views a[aria-current]');
    return here ? here.getAttribute('href').slice('/inbox'.length) : '';
  }
  document.addEventListener('htmx:afterRequest', function (e) {
    if (e.detail.elt && e.detail.elt.hasAttribute('data-inbox-refresh')) { refreshSoon([openId()]); }
  });
  // A row opened while the last one is still on its way wins.
  document.addEventListener('htmx:beforeSwap', function (e) {
    if (e.detail.xhr.status === 404 && e.detail.target && e.detail.target.id === 'conversation' && e.detail.requestConfig.verb === 'get') {
      e.detail.shouldSwap = true;
      e.detail.isError = false;
    }
  });
  function arrived(onlyList) {
    mark();
    reveal(document);
    if (onlyList) { return; }
    $('inbox').classList.remove('shows-about');
    $('inbox').classList.toggle('shows-main', openId() !== null || !!document.querySelector('#conversation.talk-gone'));
    var pane = $('conversation');
    if (pane.getAttribute('data-page-title')) { document.title = pane.getAttribute('data-page-title'); }
    restore();
    frames(document);
    newest();
  }
  function start() {
    if (!onPage()) { return; }
    arrived(false);
    listen();
  }
  document.addEventListener('htmx:historyRestore', start);
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', start); } else { start(); }
})();
