/** Puppeteer must not download a browser while npm installs: the set-up step finds or installs one. */
module.exports = { skipDownload: true };
