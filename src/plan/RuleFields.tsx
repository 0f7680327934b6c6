import { Input, theme } from 'antd';
import { type ReactNode, useId } from 'react';
import { PLAN_RULES, PLAN_WAYS } from '../contract/planArea.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { Select } from '../parts/Select.tsx';
import { describedBy, Field } from './Field.tsx';
import { isNumberRule, type RuleProblems, type RuleTexts, usualText, withUnit } from './readRules.ts';
import { RULE_GROUPS, type RuleField, unitOf } from './ruleGroups.ts';

export interface RuleFieldsProps {
  texts: RuleTexts;
  problems: RuleProblems;
  onTexts(texts: RuleTexts): void;
}

/** The rules of a plan in groups. A group says how many of its rules were changed, and opens where one cannot be kept. */
export function RuleFields({ texts, problems, onTexts }: RuleFieldsProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const change = (name: RuleField, text: string | undefined) => {
    const { [name]: _before, ...others } = texts;
    onTexts(text === undefined ? others : { ...others, [name]: text });
  };
  const has = (names: readonly RuleField[]) => names.some((name) => problems[name] !== undefined);
  const list = (names: readonly RuleField[]) =>
    names.map((name) => (
      <Rule key={name} {...{ name, texts }} problem={problems[name]} onText={(text) => change(name, text)} />
    ));
  return (
    <div style={{ border: `1px solid ${token.colorBorderSecondary}`, borderRadius: token.borderRadius }}>
      {RULE_GROUPS.map(({ name, first, more }) => {
        const changed = [...first, ...more].filter((rule) => texts[rule] !== undefined).length;
        return (
          <Fold
            key={name}
            title={msg(`group_${name}`)}
            note={changed > 0 ? msg('rules_changed', { count: changed }) : ''}
            isForcedOpen={has([...first, ...more])}
            isLast={name === 'ways'}
          >
            {list(first)}
            <Fold title={msg('rules_more')} note="" isForcedOpen={has(more)} isLast isInner>
              {list(more)}
            </Fold>
          </Fold>
        );
      })}
    </div>
  );
}

interface FoldProps {
  title: string;
  note: string;
  isForcedOpen: boolean;
  isLast: boolean;
  isInner?: boolean;
  children: ReactNode;
}

/** A native disclosure: every keyboard and screen reader knows it. */
function Fold({ title, note, isForcedOpen, isLast, isInner = false, children }: FoldProps) {
  const { token } = theme.useToken();
  return (
    <details
      // Left alone where nothing is wrong, so that it stays as the user left it.
      {...(isForcedOpen && { open: true })}
      style={isLast ? {} : { borderBlockEnd: `1px solid ${token.colorBorderSecondary}` }}
    >
      <summary
        style={{
          minHeight: 28,
          paddingBlock: token.paddingXXS,
          paddingInline: isInner ? 0 : token.paddingXS,
          cursor: 'pointer',
          ...(!isInner && { background: token.colorFillQuaternary, fontWeight: 600 }),
        }}
      >
        {title}
        {note ? (
          <span
            style={{ marginInlineStart: token.marginXS, color: token.colorTextSecondary, fontWeight: 400 }}
          >
            {note}
          </span>
        ) : null}
      </summary>
      <div style={isInner ? { paddingBlockStart: token.paddingXXS } : { padding: token.paddingXS }}>
        {children}
      </div>
    </details>
  );
}

interface RuleProps {
  name: RuleField;
  texts: RuleTexts;
  problem: string | undefined;
  onText(text: string | undefined): void;
}

function Rule({ name, texts, problem, onText }: RuleProps) {
  const { msg, language } = useTranslator();
  const id = useId();
  const usual = usualText(name, language, texts);
  const text = texts[name];
  const shown = text ?? usual;
  const onReset = text === undefined ? undefined : () => onText(undefined);
  const field = { id, label: msg(`rule_${name}`), problem, onReset };
  const about = msg(`about_${name}`);
  if (name === 'ways' || name === 'crossStreets') {
    const options =
      name === 'ways'
        ? PLAN_WAYS.map((value) => ({ value, text: msg(`ways_${value}`) }))
        : [
            { value: 'true', text: msg('plan_yes') },
            { value: 'false', text: msg('plan_no') },
          ];
    return (
      <Field {...field} about={about}>
        <Select<string>
          id={id}
          value={shown}
          options={options}
          describedBy={describedBy(id)}
          onChange={(value) => onText(value === usual ? undefined : value)}
        />
      </Field>
    );
  }
  const range = isNumberRule(name)
    ? msg('rule_range', {
        usual: usual === '' ? '–' : `${usual}${unitOf(name) && `\u00a0${unitOf(name)}`}`,
        least: withUnit(name, PLAN_RULES[name].least, language),
        most: withUnit(name, PLAN_RULES[name].most, language),
      })
    : usual === ''
      ? ''
      : msg('rule_default', { usual });
  return (
    <Field
      {...field}
      about={
        <>
          {about} <bdi>{range}</bdi>
        </>
      }
    >
      <Input
        id={id}
        value={shown}
        inputMode={isNumberRule(name) ? 'decimal' : 'text'}
        autoComplete="off"
        maxLength={isNumberRule(name) ? 20 : 400}
        suffix={(isNumberRule(name) && unitOf(name)) || <span />}
        status={problem === undefined ? '' : 'error'}
        aria-invalid={problem !== undefined}
        aria-describedby={describedBy(id)}
        onChange={(event) => onText(event.target.value)}
        style={{ ...(isNumberRule(name) && { width: '10em' }), fontVariantNumeric: 'tabular-nums' }}
      />
    </Field>
  );
}
