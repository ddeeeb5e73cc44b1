/* Runs a component of the page: its module is asked for again when its request has failed.
 * Its file holds others as well, so its address names what shows it behind a #.
 * It stands in the document of every page, so that nothing of it travels with a rerun. The
 * text stands here because nothing else of the page may have come. */
// eslint-disable-next-line no-unsanitized/method -- an address of the server's own
window.atlasImport = (address, tried = 0) => import(address).catch(async () => {
  if (tried > 3) {
    throw Error("页面有部分内容未能载入，请刷新。 Part of the page did not load: reload it.");
  }
  await new Promise((done) => { setTimeout(done, 500 << tried); });
  return window.atlasImport(address, tried + 1);
});
window.atlasRun = async (component) => {
  const [file, name] = component.data.m.split("#");
  return (await window.atlasImport(location.origin + file))[name](component);
};
