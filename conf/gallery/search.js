"use strict";
// The search of jobs/search.py for a folder without a server: the same cutting of words, weights and order, on scripts below data/.
const HWABO = (() => {
  const terms = new Map(), found = new Map(), loading = new Map();
  let how = null, targets = null;
  const LONGEST = 30, RESULTS = 24;

  const script = (name) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve) => {
        const tag = document.createElement("script");
        tag.src = "data/" + name + ".js";
        tag.onload = tag.onerror = resolve; // a letter without a page: no such words
        document.head.append(tag);
      }));
    }
    return loading.get(name);
  };
  const letter = (term) => [...new TextEncoder().encode([...term][0])].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const normalise = (text) => text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const wordsOf = (query) => query.split(/\s+/).map(normalise).filter(Boolean);
  const stem = (word) => word.replace(new RegExp("^([가-힣]{2,}?)(?:" + how.particles.join("|") + ")$"), "$1");
  const phrases = (words) => {
    const all = [];
    for (let size = 2; size <= 3; size++) for (let i = 0; i + size <= words.length; i++) all.push(words.slice(i, i + size).join(""));
    return all;
  };
  const candidates = (words) => {
    const all = new Set();
    for (const word of words) {
      all.add(word); all.add(stem(word));
      for (let i = 0; i < word.length; i++) for (let j = i + 2; j <= Math.min(word.length, i + LONGEST); j++) all.add(word.slice(i, j));
    }
    for (const phrase of phrases(words)) { all.add(phrase); all.add(stem(phrase)); }
    return [...all].filter((term) => term.length <= LONGEST);
  };
  const cut = (word) => {
    const best = [[0, 0, []]];
    for (let end = 1; end <= word.length; end++) {
      const options = [[best[end - 1][0] + 1, best[end - 1][1], best[end - 1][2]]];
      for (let start = end - 2; start >= Math.max(0, end - LONGEST); start--) {
        const part = word.slice(start, end);
        if (terms.has(part)) options.push([best[start][0], best[start][1] + 1, [...best[start][2], part]]);
      }
      options.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      best.push(options[0]);
    }
    const [left, , parts] = best[word.length];
    return parts.length && left <= Math.floor(word.length / 3) ? parts : [];
  };
  const answer = (word) => {
    const short = stem(word);
    if (terms.has(word)) return [{ word, terms: [[word, 1], ...(short !== word && terms.has(short) ? [[short, 0.9]] : [])], required: true }];
    if (terms.has(short)) return [{ word, terms: [[short, 1]], required: true }];
    let parts = cut(short);
    if (!parts.length) parts = cut(word);
    if (parts.length) return parts.map((part) => ({ word: part, terms: [[part, parts.length === 1 ? 0.8 : 1]], required: true }));
    return [{ word, terms: [], required: true }];
  };
  const understand = (words) => [
    ...words.flatMap(answer),
    ...phrases(words).map((phrase) => ({ word: phrase, required: false, terms: [...new Set([phrase, stem(phrase)])].filter((term) => terms.has(term)).map((term) => [term, 1]) })).filter((one) => one.terms.length),
  ];

  const search = async (query) => {
    const words = wordsOf(query), pages = how.cut ? [...new Set(candidates(words).map(letter))] : ["all"];
    await Promise.all(pages.map((page) => script("terms-" + page)));
    if (!how.cut) await script("found-all");
    const wanted = understand(words), scores = new Map();
    const note = (key, number, score) => {
      if (!scores.has(key)) scores.set(key, new Map());
      const row = scores.get(key);
      row.set(number, Math.max(row.get(number) || 0, score));
    };
    wanted.forEach((one, number) => {
      for (const [term, factor] of one.terms) {
        const postings = terms.get(term), having = {};
        for (const [key] of postings) having[key[0]] = (having[key[0]] || 0) + 1;
        for (const [key, weight] of postings) {
          const rarity = Math.log(1 + (targets[key[0]] || 1) / having[key[0]]);
          note(key, number, weight * rarity * factor * (one.required ? 1 : how.phraseBonus));
        }
      }
    });
    if (how.cut) await Promise.all([...new Set([...scores.keys()].map(shelf))].map((page) => script("found-" + page)));
    // A photo is also found through the event or place that shows it.
    for (const [key, shown] of found) {
      for (const owner of shown[5] ? shown[5].split(" ") : []) {
        const row = scores.get(owner);
        if (row) for (const [number, score] of row) note(key, number, score * how.inherited);
      }
    }
    const required = Math.max(1, wanted.filter((one) => one.required).length);
    return {
      missing: wanted.filter((one) => !one.terms.length).map((one) => one.word),
      rows: [...scores].filter(([key]) => found.has(key)).map(([key, row]) => {
        let sum = 0, answered = 0;
        for (const [number, score] of row) { sum += score; if (wanted[number].required) answered++; }
        return { key, answered, score: sum * (answered / required) ** 2 };
      }).filter((row) => row.answered).sort((a, b) => b.answered - a.answered || b.score - a.score || (a.key < b.key ? -1 : 1)),
    };
  };
  const table = (() => { const t = []; for (let n = 0; n < 256; n++) { let c = n; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; t[n] = c >>> 0; } return t; })();
  const shelf = (key) => { let c = 0xffffffff; for (const ch of key) c = table[(c ^ ch.charCodeAt(0)) & 255] ^ (c >>> 8); return String(((c ^ 0xffffffff) >>> 0) % how.shelves); };

  const element = (name, className, text) => { const node = document.createElement(name); if (className) node.className = className; if (text) node.textContent = text; return node; };
  const result = (key) => {
    const [title, detail, date, address, thumb] = found.get(key), item = element("li"), link = element("a"), words = element("span");
    link.href = address;
    if (thumb) { const image = element("img"); image.src = thumb; image.alt = ""; image.loading = "lazy"; link.append(image); } else link.append(element("span", "blank", title.slice(0, 1)));
    words.append(element("strong", "", title), element("span", "quiet", [date, detail].filter(Boolean).join(" · ")));
    link.append(words); item.append(link);
    return item;
  };
  const GROUPS = [["c", "인물"], ["e", "행사"], ["p", "장소"], ["i", "사진"]];
  const show = async () => {
    const query = new URLSearchParams(location.search).get("q") || "", box = document.getElementById("q"), said = document.getElementById("said");
    box.value = query;
    if (!wordsOf(query).length) { box.focus(); return; }
    await script("about");
    const { rows, missing } = await search(query), list = document.getElementById("results");
    said.textContent = rows.length ? `“${query}” 에 맞는 것을 찾았습니다.` + (missing.length ? ` (${missing.join(", ")}: 아는 말이 아닙니다)` : "") : `“${query}” 에 맞는 것이 없습니다. 다른 말이나 더 적은 말로 찾아 보세요.`;
    document.title = query + " · 화보";
    const most = rows.length ? rows[0].answered : 0;
    const groups = GROUPS.map(([letter, name]) => [name, rows.filter((row) => row.answered === most && row.key[0] === letter).slice(0, RESULTS)]).filter(([, some]) => some.length);
    groups.sort((a, b) => b[1][0].score - a[1][0].score);
    for (const [name, some] of groups) {
      const group = element("section"), head = element("h2", "", name), items = element("ul", "found");
      items.append(...some.map((row) => result(row.key)));
      group.append(head, items); list.append(group);
    }
  };
  addEventListener("DOMContentLoaded", show);
  return {
    about(settings, counts) { how = settings; targets = counts; },
    terms(page, entries) { for (const [term, list] of Object.entries(entries)) terms.set(term, list.split(" ").map((one) => { const [key, weight] = one.split(":"); return [key, weight / 100]; })); },
    found(page, entries) { for (const [key, shown] of Object.entries(entries)) found.set(key, shown); },
  };
})();
