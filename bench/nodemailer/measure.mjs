// Reads every .eml of a folder into memory. Each line on standard input names a first place and one after the last: parses
// the mails between them one after the other and answers with the seconds it took.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { simpleParser } from 'mailparser';

const folder = process.argv[2];
const mails = readdirSync(folder).filter(name => name.endsWith('.eml')).sort().map(name => readFileSync(join(folder, name)));

console.log('ready ' + mails.length);
for await (const line of createInterface({ input: process.stdin })) {
    const [from, to] = line.split(' ').map(Number);
    const start = process.hrtime.bigint();
    let text = 0;
    for (let i = from; i < to; i++) {
        const mail = await simpleParser(mails[i]);
        text += (mail.text || '').length + mail.attachments.length;
    }
    console.log(Number(process.hrtime.bigint() - start) / 1e9 + ' ' + text);
}
