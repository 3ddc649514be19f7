package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;

/** Looks for the detached signature among parts; the first that says it is one, else the first of all. */
final class SignatureLeaf implements MimeWalk.Visitor {
    private final int most;
    private byte[] content = new byte[0];
    private String type = "";
    private boolean certain;
    private boolean any;

    SignatureLeaf(int most) {
        this.most = most;
    }

    @Override
    public void message(Headers headers) {}

    @Override
    public void startMultipart(PartType multipart) {}

    @Override
    public void endMultipart() {}

    @Override
    public void leaf(Part part, InputStream in) throws IOException {
        boolean named = Recognised.isSignature(part);
        if (named || !any) {
            any = true;
            certain = named;
            byte[] read = in.readNBytes(most);
            content = in.read() < 0 ? read : new byte[0];
            type = part.type().contains("pgp") || part.type().contains("pkcs7") ? part.type() : "";
        }
    }

    @Override
    public void preamble(InputStream in) {}

    @Override
    public boolean done() {
        return certain;
    }

    /** Decoded; empty if there is none, or it is larger than any signature. */
    byte[] content() {
        return content;
    }

    /** Empty if it does not tell by which standard it is. */
    String type() {
        return type;
    }
}
