package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One zlib stream (RFC 1950), cut into chunks anywhere. The stream's own checksum (Adler-32) is checked, it must end
 * before the chunks do, and no byte may follow it: pg_restore does not look at any of the latter two.
 */
final class InflatedContent extends BlockContent {
    private static final int INPUT_BYTES = 1 << 15;

    private final ArchiveInput in;
    private final Inflater inflater = new Inflater();
    private final byte[] input = new byte[INPUT_BYTES];
    private boolean ended;

    InflatedContent(ChunkInputStream chunks, ArchiveInput in) {
        super(chunks);
        this.in = in;
    }

    @Override
    void restart() {
        super.restart();
        inflater.reset();
        ended = false;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                int got = inflater.inflate(target, offset, length);
                if (got > 0) {
                    return got;
                }
                if (inflater.finished()) {
                    requireEnd();
                } else {
                    feed();
                }
            }
            return -1;
        } catch (DataFormatException e) {
            ArchiveException fault = in.corruptContent("its zlib stream is broken: " + e.getMessage() + ".");
            fault.initCause(e);
            throw fault;
        }
    }

    private void feed() throws IOException {
        if (inflater.needsDictionary()) {
            throw in.corruptContent("its zlib stream wants a dictionary, which pg_dump never uses.");
        }
        int got = chunks().read(input, 0, input.length);
        if (got < 0) {
            throw in.corruptContent("its zlib stream does not end before its chunks do.");
        }
        inflater.setInput(input, 0, got);
    }

    private void requireEnd() throws IOException {
        if (inflater.getRemaining() > 0 || chunks().read() >= 0) {
            throw in.corruptContent("bytes follow the end of its zlib stream.");
        }
        ended = true;
    }

    @Override
    void release() {
        inflater.end();
    }
}
