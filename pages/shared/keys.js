/* Digits of Arabic and Persian keyboards press what 0 to 9 do, and a key held down presses once: Streamlit's shortcuts know
   the digits 0 to 9 alone, and take each repetition of a key held down for another press. It listens before Streamlit does,
   and only where there is something to decide. */
if (!window.takesDigits) {
  window.takesDigits = true;
  window.addEventListener('keydown', event => {
    const code = event.key && event.key.length === 1 ? event.key.charCodeAt(0) : 0;
    const zero = [0x30, 0x660, 0x6f0].find(first => first <= code && code <= first + 9);
    const isTyped = event.target.closest && event.target.closest('input, textarea, select, [contenteditable="true"]');
    if (zero === undefined || !event.isTrusted || isTyped || !document.querySelector('.st-key-decisions')) return;
    if (event.repeat || zero !== 0x30) event.stopImmediatePropagation();
    if (event.repeat || zero === 0x30) return;
    const key = String(code - zero);
    const { ctrlKey, altKey, shiftKey, metaKey } = event;
    for (const type of ['keydown', 'keyup']) {
      const same = { key, code: 'Digit' + key, bubbles: true, cancelable: true, ctrlKey, altKey, shiftKey, metaKey };
      event.target.dispatchEvent(new KeyboardEvent(type, same));
    }
  }, true);
}
