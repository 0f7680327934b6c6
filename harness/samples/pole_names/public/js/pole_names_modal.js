import myw from 'myWorld-client';
import { Button, DraggableModal, Input, useLocale } from 'myWorld-client/react';
import { Alert } from 'antd';
import React, { useEffect, useState } from 'react';

/** Renames the selected pole. The new name is stored, and everything that shows the pole hears of it. */
export const PoleNamesModal = ({ open }) => {
  const { msg } = useLocale('poleNames');
  const [app] = useState(myw.app);
  const [isOpen, setIsOpen] = useState(open);
  const [pole, setPole] = useState(null);
  const [name, setName] = useState('');
  const [saving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState(null);

  useEffect(() => {
    const follow = () => {
      const feature = app.currentFeature;
      const selected = feature?.getType() === 'pole' ? feature : null;
      setPole(selected);
      setName(selected?.properties.name ?? '');
    };
    follow();
    app.on('currentFeature-changed', follow);
    return () => app.off('currentFeature-changed', follow);
  }, [app]);

  const trimmed = name.trim();
  const canSave = Boolean(pole) && trimmed !== '' && trimmed !== pole.properties.name && !saving;

  const save = async () => {
    setSaving(true);
    setOutcome(null);
    try {
      const others = await app.database.getFeaturesByValue('pole', 'name', '=', trimmed);
      if (others.length > 0) {
        setOutcome({ type: 'warning', text: msg('taken', { name: trimmed }) });
        return;
      }
      const before = pole.getTitle();
      // A fresh copy: nothing is changed on the map before it is stored.
      const feature = await app.database.getFeature('pole', pole.id);
      feature.properties.name = trimmed;
      await app.database.updateFeature(feature);
      setOutcome({ type: 'success', text: msg('renamed', { before, name: trimmed }) });
    } catch (error) {
      setOutcome({ type: 'error', text: msg('not_saved', { reason: error.message }) });
    } finally {
      setSaving(false);
    }
  };

  return (
    <DraggableModal
      open={isOpen}
      title={msg('title')}
      width={400}
      onCancel={() => setIsOpen(false)}
      footer={[
        <Button key="close" onClick={() => setIsOpen(false)}>
          {msg('close')}
        </Button>,
        <Button key="save" type="primary" disabled={!canSave} loading={saving} onClick={save}>
          {msg('save')}
        </Button>,
      ]}
    >
      {pole ? (
        <>
          <label htmlFor="pole-names-name">{msg('name_of', { pole: pole.getUrn() })}</label>
          <Input
            id="pole-names-name"
            value={name}
            maxLength={40}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => canSave && save()}
          />
        </>
      ) : (
        <p style={{ margin: 0 }}>{msg('select_pole')}</p>
      )}
      <div role="status">
        {outcome && <Alert style={{ marginTop: 12 }} type={outcome.type} message={outcome.text} />}
      </div>
    </DraggableModal>
  );
};
