package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One zlib stream (RFC 1950), cut into chunks anywhere. The stream's own checksum (Adler-32) is checked, it must end
 * before the chunks do, and no byte may follow it: pg_restore does not look at any of the latter two.
 */
class InflatedContent extends BlockContent {
    private static final int INPUT_BYTES = 1 << 15;

    private final ArchiveInput in;
    private final Inflater inflater;
    private final String format;
    private final byte[] input = new byte[INPUT_BYTES];
    private int inputEnd;
    private int behind;
    private boolean ended;

    InflatedContent(Chunks chunks, ArchiveInput in) {
        this(chunks, in, new Inflater(), "zlib");
    }

    /** @param format what messages call the stream */
    InflatedContent(Chunks chunks, ArchiveInput in, Inflater inflater, String format) {
        super(chunks);
        this.in = in;
        this.inflater = inflater;
        this.format = format;
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
            ArchiveException fault = broken("is broken: " + e.getMessage());
            fault.initCause(e);
            throw fault;
        }
    }

    private void feed() throws IOException {
        if (inflater.needsDictionary()) {
            throw broken("wants a dictionary, which pg_dump never uses");
        }
        int got = chunks().read(input, 0, input.length);
        if (got < 0) {
            throw cutOff();
        }
        inflater.setInput(input, 0, got);
        inputEnd = got;
    }

    private void requireEnd() throws IOException {
        behind = inputEnd - inflater.getRemaining();
        readTrailer();
        if (readBehind() >= 0) {
            throw in.corruptContent("bytes follow the end of its " + format + " stream.");
        }
        ended = true;
    }

    /** Reads and checks what the format has behind the compressed bytes, besides what the inflater checks itself. */
    void readTrailer() throws IOException {}

    /** A byte from behind the compressed ones, or -1 at the end. */
    final int readBehind() throws IOException {
        return behind < inputEnd ? input[behind++] & 0xff : chunks().read();
    }

    final ArchiveException cutOff() {
        return broken("does not end before its data do");
    }

    final ArchiveException broken(String how) {
        return in.corruptContent("its " + format + " stream " + how + ".");
    }

    @Override
    void release() {
        inflater.end();
    }
}
