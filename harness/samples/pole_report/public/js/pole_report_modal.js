import myw from 'myWorld-client';
import { Button, Checkbox, DraggableModal, Radio, useLocale } from 'myWorld-client/react';
import { Alert, InputNumber, Table } from 'antd';
import React, { useEffect, useState } from 'react';

const MARKED = new myw.SymbolStyle({ symbol: 'circle', size: '18', sizeUnit: 'px', color: '#d4380d' });

export const PoleReportModal = ({ open, plugin, builder }) => {
  const { msg, language } = useLocale('poleReport');
  const [app] = useState(myw.app);
  const [isOpen, setIsOpen] = useState(open);
  const [feature, setFeature] = useState(app.currentFeature);
  const [radius, setRadius] = useState(plugin.options.radius);
  const [onlyDesign, setOnlyDesign] = useState(false);
  const [order, setOrder] = useState('metres');
  const [rows, setRows] = useState(null);
  const [problem, setProblem] = useState('');
  const [layer] = useState(() => new myw.GeoJSONVectorLayer({ map: app.map, zIndex: 200 }));

  useEffect(() => {
    const follow = () => setFeature(app.currentFeature);
    app.on('currentFeature-changed', follow);
    return () => app.off('currentFeature-changed', follow);
  }, [app]);

  // What is marked on the map goes when the modal does.
  useEffect(() => {
    if (!isOpen) layer.clear();
    return () => layer.clear();
  }, [isOpen, layer]);

  const search = async () => {
    setProblem('');
    try {
      const { reach } = plugin.options;
      const found = await builder.polesNear(feature, { radius, reach, onlyDesign });
      setRows(found);
      layer.clear();
      for (const { pole, name } of found) layer.addGeom(pole.geometry, MARKED).bindTooltip(name);
    } catch (error) {
      setProblem(error.message);
    }
  };

  const number = new Intl.NumberFormat(language);
  const sorted =
    rows && [...rows].sort((a, b) => (order === 'metres' ? a.metres - b.metres : b.addresses - a.addresses));
  const close = () => setIsOpen(false);

  return (
    <DraggableModal
      open={isOpen}
      title={msg('title')}
      width={520}
      onCancel={close}
      footer={[
        <Button key="close" onClick={close}>
          {msg('close')}
        </Button>,
        <Button key="search" type="primary" disabled={!feature || !radius} onClick={search}>
          {msg('search')}
        </Button>,
      ]}
    >
      <p style={{ marginTop: 0 }}>
        {feature ? msg('around', { feature: feature.getTitle() }) : msg('select_feature')}
      </p>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'center' }}>
        <label htmlFor="pole-report-radius">{msg('radius')}</label>
        <InputNumber id="pole-report-radius" min={1} max={5000} value={radius} onChange={setRadius} />
        <Checkbox checked={onlyDesign} onChange={(event) => setOnlyDesign(event.target.checked)}>
          {msg('only_design')}
        </Checkbox>
      </div>
      <Radio.Group
        aria-label={msg('order')}
        style={{ margin: '12px 0' }}
        value={order}
        onChange={(event) => setOrder(event.target.value)}
      >
        <Radio value="metres">{msg('nearest_first')}</Radio>
        <Radio value="addresses">{msg('most_addresses_first')}</Radio>
      </Radio.Group>
      <div role="status">
        {problem && <Alert type="error" message={msg('no_report')} description={problem} />}
        {rows && !problem && <p>{msg('found', { count: number.format(rows.length) })}</p>}
      </div>
      {sorted && sorted.length > 0 && (
        <Table
          size="small"
          dataSource={sorted}
          pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            {
              title: msg('pole'),
              dataIndex: 'name',
              render: (name, { pole }) => (
                <Button
                  type="link"
                  style={{ padding: 0, height: 'auto' }}
                  onClick={() => app.setCurrentFeature(pole, { zoomTo: true })}
                >
                  {name}
                </Button>
              ),
            },
            {
              title: msg('metres'),
              dataIndex: 'metres',
              align: 'end',
              render: (value) => number.format(value),
            },
            {
              title: msg('addresses'),
              dataIndex: 'addresses',
              align: 'end',
              render: (value) => number.format(value),
            },
          ]}
        />
      )}
    </DraggableModal>
  );
};
