const said = document.getElementById('said');
let hush;
const say = text => {
  clearTimeout(hush);
  said.textContent = text;
  hush = setTimeout(() => { said.textContent = ''; }, text.startsWith('Done') ? 1500 : 8000);
};

// Shows what is now, and leaves focus and open details where they were.
const refresh = async () => {
  const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html');
  const open = [...document.querySelectorAll('details[open]')].map(one => one.id);
  const focused = document.activeElement && document.activeElement.id;
  for (const id of ['page', 'clock']) {
    document.getElementById(id).replaceWith(page.getElementById(id));
  }
  open.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
  if (focused) document.getElementById(focused)?.focus();
};

const call = async (method, path, body) => {
  const answer = await fetch('/control/' + path, {method, body: body && JSON.stringify(body)});
  const json = await answer.json();
  say(answer.ok ? 'Done' : json.error);
  if (json.privateKey) {
    const dialog = document.getElementById('made');
    dialog.querySelector('#made-pem').value = json.pem;
    dialog.querySelector('#made-key').value = json.privateKey;
    dialog.showModal();
  }
  await refresh();
};

const value = element => {
  const text = element.value.trim();
  switch (element.dataset.kind) {
    case 'box': return element.checked;
    case 'json': return JSON.parse(text);
    case 'list': return text.split(/[\s,]+/).filter(one => one);
    case 'number': return text ? Number(text) : null;
    case 'demand': return [...element.closest('fieldset').querySelectorAll(':checked')].map(one => one.value);
    default: return text || null;
  }
};

document.addEventListener('change', event => {
  const element = event.target;
  if (element.dataset.path) call('PATCH', element.dataset.path, {[element.dataset.field]: value(element)});
});
document.addEventListener('click', event => {
  const button = event.target.closest('button[data-path]');
  if (button) call(button.dataset.method, button.dataset.path, JSON.parse(button.dataset.body));
});
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.dataset.post) return;
  event.preventDefault();
  const body = {};
  for (const element of form.elements) {
    if (element.name && element.value) body[element.name] = element.type === 'number' ? Number(element.value) : element.value;
  }
  call('POST', form.dataset.post, body);
});
