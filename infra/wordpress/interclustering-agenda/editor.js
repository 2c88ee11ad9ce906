// The block in the editor: the settings beside it, and what the server renders. Visitors load none of this.
(({ blocks, blockEditor, components, element, serverSideRender }) => {
  const { createElement: make, Fragment } = element;
  const english = (document.documentElement.lang || 'fr').toLowerCase().startsWith('en');
  const say = (fr, en) => (english ? en : fr);
  const layouts = [
    { value: 'list', label: say('Liste', 'List') },
    { value: 'month', label: say('Mois', 'Month') },
    { value: 'next', label: say('Le prochain événement', 'The next event') },
    { value: 'sheets', label: say('Fiches pratiques', 'Best-practice sheets') },
  ];
  const themes = [
    { value: '', label: say('Celles de la page', 'Those of the page') },
    { value: 'light', label: say('Claires', 'Light') },
    { value: 'dark', label: say('Sombres', 'Dark') },
    { value: 'auto', label: say('Selon l’appareil', 'As the device prefers') },
  ];
  blocks.registerBlockType('interclustering/agenda', {
    edit: ({ attributes, setAttributes }) => {
      const set = (name) => (value) => setAttributes({ [name]: value });
      return make(Fragment, {},
        make(blockEditor.InspectorControls, {},
          make(components.PanelBody, { title: 'Agenda' },
            make(components.TextControl, { label: say('Adresse du site national', 'Address of the national site'), value: attributes.site,
              onChange: set('site'), type: 'url',
              help: say('Vide : celle des réglages du site.', 'Empty: that of the site’s settings.') }),
            make(components.SelectControl, { label: say('Présentation', 'Layout'), value: attributes.layout, options: layouts,
              onChange: set('layout') }),
            make(components.TextControl, { label: say('Combien au plus', 'How many at most'), value: attributes.limit, type: 'number',
              min: 1, max: 50, onChange: (value) => setAttributes({ limit: parseInt(value, 10) || 5 }) }),
            make(components.TextControl, { label: say('Filtre', 'Filter'), value: attributes.filter, onChange: set('filter'),
              help: say('Ce qui suit le « ? » dans l’adresse d’un agenda filtré, ou cette adresse entière.',
                'What follows the “?” in the address of a filtered agenda, or that whole address.') }),
            make(components.SelectControl, { label: say('Couleurs', 'Colours'), value: attributes.theme, options: themes,
              onChange: set('theme') }))),
        make('div', blockEditor.useBlockProps(),
          make(components.Disabled, {}, make(serverSideRender, { block: 'interclustering/agenda', attributes }))));
    },
    save: () => null,
  });
})(window.wp);
