import { element } from "../render.ts";
import { type Block, blocksOf } from "./markdown.ts";
import type { Inline } from "./markdown-inline.ts";

const TAGS = { bold: "strong", italic: "em", struck: "s" } as const;

function inlineView(part: Inline): Node {
  switch (part.kind) {
    case "text":
      return document.createTextNode(part.text);
    case "code":
      return element("code", {}, part.text);
    case "mention":
      return element("span", { className: "mention" }, part.text);
    case "link": {
      // Where it leads does not learn from where it was followed, nor gets a hold of this page.
      const to = { href: part.href, target: "_blank", rel: "noopener noreferrer nofollow" };
      return element("a", to, ...part.children.map(inlineView));
    }
    case "bold":
    case "italic":
    case "struck":
      return element(TAGS[part.kind], {}, ...part.children.map(inlineView));
  }
}

function blockView(block: Block): HTMLElement {
  switch (block.kind) {
    case "paragraph":
      return element("p", {}, ...block.children.map(inlineView));
    case "code":
      return element("pre", { tabIndex: 0 }, element("code", {}, block.text));
    case "quote":
      return element("blockquote", {}, ...block.blocks.map(blockView));
    case "list": {
      const items = block.items.map((item) => element("li", {}, ...item.map(inlineView)));
      const { start } = block;
      return start === undefined ? element("ul", {}, ...items) : element("ol", { start }, ...items);
    }
  }
}

/** A message's text as its author meant it (MSG-1): nodes made one by one, so that nothing in it is ever read as HTML. */
export function markdownView(text: string): HTMLElement {
  return element("div", { className: "text" }, ...blocksOf(text).map(blockView));
}
