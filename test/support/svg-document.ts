/** What is wrong with an SVG file that has to stand alone: ill-formed, without size, with links, scripts, style sheets or numbers that are none. */

export function complaintsAboutSvg(svg: string): string[] {
  const complaints: string[] = [];
  if (
    !svg.startsWith(
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- modeq figure -->\n<svg xmlns="http://www.w3.org/2000/svg" width="',
    )
  )
    complaints.push('the head');
  if (!svg.includes('<rect width="100%" height="100%" fill="white"/>')) complaints.push('no white ground');
  if (/<(script|style|image|foreignObject|a)\b/.test(svg)) complaints.push('an element that does not belong');
  if (/\bhref=|url\((?!#)|\bon[a-z]+=/.test(svg)) complaints.push('a link or a handler');
  if (/NaN|undefined|Infinity/.test(svg)) complaints.push('a number that is none');
  const open: string[] = [];
  for (const [tag, closing, name, , selfClosing] of svg.matchAll(
    /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (closing) {
      if (open.pop() !== name) complaints.push(`${tag} closes what is not open`);
    } else if (!selfClosing) open.push(name ?? '');
  }
  if (open.length > 0) complaints.push(`never closed: ${open.join(', ')}`);
  const rest = svg.replace(
    /<\?xml[^>]*>|<!-- modeq figure -->|<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    '',
  );
  if (/[<>]/.test(rest))
    complaints.push(`a stray bracket: ${rest.slice(Math.max(0, rest.search(/[<>]/) - 20)).slice(0, 60)}`);
  if (/&(?!amp;|lt;|gt;|quot;|#\d+;)/.test(rest)) complaints.push('a stray &');
  const ids = [...svg.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
  if (new Set(ids).size !== ids.length) complaints.push('an id twice');
  return complaints;
}
