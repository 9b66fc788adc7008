// Saves a chart or the map as SVG or PNG when a button under it is pressed: what is drawn, with a title above it and below it
// what it shows, as text of the page's own font, which goes along. Nothing is asked of another machine.
(() => {
  if (window.savesPictures) return;
  window.savesPictures = true;

  const EDGE = 16;
  const SHARPNESS = 2; // of a PNG: dots to a pixel of the page
  const TITLE = { size: 18, weight: 600, line: 28 };
  const LEGEND = { size: 13, weight: 400, line: 24 };
  const NOTE = { size: 12, weight: 400, line: 19 };
  const SWATCH = 14;
  const PROOF = 30;
  const LETTERS = ['\u0645', 'M'].flatMap(letter => [[letter, 400], [letter, 600]]);
  const PATIENCE = 20000; // milliseconds
  const COPIED = ['fill', 'font-family', 'font-size', 'font-weight'];

  document.addEventListener('click', async event => {
    const button = event.target.closest('.pictures button');
    if (!button) return;
    const row = button.closest('.pictures');
    const told = JSON.parse(row.dataset.picture);
    const state = row.querySelector('[role="status"]');
    state.textContent = '';
    try {
      const picture = await compose(row.closest(`.st-key-${told.frame}`), told);
      const kind = button.dataset.kind;
      give(kind === 'png' ? await paint(picture) : write(picture.svg), `${told.file}.${kind}`);
    } catch (error) {
      console.error(error);
      state.textContent = told.failed;
    }
  });

  function write(svg) {
    return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
  }

  function give(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  async function compose(frame, told) {
    const drawn = frame.querySelector('.js-plotly-plot, canvas');
    const { width: inner, height } = drawn.getBoundingClientRect();
    const page = getComputedStyle(document.querySelector('.stApp'));
    const sheet = new Sheet(inner + 2 * EDGE, page, told.is_arabic);
    sheet.write(told.title, TITLE);
    if (told.legend.length) sheet.draw_legend(told.legend);
    sheet.place(drawn.matches('canvas') ? copyCanvas(drawn) : copyChart(drawn), inner, height);
    told.notes.forEach(note => sheet.write(note, NOTE));
    return sheet.finish(told.title, await readFonts(page.fontFamily));
  }

  // A picture that grows from top to bottom.
  class Sheet {
    constructor(width, page, isArabic) {
      Object.assign(this, { width, page, isArabic, y: EDGE, ids: 0 });
      this.svg = make('svg', { width, 'font-family': page.fontFamily, fill: page.color, color: page.color });
      this.defs = this.svg.appendChild(make('defs'));
      this.ground = this.svg.appendChild(make('rect', { width: '100%', height: '100%', fill: page.backgroundColor }));
      this.ruler = document.createElement('canvas').getContext('2d');
    }

    write(text, font) {
      for (const line of this.wrap(text, font)) {
        this.put(line, this.isArabic ? this.width - EDGE : EDGE, this.y + font.size, font);
        this.y += font.line;
      }
    }

    // Readers of SVG differ in what they make of its `direction`; a text in an isolate runs rightly in all of them.
    put(text, x, y, { size, weight }) {
      const [open, close, anchor] = this.isArabic ? ['\u2067', '\u2069', 'end'] : ['', '', 'start'];
      const style = { x, y, 'font-size': size, 'font-weight': weight, 'text-anchor': anchor };
      this.svg.appendChild(make('text', style, open + text + close));
    }

    draw_legend(items) {
      let used = 0;
      for (const [colour, pattern, name] of items) {
        const wide = SWATCH + 6 + this.measure(name, LEGEND);
        if (used && used + wide > this.width - 2 * EDGE) {
          used = 0;
          this.y += LEGEND.line;
        }
        const [swatch, word] = [EDGE + used, EDGE + used + SWATCH + 6];
        const box = { x: this.isArabic ? this.width - swatch - SWATCH : swatch, y: this.y + 2 };
        const look = { fill: this.fill(colour, pattern), stroke: colour, width: SWATCH, height: SWATCH };
        this.svg.appendChild(make('rect', { ...box, ...look }));
        this.put(name, this.isArabic ? this.width - word : word, this.y + LEGEND.size, LEGEND);
        used += wide + 18;
      }
      this.y += LEGEND.line;
    }

    // The fills of statuses, as plotly draws them in its bars.
    fill(colour, pattern) {
      if (!pattern) return colour;
      const id = `legend-${(this.ids += 1)}`;
      const tile = make('pattern', { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse' });
      const d = pattern === 'x' ? 'M0,0L6,6M6,0L0,6' : 'M0,6L6,0';
      tile.appendChild(make('path', { d, stroke: colour, 'stroke-width': 1.5 }));
      this.defs.appendChild(tile);
      return `url(#${id})`;
    }

    place(parts, width, height) {
      // Where another font takes the place of ours, a name may reach over the edge.
      const where = { x: EDGE, y: this.y, width, height, overflow: 'visible' };
      for (const part of parts) {
        Object.entries(where).forEach(([name, value]) => part.setAttribute(name, value));
        this.svg.appendChild(part);
      }
      this.y += height + 8;
    }

    finish(title, fonts) {
      const height = Math.ceil(this.y + EDGE - 4);
      this.svg.setAttribute('height', height);
      this.svg.setAttribute('viewBox', `0 0 ${this.width} ${height}`);
      this.svg.prepend(make('title', {}, title));
      this.defs.appendChild(make('style', {}, fonts));
      return { svg: this.svg, width: this.width, height };
    }

    measure(text, { size, weight }) {
      this.ruler.font = `${weight} ${size}px ${this.page.fontFamily}`;
      return this.ruler.measureText(text).width;
    }

    wrap(text, font) {
      const lines = [];
      for (const word of text.split(' ')) {
        const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
        if (lines.length && this.measure(longer, font) <= this.width - 2 * EDGE) lines[lines.length - 1] = longer;
        else lines.push(word);
      }
      return lines;
    }
  }

  // Plotly's own layers; what the page's rules say of their texts is written into the copy, which has no such rules.
  function copyChart(plot) {
    return [...plot.querySelectorAll('svg.main-svg')].map(layer => {
      const copy = layer.cloneNode(true);
      const texts = copy.querySelectorAll('text, tspan');
      layer.querySelectorAll('text, tspan').forEach((text, at) => {
        const seen = getComputedStyle(text);
        COPIED.forEach(name => texts[at].style.setProperty(name, seen.getPropertyValue(name)));
      });
      copy.querySelectorAll('.hoverlayer, .zoomlayer, .selectionlayer').forEach(one => one.remove());
      return copy;
    });
  }

  function copyCanvas(canvas) {
    return [make('image', { href: canvas.toDataURL('image/png') })];
  }

  function make(name, attributes = {}, text = '') {
    const one = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => one.setAttribute(key, value));
    one.textContent = text;
    return one;
  }

  // The page's rules for its font, with the files themselves in the place of their addresses.
  let fonts = null;
  function readFonts(families) {
    const family = families.split(',')[0].replaceAll(/["']/g, '').trim();
    const rules = [...document.styleSheets]
      .flatMap(sheet => [...sheet.cssRules])
      .filter(rule => rule instanceof CSSFontFaceRule)
      .filter(rule => rule.style.getPropertyValue('font-family').replaceAll(/["']/g, '') === family);
    fonts ??= Promise.all(rules.map(inline)).then(written => written.join('\n'));
    fonts.catch(() => (fonts = null));
    return fonts;
  }

  async function inline(rule) {
    const [found, address] = rule.style.getPropertyValue('src').match(/url\(["']?(.*?)["']?\)/);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const data = await read(await answer.blob());
    return rule.cssText.replace(found, `url("${data}")`).replace(/font-display: \w+/, 'font-display: block');
  }

  function read(blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  }

  async function paint({ svg, width, height }) {
    const image = new Image();
    image.src = URL.createObjectURL(write(addProof(svg, width, height)));
    await image.decode();
    const [canvas, proof] = [height, PROOF].map(tall => {
      const size = { width: Math.round(width * SHARPNESS), height: Math.round(tall * SHARPNESS) };
      return Object.assign(document.createElement('canvas'), size);
    });
    const whole = [width * SHARPNESS, (height + PROOF) * SHARPNESS];
    const until = Date.now() + PATIENCE;
    do {
      if (Date.now() > until) throw new Error('the fonts of the picture were not ready in time');
      await new Promise(resolve => setTimeout(resolve, 50));
      const context = proof.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, -height * SHARPNESS, ...whole);
    } while (!isProven(proof));
    canvas.getContext('2d').drawImage(image, 0, 0, ...whole);
    URL.revokeObjectURL(image.src);
    return new Promise((resolve, reject) => {
      canvas.toBlob(made => (made ? resolve(made) : reject(new Error('no picture'))), 'image/png');
    });
  }

  // A browser draws a picture before the fonts inside are ready, and leaves its texts out: a letter of each font stands in a strip
  // below it, which is looked at and then left out.
  function addProof(svg, width, height) {
    const copy = svg.cloneNode(true);
    copy.setAttribute('height', height + PROOF);
    copy.setAttribute('viewBox', `0 0 ${width} ${height + PROOF}`);
    LETTERS.forEach(([letter, weight], at) => {
      const place = { x: (at + 0.25) * PROOF, y: height + PROOF * 0.75, 'font-size': PROOF * 0.6, 'font-weight': weight };
      copy.appendChild(make('text', place, letter));
    });
    return copy;
  }

  function isProven(proof) {
    const side = PROOF * SHARPNESS;
    return LETTERS.every((_, at) => {
      const { data } = proof.getContext('2d').getImageData(at * side, 0, side, side);
      return data.some((value, place) => Math.abs(value - data[place % 4]) > 40);
    });
  }
})();
