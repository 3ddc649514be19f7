package org.postroom.parse;

import java.io.InputStream;

/** Stops the walk after the header of the message. */
final class HeaderOnly implements MimeWalk.Visitor {
    private Headers headers = new Headers();
    private boolean done;

    @Override
    public void message(Headers message) {
        headers = message;
        done = true;
    }

    @Override
    public void startMultipart(PartType type) {}

    @Override
    public void endMultipart() {}

    @Override
    public void leaf(Part part, InputStream content) {}

    @Override
    public void preamble(InputStream content) {}

    @Override
    public boolean done() {
        return done;
    }

    Headers headers() {
        return headers;
    }
}
