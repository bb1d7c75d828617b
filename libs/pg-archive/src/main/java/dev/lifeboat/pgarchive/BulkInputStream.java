package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is made to be read by the buffer, and gives single bytes by way of it. */
abstract class BulkInputStream extends InputStream {
    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        int got;
        do {
            got = read(one, 0, 1);
        } while (got == 0);
        return got < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;
}
