// Parses every formula and every Mermaid graph of the Markdown files named on the command line (folders: all
// *.md files below them).  Prints how many there are; fails with file, formula and message.  Finding nothing
// is a failure too, because then nothing was checked.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { JSDOM } from "jsdom";
import katex from "katex";

// KaTeX knows these, GitHub refuses them.
const REFUSED_BY_GITHUB = /\\(?:operatorname|mbox|phantom|hphantom|vphantom|href|url|htmlClass|htmlId|includegraphics|def|gdef|newcommand|require)(?![a-zA-Z])/;

function markdownFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => (statSync(join(path, name)).isDirectory() || name.endsWith(".md") ? markdownFiles(join(path, name)) : []));
}

// Formulas and graphs in the order of the text: fenced first, then, with all fences taken out, those in lines.
function parts(text) {
  const formulas = [];
  const graphs = [];
  const broken = [];
  const outside = [];
  let fence = null;
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,}|\$\$(?=\s*$))(.*)$/.exec(line);
    if (fence === null) {
      if (mark) fence = { mark: mark[1], language: mark[1] === "$$" ? "math" : mark[2].trim(), lines: [] };
      else outside.push(line);
    } else if (mark && mark[2].trim() === "" && mark[1][0] === fence.mark[0] && mark[1].length >= fence.mark.length) {
      if (fence.language === "math") formulas.push({ formula: fence.lines.join("\n"), display: true });
      if (fence.language === "mermaid") graphs.push(fence.lines.join("\n"));
      fence = null;
    } else fence.lines.push(line);
  }
  if (fence !== null) broken.push(`a fence ${fence.mark}${fence.language} is not closed`);
  // Code first, or dollars in code would be taken for formulas.
  const inline = /\$`([^`]+)`\$|(`+)(?!`)[\s\S]*?[^`]\2(?!`)|(?<![\\$])\$(?!\s)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)/g;
  for (const found of outside.join("\n").matchAll(inline)) {
    const formula = found[1] ?? found[3];
    if (formula !== undefined) formulas.push({ formula, display: false });
  }
  return { formulas, graphs, broken };
}

function formulaError({ formula, display }) {
  const refused = REFUSED_BY_GITHUB.exec(formula);
  if (refused) return `GitHub refuses ${refused[0]}`;
  if (/\n\s*\n/.test(formula)) return "an empty line ends the formula";
  try {
    katex.renderToString(formula, { displayMode: display, throwOnError: true, strict: "error", trust: false });
    return null;
  } catch (error) {
    return error.message;
  }
}

const { window } = new JSDOM("<!doctype html>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");

async function graphError(graph) {
  try {
    await mermaid.parse(graph);
    return null;
  } catch (error) {
    return error.message;
  }
}

const files = process.argv.slice(2).flatMap(markdownFiles);
const failures = [];
const totals = { formulas: 0, graphs: 0 };
for (const file of files) {
  const { formulas, graphs, broken } = parts(readFileSync(file, "utf8"));
  totals.formulas += formulas.length;
  totals.graphs += graphs.length;
  for (const message of broken) failures.push({ file, source: "", message });
  for (const part of formulas) {
    const message = formulaError(part);
    if (message) failures.push({ file, source: part.formula, message });
  }
  for (const graph of graphs) {
    const message = await graphError(graph);
    if (message) failures.push({ file, source: graph, message });
  }
}

for (const { file, source, message } of failures) console.error(`${file}: ${message}\n${source.replace(/^/gm, "    ")}\n`);
console.log(`${files.length} files, ${totals.formulas} formulas, ${totals.graphs} graphs, ${failures.length} failures`);
if (totals.formulas === 0 || totals.graphs === 0) {
  console.error("Nothing was checked: there must be at least one formula and one graph.");
  process.exitCode = 1;
}
if (failures.length > 0) process.exitCode = 1;
