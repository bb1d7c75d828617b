package dev.lifeboat.pgarchive;

import java.io.IOException;

/** An input's bytes as they are. */
final class UndividedInputStream extends BulkInputStream {
    private final ArchiveInput in;

    /** @param in closed with this stream */
    UndividedInputStream(ArchiveInput in) {
        this.in = in;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
