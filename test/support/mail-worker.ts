import { openMailRoom } from './mail-room.ts';

/** A worker process that sends mails until the test kills it. */
const [url = '', mailUrl, dataDir = ''] = process.argv.slice(2);
const room = await openMailRoom({ url, mailUrl, dataDir });
await room.work();
