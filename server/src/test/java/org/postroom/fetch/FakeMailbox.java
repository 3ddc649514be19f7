package org.postroom.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.postroom.channel.AfterImport;
import org.postroom.mailbox.Mailbox;

/**
 * A mailbox in memory: message n, from 1, was received n minutes after its beginning.
 *
 * @param numbering what stands in front of every number
 * @param onWait what happens once there is nothing more to read
 */
record FakeMailbox(String numbering, Instant beginning, int count, Runnable onWait) implements Mailbox {
    @Override
    public long messageCount() {
        return count;
    }

    @Override
    public Cursor end() {
        return behind(count);
    }

    @Override
    public Cursor start() {
        return behind(0);
    }

    @Override
    public Cursor since(Instant time) {
        int before = 0;
        while (before < count && received(before + 1).isBefore(time)) {
            before++;
        }
        return behind(before);
    }

    Cursor behind(int number) {
        return new Cursor(numbering + ":" + number);
    }

    Instant received(int number) {
        return beginning.plus(Duration.ofMinutes(number));
    }

    @Override
    public boolean understands(Cursor cursor) {
        return cursor.value().startsWith(numbering + ":");
    }

    @Override
    public Cursor earlier(Cursor one, Cursor other) {
        return number(one) <= number(other) ? one : other;
    }

    private static int number(Cursor cursor) {
        return Integer.parseInt(cursor.value().substring(cursor.value().indexOf(':') + 1));
    }

    @Override
    public <T> Cursor read(Cursor cursor, int most, MessageTaker<T> taker) throws IOException {
        int number = number(cursor);
        while (number < count && number - number(cursor) < most) {
            number++;
            byte[] raw = ("Subject: " + numbering + "/" + number + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            T taken = taker.take(new ByteArrayInputStream(raw));
            taker.message(new SourceMessage(behind(number).value(), raw.length, received(number)), taken);
        }
        return behind(number);
    }

    @Override
    public void after(AfterImport action, List<String> sourceIds) {}

    @Override
    public void awaitNews(Cursor cursor, Duration most) {
        onWait.run();
    }

    @Override
    public void wake() {}

    @Override
    public void close() {}
}
