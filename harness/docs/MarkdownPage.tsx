import { AnchorMdx, Markdown, Source } from '@storybook/addon-docs/blocks';
import { type ComponentProps, isValidElement } from 'react';
import { pageOf } from './pageOf.ts';

/** One of the repository's Markdown files as a page of the documentation: its links lead to the other pages. */
export function MarkdownPage({ text }: { text: string }) {
  const overrides = { a: PageLink, img: PageImage, pre: CodeBlock, table: WideTable };
  return <Markdown options={{ overrides }}>{text}</Markdown>;
}

/** A table that is wider than the window scrolls by itself, and not the page with it. */
function WideTable(props: ComponentProps<'table'>) {
  return (
    <div style={{ overflowX: 'auto' }}>
      <table {...props} />
    </div>
  );
}

function PageLink({ href = '', children }: ComponentProps<'a'>) {
  // A folder of the repository is not on this site.
  if (!/^https?:|^#|\.md(#|$)/.test(href)) return <>{children}</>;
  return (
    <AnchorMdx href={pageOf(href)} target="_self">
      {children}
    </AnchorMdx>
  );
}

/** Pictures lie beside the pages, under `docs/images`; a page of `docs/` calls them `images/...`. */
function PageImage({ src = '', alt = '', ...props }: ComponentProps<'img'>) {
  return <img {...props} alt={alt} src={src.replace(/^(docs\/)?images\//, 'docs/images/')} />;
}

function CodeBlock({ children }: ComponentProps<'pre'>) {
  if (!isValidElement<ComponentProps<'code'>>(children)) return <pre>{children}</pre>;
  const { children: code, className } = children.props;
  const language = /\blang(?:uage)?-(\w+)/.exec(className ?? '')?.[1];
  return <Source code={String(code)} language={LANGUAGES[language ?? ''] ?? 'text'} />;
}

/** Storybook highlights a few languages, under names of its own. */
const LANGUAGES: Record<string, ComponentProps<typeof Source>['language']> = {
  html: 'html',
  js: 'jsx',
  json: 'json',
  jsx: 'jsx',
  sh: 'bash',
  ts: 'typescript',
  tsx: 'tsx',
};
