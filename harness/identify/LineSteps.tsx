import { useState } from 'react';
import type { NetworkTrace, TraceStep } from '../../src/contract/index.ts';
import { type FactsProps, nameOf } from './factsProps.ts';
import { Section } from './Section.tsx';

/** The way from an address to the feed, step by step. Where there are several lines, one is shown at a time. */
export function LineSteps({ trace, words, msg, onFollow }: FactsProps & { trace: NetworkTrace }) {
  const [chosen, setChosen] = useState(0);
  const { lines } = trace;
  const at = Math.min(chosen, lines.length - 1);
  const line = lines[at];
  if (!line) return null;
  const facts = [words.metres(line.lengthMetres), line.lossDb !== undefined && words.decibels(line.lossDb)];
  return (
    <Section title={msg('factsLine')} count={facts.filter(Boolean).join(' · ')}>
      {lines.length > 1 && (
        <div className="facts-lines">
          <button
            type="button"
            disabled={at === 0}
            aria-label={msg('factsPrevious')}
            onClick={() => setChosen(at - 1)}
          >
            ‹
          </button>
          <span>{msg('factsLineOf', { place: at + 1, count: lines.length })}</span>
          <button
            type="button"
            disabled={at === lines.length - 1}
            aria-label={msg('factsNext')}
            onClick={() => setChosen(at + 1)}
          >
            ›
          </button>
        </div>
      )}
      <ol>
        {line.address && (
          <li>
            <button type="button" onClick={() => line.address && onFollow(line.address.urn)}>
              <bdi>{nameOf(line.address, words)}</bdi>
            </button>
          </li>
        )}
        {line.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a loop passes the same equipment twice
          <li key={`${index} ${step.urn}`}>
            <Step step={step} words={words} msg={msg} onFollow={onFollow} />
          </li>
        ))}
      </ol>
      {line.ends !== 'feed' && <p className="facts-quiet">{msg(`factsEnds_${line.ends}`)}</p>}
    </Section>
  );
}

function Step({ step, words, msg, onFollow }: FactsProps & { step: TraceStep }) {
  if (step.kind === 'joint') {
    const parts = [
      msg(step.splice ? 'factsSplice' : 'factsPatch'),
      step.at && nameOf(step.at, words),
      step.lossDb !== undefined && words.decibels(step.lossDb),
    ];
    return <span className="facts-quiet">{parts.filter(Boolean).join(' · ')}</span>;
  }
  const parts =
    step.kind === 'cable'
      ? [
          step.name && words.table(step.table),
          step.cableKind && words.value('kind', step.cableKind),
          step.fibreCount === undefined
            ? msg('factsFibre', { fibre: step.fibre })
            : msg('factsFibreOf', { fibre: step.fibre, count: step.fibreCount }),
          words.metres(step.lengthMetres),
        ]
      : [
          step.name && words.table(step.table),
          step.enters && msg(`factsPin_${step.enters.side}`, { pin: step.enters.pin }),
          step.leaves && msg(`factsPin_${step.leaves.side}`, { pin: step.leaves.pin }),
          step.at && nameOf(step.at, words),
          step.lossDb !== undefined && words.decibels(step.lossDb),
        ];
  return (
    <>
      <button type="button" onClick={() => onFollow(step.urn)}>
        <bdi>{nameOf(step, words)}</bdi>
      </button>
      <span className="facts-quiet">{parts.filter(Boolean).join(' · ')}</span>
    </>
  );
}
