package dev.lifeboat.pgarchive;

import java.io.IOException;

/** A file that holds one content and nothing else. */
final class WholeFile extends Chunks {
    private final ArchiveInput in;

    WholeFile(ArchiveInput in) {
        this.in = in;
    }

    /** There is nothing to begin with behind a file. */
    @Override
    void restart() {}

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    @Override
    void skipToEnd() throws IOException {
        in.skipToEnd();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
