/* How the page asks for a module: again, when a request has failed, and with words for the
 * reader when it has failed too often. In the document itself, for nothing else may have come. */
window.atlasImport = (address, tried = 0) =>
  // eslint-disable-next-line no-unsanitized/method -- addresses are those of the bundle
  import(address).catch(async () => {
    if (tried > 3) {
      throw Error("页面有部分内容未能载入，请刷新。 Part of the page did not load: reload it.");
    }
    await new Promise((again) => setTimeout(again, 500 << tried));
    return window.atlasImport(address, tried + 1);
  });
